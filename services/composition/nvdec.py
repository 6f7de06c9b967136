"""NVIDIA's decoder, where there is one: H.264 and HEVC in 8 bits and 4:2:0 are decoded into device memory and stay there."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import BinaryIO

import structlog
from av.codec.codec import Codec
from av.codec.hwaccel import HWAccel
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext

from libs.common.runtime.containers import open_input
from services.composition.frames import VideoReader

CODECS = ("h264", "hevc")
FORMAT = "yuv420p"
"""Full range and 10 bits are decoded by the CPU, which converts them as it always does."""
LARGEST_PX = 4096
"""A side of what every generation since Kepler decodes in H.264 (NVDEC support matrix)."""
SMALLEST_PX = 144
"""A side; the matrix names 48 to 144, by codec."""

_log = structlog.get_logger("reelsmith.composition")


@lru_cache(maxsize=8)
def nvdec_works(device: int) -> bool:
    """Tried once for a device by opening a decoder's context there."""
    try:
        _hwaccel(device).create(Codec("h264", "r"))
    except (FFmpegError, OSError, RuntimeError) as error:
        _log.info("nvdec_not_used", device=device, error=type(error).__name__)
        return False
    return True


def open_reader(open_blob: Callable[[], BinaryIO], *, start: Fraction, name: str, device: int | None) -> VideoReader:
    """On the device where NVDEC takes the stream, else on the CPU; None is no device. Raises InvalidInput as VideoReader does."""
    if device is None or not nvdec_works(device) or not _suits(open_blob, name):
        return VideoReader(open_blob(), start=start, name=name)
    return VideoReader(open_blob(), start=start, name=name, hwaccel=_hwaccel(device))


def _suits(open_blob: Callable[[], BinaryIO], name: str) -> bool:
    with open_input(open_blob(), name=name) as container:
        return bool(container.streams.video) and suits(container.streams.video[0].codec_context)


def suits(context: VideoCodecContext) -> bool:
    sides = (context.width, context.height)
    return context.name in CODECS and context.pix_fmt == FORMAT and all(SMALLEST_PX <= side <= LARGEST_PX for side in sides)


def _hwaccel(device: int) -> HWAccel:
    """In the primary context, which is torch's too; a stream that the device refuses after all is decoded by the CPU."""
    return HWAccel("cuda", device=device, allow_software_fallback=True, options={"primary_ctx": "1"}, is_hw_owned=True)
