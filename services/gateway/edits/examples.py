"""Edits that run as they stand: for the documentation page and the tests."""

from __future__ import annotations

from typing import Any

EDITS: dict[str, Any] = {
    "cards": {
        "summary": "Two cards and a picture in the picture, drawn alone",
        "value": {
            "title": "Two colours",
            "size": {"width_px": 270, "height_px": 480},
            "language": "en",
            "merge": {"PRICE": "$29"},
            "tracks": [
                {
                    "clips": [
                        {"media": {"card": {"text": "Made of recycled steel"}}, "start": 0, "length": 2},
                        {
                            "media": {"colour": "#1F6F54"},
                            "start": 2,
                            "length": 2,
                            "transition": {"name": "wipe", "length": 0.4},
                        },
                    ]
                },
                {
                    "clips": [
                        {
                            "media": {"colour": "#FFD400"},
                            "start": 0.5,
                            "length": 3,
                            "place": {"left": 0.62, "top": 0.08, "width": 0.3, "height": 0.2},
                            "fade_in": 0.3,
                            "fade_out": 0.3,
                        }
                    ]
                },
            ],
            "captions": {"style": "karaoke", "phrases": [{"start": 0.4, "length": 1.4, "text": "Keeps drinks cold all day"}]},
            "overlays": [{"kind": "price_tag", "start": 2.4, "length": 1.6, "text": "{{ PRICE }}"}],
            "sounds": [{"media": {"music": {"style": "warm_plucks", "seed": 3}}, "fade_out": 0.5}],
        },
    },
    "shotstack": {
        "summary": "Shotstack's words",
        "value": {
            "timeline": {
                "background": "#101820",
                "tracks": [
                    {"clips": [{"asset": {"type": "title", "text": "{{NAME}}"}, "start": 0, "length": 3}]},
                    {
                        "clips": [
                            {
                                "asset": {"type": "image", "src": "https://cdn.shop.example/bottle.jpg"},
                                "start": 0,
                                "length": 3,
                                "effect": "zoomIn",
                                "transition": {"in": "fade"},
                            }
                        ]
                    },
                ],
            },
            "output": {"format": "mp4", "resolution": "sd", "aspectRatio": "9:16", "fps": 25},
            "merge": [{"find": "NAME", "replace": "TrailSip"}],
        },
    },
}
