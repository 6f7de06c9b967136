"""What an edit would cost: pieces that are there already cost nothing, the rest what such frames have cost lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from libs.common.jobs.base import DOCUMENTED, DocumentRow, JobStore
from libs.common.media.presets import rendition_canvas
from libs.common.media.timeline import Canvas
from libs.common.pipeline import RENDER
from libs.common.runtime.reuse import input_hash
from services.gateway.edits.look import Looked

RENDER_NS_PER_PIXEL = 11.0
"""CPU of decoding, composing and encoding, a pixel of a frame: 22.8 ms at 1080 x 1920 (`docs/performance.md`). A pixel of a smaller size,
scaled from the same frame and encoded, takes about as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What rendering would take."""

    __pydantic_config__: ClassVar = DOCUMENTED

    frames: int
    """Of the whole video."""
    frames_to_render: int
    """Those of pieces that are not there yet."""
    pieces: int
    pieces_ready: int
    """Rendered already, by whichever earlier video of yours."""
    cpu_s: float
    """Estimate: pictures in all sizes that are wanted."""
    basis: str
    """`measured` where figures of finished jobs are there, `documented` for the documentation's constants."""


def price_of(looked: Looked, *, tenant: str, jobs: JobStore) -> Price:
    canvas = Canvas(width_px=looked.width_px, height_px=looked.height_px, rate=looked.timeline.rate)
    ready = [_is_there(piece["sha256"], str(piece["scene"]), looked.salt, tenant, jobs) for piece in looked.pieces]
    todo = sum(piece["length"] for piece, there in zip(looked.pieces, ready, strict=True) if not there)
    measured = _measured_ns_per_pixel(jobs)
    canvases = {canvas, *(rendition_canvas(name, canvas) for name in looked.timeline.renditions)}
    pictures_s = todo * sum(map(_pixels, canvases)) * (measured or RENDER_NS_PER_PIXEL) / 1e9
    return Price(
        frames=looked.length,
        frames_to_render=todo,
        pieces=len(looked.pieces),
        pieces_ready=sum(ready),
        cpu_s=round(pictures_s, 2),
        basis="documented" if measured is None else "measured",
    )


def _is_there(cut_sha256: str, key: str, salt: str, tenant: str, jobs: JobStore) -> bool:
    row = DocumentRow(job_id="", kind="Cut", key=key, sha256=cut_sha256)
    return jobs.memo(stage=RENDER.name, input_sha256=input_hash(RENDER, key, ((row,),), salt=salt, tenant=tenant)) is not None


def _measured_ns_per_pixel(jobs: JobStore) -> float | None:
    """Over the latest renders that said how many pixels they drew; None where there are none."""
    found = [stats for stats in jobs.latest_stats(stage=RENDER.name, limit=100) if stats.get("pixels") and "cpu_s" in stats]
    pixels = sum(stats["pixels"] for stats in found)
    return sum(stats["cpu_s"] for stats in found) * 1e9 / pixels if pixels else None


def _pixels(canvas: Canvas) -> int:
    return canvas.width_px * canvas.height_px
