"""The end of an edit's job: the same checks and files as of a narrated video's, without a script and a voice."""

from __future__ import annotations

import time

from libs.common import documents
from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.edit import Arrangement, Sources, Timeline
from libs.common.media.errors import Defect, Rejected
from libs.common.media.render import Master, Segment
from libs.common.media.rendition import Publication, Rendition
from libs.common.media.review import Decision, VideoReview
from libs.common.media.sound import Soundtrack
from libs.common.runtime.context import StepContext
from services.encoding.labels import aigc_label, visible_label
from services.encoding.otio import otio_json
from services.encoding.publish import cut_errors_ms, heard, inspected
from services.encoding.sync import caption_error_ms, container_error_ms
from services.encoding.timeline import timeline_json
from services.encoding.webvtt import drawn_cues, webvtt

GENERATOR = "edit"
SILENCE_LUFS = -70.0
"""The absolute gate of ITU-R BS.1770: there is nothing to compare below it."""


def publish_edit(
    timeline: Timeline,
    sources: Sources,
    arrangement: Arrangement,
    segments: tuple[Segment, ...],
    soundtrack: Soundtrack,
    master: Master,
    renditions: tuple[Rendition, ...],
    video_review: VideoReview,
    *,
    blobs: BlobStore,
    context: StepContext,
) -> Publication:
    """Raises Rejected where moderation blocked the video, Defect where a file is not what its document says."""
    started = time.thread_time()
    if video_review.decision is Decision.block:
        raise Rejected("moderation blocked the video", code="moderation.video_blocked")
    cuts, rate = arrangement.cuts, master.canvas.rate
    inspections = tuple(inspected(rendition, master, soundtrack, blobs=blobs) for rendition in renditions)
    context.progress(0.4)
    if soundtrack.integrated_lufs > SILENCE_LUFS:
        with blobs.open(renditions[0].video.key) as video:
            context.note(integrated_lufs=round(heard(video, soundtrack), 2))
    if master.poster is None:
        raise Defect("the master of an edit has no poster", code="publish.poster")
    captions = drawn_cues(cuts)
    cut_ms = cut_errors_ms(renditions, segments, master, blobs=blobs)
    container_ms = max(container_error_ms(found) for found in inspections)
    caption_ms = caption_error_ms(captions, rate)
    context.note(
        cpu_s=round(time.thread_time() - started, 3),
        sync_container_ms=round(container_ms, 3),
        sync_cut_ms=round(cut_ms, 3),
        sync_caption_ms=round(caption_ms, 3),
    )
    return Publication(
        title=timeline.title,
        length=master.length,
        renditions=renditions,
        poster=master.poster,
        captions=store_content(blobs, "captions", webvtt(captions, rate), "vtt"),
        script=store_content(blobs, "scripts", documents.dump(timeline), "json"),
        timeline=store_content(blobs, "timelines", timeline_json(timeline.title, cuts, soundtrack), "json"),
        otio=store_content(blobs, "timelines", otio_json(timeline.title, cuts, (), soundtrack), "otio"),
        labels=(visible_label(cuts), aigc_label(tuple(found.aigc for found in inspections))),
        generator=GENERATOR,
        degraded=_fall_backs(arrangement, segments),
        sync_error_ms=round(max(container_ms, cut_ms, caption_ms), 3),
    )


def _fall_backs(arrangement: Arrangement, segments: tuple[Segment, ...]) -> tuple[str, ...]:
    """Warnings of the edit, and what was noted while its pieces were rendered; pieces are counted from 1."""
    return (*arrangement.notes, *(f"Piece {segment.scene + 1}: {note}" for segment in segments for note in segment.notes))
