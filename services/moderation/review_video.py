"""The verdict on the finished master: black or frozen pictures, codes that lead elsewhere, silence, clipped sound.

Key frames alone are decoded (one every two seconds or so), at an eighth of the cost of a full pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from libs.common.blobs.base import BlobStore
from libs.common.media.brief import Brief
from libs.common.media.render import Master
from libs.common.media.review import Decision, Finding, VideoReview
from libs.common.runtime.containers import open_input
from libs.common.runtime.context import StepContext
from services.moderation.text import worst

VERSION = "video/1"
SMALL_PX = 96
"""Longest side at which pictures are compared."""
BLACK_LEVEL = 24.0
"""Mean luma (limited range, 16 is black) at or under which a picture shows nothing."""
STILL_DIFFERENCE = 0.35
"""Mean absolute luma difference of two small pictures under which nothing moved; the slowest camera move of ours makes 1 and more."""
FROZEN_S = 4
CODES_LOOKED_AT = 8
"""Pictures in which QR codes are looked for: 50 to 90 ms each at full size, so not in all."""
CODE_SIDE_PX = 960
SILENCE_S = 3
SILENT_PEAK = 0.001
"""-60 dBFS."""
CLIPPED_SAMPLES = 24
"""Samples at full scale within a tenth of a second: heard as a crackle."""

Plane = npt.NDArray[np.uint8]
Samples = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Picture:
    at_s: Fraction
    small: Plane
    """Luma, `SMALL_PX` on the longest side."""
    large: Plane
    """Luma at the size in which codes are looked for."""


def review_video(brief: Brief, master: Master, *, blobs: BlobStore, context: StepContext) -> VideoReview:
    pictures = []
    for picture in _pictures(master, blobs):
        context.progress(float(picture.at_s / master.length.seconds))
        pictures.append(picture)
    found = (*_black(pictures), *_frozen(pictures, master.length.seconds), *_codes(pictures), *_sound(master, blobs))
    findings = tuple(sorted(found, key=lambda finding: (finding.at_ms or 0, finding.code)))
    context.note(pictures=len(pictures))
    return VideoReview(decision=worst(findings), findings=findings, policy_version=VERSION)


def _finding(code: str, at_s: Fraction | float, detail: str) -> Finding:
    return Finding(code=code, decision=Decision.review, source="rule", detail=detail, at_ms=round(at_s * 1000))


def _pictures(master: Master, blobs: BlobStore) -> Iterator[Picture]:
    with blobs.open(master.video.key) as source, open_input(source, name="master") as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY"
        stream.thread_count = 1
        for frame in container.decode(stream):
            luma = _luma(frame)
            yield Picture(Fraction(frame.pts or 0) * (frame.time_base or 0), _shrunk(luma, SMALL_PX), _shrunk(luma, CODE_SIDE_PX))


def _luma(frame: VideoFrame) -> Plane:
    plane = frame.planes[0]
    rows: Plane = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width]


def _shrunk(luma: Plane, longest_px: int) -> Plane:
    scale = min(1.0, longest_px / max(luma.shape))
    size = (max(1, round(luma.shape[1] * scale)), max(1, round(luma.shape[0] * scale)))
    return np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _black(pictures: list[Picture]) -> Iterator[Finding]:
    for picture in pictures:
        if float(picture.small.mean()) <= BLACK_LEVEL and int(picture.small.max()) < 64:
            yield _finding("video.black", picture.at_s, "the picture is black")


def _frozen(pictures: list[Picture], length_s: Fraction) -> Iterator[Finding]:
    """A run of equal pictures that lasts. The last picture stands until the end as far as we know."""
    began: Fraction | None = None
    for before, after in pairwise(pictures):
        if float(cv2.absdiff(before.small, after.small).mean()) >= STILL_DIFFERENCE:
            began = None
            continue
        began = before.at_s if began is None else began
        if after.at_s - began >= FROZEN_S:
            yield _finding("video.frozen", began, f"the picture stands still for {FROZEN_S} s or more")
            return


def _codes(pictures: list[Picture]) -> Iterator[Finding]:
    """A code that is seen but cannot be read is as suspect as one that can."""
    detector = cv2.QRCodeDetector()
    step = max(1, -(-len(pictures) // CODES_LOOKED_AT))
    for picture in pictures[::step]:
        seen, corners = detector.detect(picture.large)
        if seen and corners is not None and cv2.contourArea(corners.reshape(-1, 1, 2).astype(np.float32)) > 0:
            text, _, _ = detector.detectAndDecode(picture.large)
            yield _finding("video.qr_code", picture.at_s, "a QR code is shown" if text else "something like a QR code is shown")
            return


def _sound(master: Master, blobs: BlobStore) -> Iterator[Finding]:
    silent_since: float | None = None
    clipped = reported = False
    for at_s, block in _blocks(master, blobs):
        peak = float(np.abs(block).max(initial=0.0))
        if peak > SILENT_PEAK:
            silent_since = None
        elif silent_since is None:
            silent_since = at_s
        elif at_s - silent_since >= SILENCE_S and not reported:
            reported = True
            yield _finding("sound.silence", silent_since, f"no sound for {SILENCE_S} s or more")
        if not clipped and int((np.abs(block) >= 0.9999).sum()) >= CLIPPED_SAMPLES:
            clipped = True
            yield _finding("sound.clipped", at_s, "the sound is clipped")


def _blocks(master: Master, blobs: BlobStore) -> Iterator[tuple[float, Samples]]:
    """The sound in pieces of about a tenth of a second, -1 to 1."""
    with blobs.open(master.video.key) as source, open_input(source, name="master") as container:
        if not container.streams.audio:
            return
        stream = container.streams.audio[0]
        gathered: list[Samples] = []
        started = 0.0
        for frame in container.decode(stream):
            if not gathered:
                started = float(frame.time or 0.0)
            gathered.append(_floats(frame.to_ndarray()))
            if sum(piece.shape[-1] for piece in gathered) >= stream.rate // 10:
                yield started, np.concatenate(gathered, axis=-1)
                gathered = []
        if gathered:
            yield started, np.concatenate(gathered, axis=-1)


def _floats(samples: npt.NDArray[Any]) -> Samples:
    full_scale = float(np.iinfo(samples.dtype).max) if np.issubdtype(samples.dtype, np.integer) else 1.0
    return np.asarray(samples / full_scale, dtype=np.float32)
