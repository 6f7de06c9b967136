"""The end of a job: check every finished file, make what goes with it, and list it all."""

from __future__ import annotations

import time
from typing import BinaryIO

from libs.common import documents
from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.brief import Brief
from libs.common.media.errors import Defect, Rejected
from libs.common.media.footage import Footage
from libs.common.media.render import Master, Segment
from libs.common.media.rendition import Publication, Rendition
from libs.common.media.review import Decision, VideoReview
from libs.common.media.sound import Soundtrack, Utterance
from libs.common.media.storyboard import Storyboard
from libs.common.media.timeline import Cut
from libs.common.runtime.context import StepContext
from services.encoding.cut_times import cut_error_ms
from services.encoding.degraded import fall_backs
from services.encoding.labels import aigc_label, visible_label
from services.encoding.otio import otio_json
from services.encoding.poster import poster_jpeg
from services.encoding.quality import Inspection, inspect, measure_loudness
from services.encoding.sync import caption_error_ms, container_error_ms, phrase_to_voice_ms, voice_error_ms
from services.encoding.timeline import timeline_json
from services.encoding.webvtt import cues, webvtt

METERS_AGREE = 0.6
"""In LU and dB: more is not the difference of two meters."""


def publish(
    brief: Brief,
    storyboard: Storyboard,
    utterances: tuple[Utterance, ...],
    footages: tuple[Footage, ...],
    cuts: tuple[Cut, ...],
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
    rate = master.canvas.rate
    inspections = tuple(inspected(rendition, master, soundtrack, blobs=blobs) for rendition in renditions)
    context.progress(0.3)
    captions = cues(cuts, utterances)
    with blobs.open(renditions[0].video.key) as video:
        voice_ms = voice_error_ms(video, utterances, blobs=blobs)
        video.seek(0)
        loudness = heard(video, soundtrack)
    context.progress(0.5)
    with blobs.open(master.video.key) as video:
        poster = poster_jpeg(video, cuts)
    context.progress(0.7)
    cut_ms = cut_errors_ms(renditions, segments, master, blobs=blobs)
    container_ms = max(container_error_ms(found) for found in inspections)
    caption_ms = caption_error_ms(captions, rate)
    context.note(
        cpu_s=round(time.thread_time() - started, 3),
        sync_container_ms=round(container_ms, 3),
        sync_cut_ms=round(cut_ms, 3),
        sync_voice_ms=round(voice_ms, 3),
        sync_caption_ms=round(caption_ms, 3),
        caption_to_voice_ms=round(phrase_to_voice_ms(captions, utterances, rate), 3),
        integrated_lufs=round(loudness, 2),
    )
    return Publication(
        title=storyboard.title,
        length=master.length,
        renditions=renditions,
        poster=store_content(blobs, "posters", poster, "jpg"),
        captions=store_content(blobs, "captions", webvtt(captions, rate), "vtt"),
        script=store_content(blobs, "scripts", documents.dump(storyboard), "json"),
        timeline=store_content(blobs, "timelines", timeline_json(storyboard.title, cuts, soundtrack), "json"),
        otio=store_content(blobs, "timelines", otio_json(storyboard.title, cuts, utterances, soundtrack), "otio"),
        labels=(visible_label(cuts), aigc_label(tuple(found.aigc for found in inspections))),
        generator=storyboard.generator,
        degraded=fall_backs(brief, storyboard, utterances, footages, segments, soundtrack),
        sync_error_ms=round(max(container_ms, cut_ms, voice_ms, caption_ms), 3),
    )


def cut_errors_ms(renditions: tuple[Rendition, ...], segments: tuple[Segment, ...], master: Master, *, blobs: BlobStore) -> float:
    """The worst of all finished files."""
    errors = []
    for rendition in renditions:
        with blobs.open(rendition.video.key) as video:
            errors.append(cut_error_ms(video, segments, master.scene_starts, rate=master.canvas.rate, blobs=blobs))
    return max(errors, default=0.0)


def heard(video: BinaryIO, soundtrack: Soundtrack) -> float:
    """Loudness by another meter than the mixer's. Raises Defect where the two do not agree about the file."""
    lufs, peak_dbtp = measure_loudness(video)
    if abs(lufs - soundtrack.integrated_lufs) > METERS_AGREE or peak_dbtp - soundtrack.true_peak_dbtp > METERS_AGREE:
        detail = f"the file has {lufs:.1f} LUFS and {peak_dbtp:.1f} dBTP, its soundtrack says otherwise"
        raise Defect(detail, code="publish.loudness")
    return lufs


def inspected(rendition: Rendition, master: Master, soundtrack: Soundtrack, *, blobs: BlobStore) -> Inspection:
    """The file against its documents. Raises Defect with the names of what does not hold."""
    with blobs.open(rendition.video.key) as video:
        found = inspect(video, rate=master.canvas.rate)
    claims = {
        "size": (found.width_px, found.height_px) == (rendition.width_px, rendition.height_px),
        "frames": found.frames == master.length.value == rendition.length.value,
        "sound": found.sound_samples == soundtrack.length.value,
        "codecs": found.codecs == ("h264", "aac"),
        "index": found.index_first,
        "time stamps": found.steady,
    }
    broken = [name for name, holds in claims.items() if not holds]
    if broken:
        raise Defect(f"the rendition {rendition.preset} is not as planned: {', '.join(broken)}", code="publish.verify")
    return found
