"""Every clip becomes a mezzanine: one form, whatever the camera made, so that all later steps read one kind of file.

H.264 High 8 bit 4:2:0, 30 frames a second exactly, upright, square pixels, even sizes, BT.709 limited range, no metadata.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

import imageio_ffmpeg
import structlog

from libs.common.media.errors import Defect, InvalidInput
from services.assets import ffmpeg
from services.assets.child import Ended, memory_file, run_limited
from services.assets.limits import GIB, ChildLimits, MediaLimits
from services.assets.probe import probe_video
from services.assets.probed import VideoProbe
from services.assets.sniff import Family, Kind

_log = structlog.get_logger("reelsmith.assets")
_SLOWEST_PIXELS_S = 4_000_000
"""Pixels a second that a slow shared core still converts; decides how long a file may take."""
_LEAST_S = 60
_MOST_S = 7_200
"""Half an hour of 1080p60 takes a slow core less than an hour."""


@dataclass(frozen=True, slots=True)
class Mezzanine:
    file: BinaryIO
    """In memory, at its start."""
    probe: VideoProbe
    taken_over: bool
    """It had the form already and was not encoded a second time."""


def normalise(source: BinaryIO, probe: VideoProbe, *, limits: MediaLimits) -> Mezzanine:
    """`source` is the memory file that `probe` describes.

    Raises InvalidInput: `media.damaged` where not all of it can be decoded, `media.normalise_timeout`, `media.normalise_crashed`.
    """
    taken_over = ffmpeg.is_mezzanine(probe)
    target = memory_file(name="mezzanine")
    try:
        _convert(source, target, probe, limits, copy=taken_over)
        made = probe_video(target, Kind(Family.video, "mov"), limits=MediaLimits(duration_s=limits.duration_s + 2))
        if not ffmpeg.is_mezzanine(made) or made.frames != ffmpeg.frame_count(probe):
            raise Defect(f"normalising did not give a mezzanine: {made}", code="media.normalise_wrong")
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return Mezzanine(target, made, taken_over)


def normalise_sound(source: BinaryIO, container: str, *, limits: MediaLimits) -> BinaryIO:
    """The first sound stream of a file as FLAC, 48 kHz stereo 16 bit, in a memory file at its start.

    Raises InvalidInput: `media.no_sound_or_damaged` where there is none or not all of it can be decoded, `media.normalise_timeout`,
    `media.normalise_crashed`.
    """
    target = memory_file(name="sound")
    source_path, target_path = (f"/proc/self/fd/{file.fileno()}" for file in (source, target))
    longest_s = limits.duration_s + 1
    argv = ffmpeg.sound_argv(imageio_ffmpeg.get_ffmpeg_exe(), container, source=source_path, target=target_path, longest_s=longest_s)
    child = ChildLimits(memory_bytes=2 * GIB, cpu_s=_LEAST_S, wall_s=2.0 * _LEAST_S, file_bytes=limits.file_bytes)
    try:
        for file in (source, target):
            file.seek(0)
        ended = run_limited(argv, limits=child, files=[source, target])
        if ended.code > 0 and not ended.timed_out:
            _log.info("sound_not_decodable", messages=ended.messages[-2_000:])
            raise InvalidInput("the file has no sound, or not all of it can be decoded", code="media.no_sound_or_damaged")
        if ended.code != 0:
            raise _failure(ended)
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target


def _convert(source: BinaryIO, target: BinaryIO, probe: VideoProbe, limits: MediaLimits, *, copy: bool) -> None:
    program = imageio_ffmpeg.get_ffmpeg_exe()
    child = _allowed(probe, limits)
    source_path, target_path = (f"/proc/self/fd/{file.fileno()}" for file in (source, target))
    if copy:
        _run(ffmpeg.check_argv(program, probe, source=source_path), child, source)
    write = ffmpeg.take_over_argv if copy else ffmpeg.mezzanine_argv
    _run(write(program, probe, source=source_path, target=target_path), child, source, target)
    target.seek(0)


def _run(argv: list[str], child: ChildLimits, *files: BinaryIO) -> None:
    for file in files:
        file.seek(0)
    ended = run_limited(argv, limits=child, files=files)
    if ended.code != 0:
        raise _failure(ended)


def _failure(ended: Ended) -> InvalidInput:
    if ended.timed_out:
        return InvalidInput("converting the film took too long", code="media.normalise_timeout")
    if ended.code < 0:
        return InvalidInput(f"the film broke its converter (signal {-ended.code})", code="media.normalise_crashed")
    _log.info("not_decodable", messages=ended.messages[-2_000:])
    return InvalidInput("not all of the film can be decoded", code="media.damaged")


def _allowed(probe: VideoProbe, limits: MediaLimits) -> ChildLimits:
    """Time in proportion to the work, so that a short film cannot take an hour."""
    pixels = probe.width_px * probe.height_px * max(probe.frames, int(probe.length_s * ffmpeg.RATE))
    seconds = min(_MOST_S, _LEAST_S + pixels // _SLOWEST_PIXELS_S)
    return ChildLimits(memory_bytes=4 * GIB, cpu_s=seconds, wall_s=2.0 * seconds, file_bytes=limits.mezzanine_bytes)
