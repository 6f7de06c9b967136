"""The video in the size of a preset. The master's own size is taken as it is; where each segment has the size too, they are joined as
they are; else the master is decoded, scaled and encoded, and its sound copied."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import accumulate

from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.blob import BlobRef
from libs.common.media.brief import Brief
from libs.common.media.edit import MASTER
from libs.common.media.errors import Defect, InvalidInput
from libs.common.media.presets import OutputPreset, preset, rendition_canvas
from libs.common.media.render import Master, Segment
from libs.common.media.rendition import Rendition
from libs.common.media.sound import Soundtrack
from libs.common.media.timeline import Canvas
from libs.common.runtime.containers import open_input
from libs.common.runtime.context import StepContext
from services.encoding.join import Piece, joined
from services.encoding.labels import AIGC_KEY
from services.encoding.scale import scaled


def encode(
    brief: Brief,
    segments: tuple[Segment, ...],
    soundtrack: Soundtrack,
    master: Master,
    *,
    blobs: BlobStore,
    threads: int,
    context: StepContext,
) -> Rendition:
    """The rendition that the step's key names. Raises InvalidInput for a preset that this master cannot become."""
    wanted = preset(context.key)
    made_of = _MadeOf(segments, soundtrack, master)
    return _encoded(wanted, wanted.canvas(brief.aspect), made_of, blobs=blobs, threads=threads, context=context)


def encode_edit(
    segments: tuple[Segment, ...],
    soundtrack: Soundtrack,
    master: Master,
    *,
    blobs: BlobStore,
    threads: int,
    context: StepContext,
) -> Rendition:
    """The same for an edit: the preset's size in the shape and at the rate of the composition, or the composition's own size."""
    made_of = _MadeOf(segments, soundtrack, master)
    if context.key == MASTER:
        own = OutputPreset(name=MASTER, title=MASTER, short_side_px=min(master.canvas.width_px, master.canvas.height_px))
        return _encoded(own, master.canvas, made_of, blobs=blobs, threads=threads, context=context)
    canvas = rendition_canvas(context.key, master.canvas)
    return _encoded(preset(context.key), canvas, made_of, blobs=blobs, threads=threads, context=context)


@dataclass(frozen=True, slots=True)
class _MadeOf:
    segments: tuple[Segment, ...]
    soundtrack: Soundtrack
    master: Master


def _encoded(wanted: OutputPreset, canvas: Canvas, made_of: _MadeOf, *, blobs: BlobStore, threads: int, context: StepContext) -> Rendition:
    started = time.thread_time()
    master = made_of.master
    if canvas == master.canvas:
        context.note(cpu_s=0.0, copied=True, joined=False)
        return _rendition(wanted, canvas, master, master.video, copied=True)
    if canvas.rate != master.canvas.rate:
        raise InvalidInput(f"{wanted.name} has another frame rate than the master", code="encode.rate", field="/presets")
    pieces, codecs_s = _pieces(wanted, canvas, made_of.segments), 0.0
    lacking = [segment.scene for segment, piece in zip(made_of.segments, pieces, strict=True) if piece is None]
    if lacking:
        data, codecs_s = scaled(master, canvas, wanted, blobs=blobs, threads=threads, context=context)
    else:
        data = _joined(wanted, tuple(piece for piece in pieces if piece is not None), made_of, blobs=blobs, context=context)
    spent = time.thread_time() - started + codecs_s
    context.note(
        cpu_s=round(spent, 3),
        cpu_ms_per_frame=round(1000 * spent / master.length.value, 2),
        copied=False,
        joined=not lacking,
        scenes_without_size=lacking,
        size_bytes=len(data),
    )
    return _rendition(wanted, canvas, master, store_content(blobs, "renditions", data, "mp4"), copied=False)


def _pieces(wanted: OutputPreset, canvas: Canvas, segments: tuple[Segment, ...]) -> tuple[Piece | None, ...]:
    """For each segment what it has in the preset's size and quality, if anything."""

    def piece(segment: Segment) -> Piece | None:
        for small in segment.smaller:
            if (small.preset, small.canvas, small.encoder) == (wanted.name, canvas, wanted.encoder):
                return Piece(segment.scene, small.video, small.canvas, segment.length)
        return None

    return tuple(map(piece, segments))


def _joined(wanted: OutputPreset, pieces: tuple[Piece, ...], made_of: _MadeOf, *, blobs: BlobStore, context: StepContext) -> bytes:
    """Raises Defect where the pieces are not the master's scenes, to the frame."""
    master = made_of.master
    *starts, length = accumulate((piece.length for piece in pieces), initial=0)
    if (tuple(starts), length) != (master.scene_starts, master.length.value):
        raise Defect(f"the scenes of the rendition {wanted.name} are not the master's", code="encode.scenes")
    with blobs.open(master.video.key) as blob, open_input(blob, name="the master") as source:
        aigc = source.metadata.get(AIGC_KEY)
    name = f"the rendition {wanted.name}"
    return joined(pieces, made_of.soundtrack, name=name, step="encode", aigc=aigc, blobs=blobs, context=context)[0]


def _rendition(wanted: OutputPreset, canvas: Canvas, master: Master, video: BlobRef, *, copied: bool) -> Rendition:
    raw_bytes = canvas.width_px * canvas.height_px * 3 // 2 * master.length.value
    return Rendition(
        preset=wanted.name,
        video=video,
        width_px=canvas.width_px,
        height_px=canvas.height_px,
        length=master.length,
        bitrate_bps=round(video.size_bytes * 8 / master.length.seconds),
        compression_ratio=round(raw_bytes / video.size_bytes, 2),
        copied=copied,
    )
