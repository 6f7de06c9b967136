"""The edit as one JSON file: what an editor changes and hands back."""

from __future__ import annotations

import json

from libs.common import documents
from libs.common.media.sound import Soundtrack
from libs.common.media.timeline import Cut


def timeline_json(title: str, cuts: tuple[Cut, ...], soundtrack: Soundtrack) -> bytes:
    """`cuts` and `soundtrack` are the documents as the serialiser writes them, so each can be read back by it. Canonical JSON."""
    starts, position = [], 0
    for cut in cuts:
        starts.append(position)
        position += cut.length
    timeline = {
        "title": title,
        "rate": str(cuts[0].canvas.rate),
        "width_px": cuts[0].canvas.width_px,
        "height_px": cuts[0].canvas.height_px,
        "length": position,
        "scene_starts": starts,
        "cuts": [json.loads(documents.dump(cut)) for cut in cuts],
        "soundtrack": json.loads(documents.dump(soundtrack)),
    }
    return json.dumps(timeline, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
