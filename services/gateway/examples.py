"""Requests that run as they stand: for the documentation page, the guide and the tests."""

from __future__ import annotations

from typing import Any

BRIEFS: dict[str, Any] = {
    "lamp": {
        "summary": "A product, in Chinese",
        "value": {
            "product": {
                "name": "云朵护眼台灯",
                "category": "台灯",
                "selling_points": ["无频闪柔光，久看不累", "三档色温一触切换", "充一次电可用四十小时"],
                "price": {"amount": "199.00", "currency": "CNY", "was": "259.00"},
                "claims": ["通过国家强制性产品认证"],
                "must_say": ["七天无理由退货"],
            },
            "language": "zh",
            "audience": "租房的年轻人",
            "tone": "warm",
            "length_s": 20,
            "aspect": "9:16",
            "presets": ["540p"],
        },
    },
    "bottle": {
        "summary": "A product, in English",
        "value": {
            "product": {
                "name": "TrailSip bottle",
                "category": "water bottle",
                "selling_points": ["Keeps drinks cold for 24 hours", "Leak-proof lid opens with one hand", "Made of recycled steel"],
                "price": {"amount": "29.00", "currency": "USD"},
            },
            "language": "en",
            "tone": "energetic",
            "length_s": 20,
            "aspect": "9:16",
            "presets": ["540p"],
        },
    },
    "lesson": {
        "summary": "A lesson",
        "value": {
            "product": {
                "name": "Why leaves turn red",
                "selling_points": [
                    "Green chlorophyll fades in autumn",
                    "Sugar trapped in the leaf makes red pigment",
                    "Cold nights deepen the colour",
                ],
            },
            "language": "en",
            "scenario": "education",
            "tone": "calm",
            "length_s": 30,
            "presets": ["540p"],
        },
    },
}
