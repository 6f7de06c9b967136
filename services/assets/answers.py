"""What the library answers over HTTP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from libs.common.media.blob import BlobRef
from services.assets.catalogue.clips import LibraryStats
from services.assets.clip import Clip, Ingested, Outcome
from services.assets.probe import Still
from services.assets.search import Found


def clip_answer(clip: Clip) -> dict[str, Any]:
    media = clip.media
    about = clip.annotation.model_dump(mode="json", exclude={"video_id"})
    return {
        "id": clip.id,
        **about,
        "duration": round(clip.duration_s, 3),
        "has_media": media is not None,
        "media": None
        if media is None
        else {
            "kind": media.kind.value,
            "width_px": media.width_px,
            "height_px": media.height_px,
            "frames": media.frames,
            "orientation": media.orientation.value,
            "size_bytes": media.blob.size_bytes,
            "source_sha256": media.source_sha256,
            "taken_over": media.taken_over,
        },
    }


def found_answer(found: Found) -> dict[str, Any]:
    explain = {
        "relevance": round(found.relevance, 4),
        "dense": None if found.dense is None else round(found.dense, 4),
        "sparse": round(found.sparse, 4),
        "tags": list(found.tags),
    }
    return clip_answer(found.clip) | {"score": round(found.score, 4), "explain": explain}


def ingested_answer(items: Sequence[Ingested]) -> dict[str, Any]:
    counted = Counter(item.outcome for item in items)
    return {outcome.value: counted[outcome] for outcome in Outcome} | {"items": [_item(item) for item in items]}


def stats_answer(stats: LibraryStats, library: str) -> dict[str, Any]:
    return {"library": library} | asdict(stats)


def upload_answer(blob: BlobRef, still: Still) -> dict[str, Any]:
    return {
        "key": blob.key,
        "width_px": still.probe.width_px,
        "height_px": still.probe.height_px,
        "size_bytes": blob.size_bytes,
        "media_type": blob.media_type,
        "colour_profile_ignored": still.probe.profile_ignored,
    }


def _item(item: Ingested) -> dict[str, Any]:
    """Without what does not apply."""
    said = asdict(item) | {"outcome": item.outcome.value, "ignored": list(item.ignored)}
    return {name: value for name, value in said.items() if value not in (None, [])}
