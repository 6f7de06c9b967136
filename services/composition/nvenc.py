"""NVIDIA's encoder, where there is one: the A100 and H100 have none, so it is tried, and never on without being asked for."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import structlog
from av.codec.context import CodecContext
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from libs.common.media.encoders import KEY_INTERVAL, EncoderPreset
from services.composition.settings import CompositionSettings

NVENC, X264 = "h264_nvenc", "libx264"
PROBE_PX = 256
"""A side; the encoder takes 145 by 49 and more."""

_log = structlog.get_logger("reelsmith.composition")


def codec_of(settings: CompositionSettings) -> tuple[str, str]:
    """FFmpeg's name of the segments' encoder, and why it is not the one that was asked for, "" where it is."""
    if not settings.nvenc:
        return X264, ""
    return (NVENC, "") if nvenc_works() else (X264, "NVENC was asked for and is not here: x264 encoded the segment")


@lru_cache(maxsize=1)
def nvenc_works() -> bool:
    """Tried once for a process, by encoding one small frame."""
    try:
        context = CodecContext.create(NVENC, "w")
        assert isinstance(context, VideoCodecContext)
        context.width = context.height = PROBE_PX
        context.pix_fmt, context.time_base = "yuv420p", Fraction(1, 30)
        frame = VideoFrame(PROBE_PX, PROBE_PX, "yuv420p")
        frame.pts = 0
        return bool([*context.encode(frame), *context.encode(None)])
    except (FFmpegError, ValueError, OSError) as error:
        _log.info("nvenc_not_here", error=type(error).__name__)
        return False


def options_for(codec: str, preset: EncoderPreset) -> dict[str, str]:
    """Closed groups of pictures that join by stream copy. NVENC takes the preset's rate factor as its constant quality: sizes differ."""
    if codec == X264:
        return preset.options()
    return {
        **{"preset": "p4", "tune": "hq", "profile": "high", "rc": "vbr", "cq": str(preset.crf), "b": "0"},
        **{"g": str(KEY_INTERVAL), "bf": "3", "forced-idr": "1", "strict_gop": "1"},
    }
