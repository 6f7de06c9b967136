"""The verdict on the finished master: black or frozen pictures, codes that lead elsewhere, silence, clipped sound.

Key frames alone are decoded (one every two seconds or so), at an eighth of the cost of a full pass.
"""

from __future__ import annotations

from collections.abc import Iterator

import av
from av.video.frame import VideoFrame

from libs.common.blobs.base import BlobStore
from libs.common.media.brief import Brief
from libs.common.media.errors import InvalidInput
from libs.common.media.render import Master
from libs.common.media.review import Decision, Finding, VideoReview
from libs.common.runtime.containers import open_input
from libs.common.runtime.context import StepContext
from services.moderation.media.pictures import Picture, black, codes, frozen, picture_of
from services.moderation.media.sound import Block, block_of, sound_findings
from services.moderation.text import worst

VERSION = "video/2"
EDITORS_CHOICE = frozenset({"video.black", "video.frozen", "sound.missing", "sound.silence"})


def review_video(brief: Brief, master: Master, *, blobs: BlobStore, context: StepContext) -> VideoReview:
    """Everything found is for a person to look at; nothing here blocks. A master that cannot be read is found too."""
    return _reviewed(master, frozenset(), blobs=blobs, context=context)


def review_edited(master: Master, *, blobs: BlobStore, context: StepContext) -> VideoReview:
    """The same for an edit. Still or black pictures and silence are an editor's to choose: they are told and hold nothing up."""
    return _reviewed(master, EDITORS_CHOICE, blobs=blobs, context=context)


def _reviewed(master: Master, chosen: frozenset[str], *, blobs: BlobStore, context: StepContext) -> VideoReview:
    length_s = float(master.length.seconds)
    try:
        pictures = []
        for picture in _pictures(master, blobs):
            context.progress(min(1.0, picture.at_s / length_s))
            pictures.append(picture)
        blocks = list(_blocks(master, blobs))
    except (InvalidInput, av.FFmpegError) as error:
        unreadable = found("video.unreadable", 0, f"the master cannot be decoded: {type(error).__name__}")
        return VideoReview(decision=unreadable.decision, findings=(unreadable,), policy_version=VERSION)
    hits = (*black(pictures, length_s), *frozen(pictures), *codes(pictures), *sound_findings(blocks))
    findings = tuple(found(code, at_s, detail, chosen=code in chosen) for at_s, code, detail in sorted(hits))
    context.note(pictures=len(pictures), sound_s=round(blocks[-1].at_s, 1) if blocks else 0)
    return VideoReview(decision=worst(findings), findings=findings, policy_version=VERSION)


def found(code: str, at_s: float, detail: str, *, chosen: bool = False) -> Finding:
    decision = Decision.allow if chosen else Decision.review
    return Finding(code=code, decision=decision, source="rule", detail=detail, at_ms=round(at_s * 1000))


def _pictures(master: Master, blobs: BlobStore) -> Iterator[Picture]:
    with blobs.open(master.video.key) as source, open_input(source, name="master") as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY"
        stream.thread_count = 1
        for frame in container.decode(stream):
            assert isinstance(frame, VideoFrame)
            yield picture_of(frame)


def _blocks(master: Master, blobs: BlobStore) -> Iterator[Block]:
    with blobs.open(master.video.key) as source, open_input(source, name="master") as container:
        if container.streams.audio:
            for frame in container.decode(container.streams.audio[0]):
                yield block_of(frame)
