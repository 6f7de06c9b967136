"""The command lines of the ffmpeg program, built by ffmpeg-python and never run by it: pure functions, tested as text."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import ffmpeg

from libs.common.media.time import RationalTime
from services.assets.probed import Colour, VideoProbe

RATE = 30
"""Frames a second of every mezzanine."""
_FLICKS_HZ = 705_600_000
"""Ticks in which every usual frame rate has whole frames, NTSC's too (the "flick")."""
_EARLY_S = Fraction(1, 40)
"""Half a frame at 20 a second, the slowest rate that still looks like film."""
LONGEST_PX = 1_920
GOP = 30
SOUND_HZ = 48_000
_CRF = 17
_THREADS = 4
"""Fixed: x264's result depends on it."""
_SD_HEIGHT_PX = 576
"""Untagged film up to this height is BT.601 by custom, above it BT.709."""
_BT709, _BT601, _UNSPECIFIED, _RGB = 1, 6, 2, 0
_GAMMA_FAMILY = 1
"""All SDR transfer curves are shown as they are: converting between them would shift tones that were graded by eye."""
_WHITE_NITS = 203
"""Diffuse white of HDR film, ITU-R BT.2408."""
_PEAK = 5
"""Peak of the tone curve over diffuse white: about 1,000 nits, what most HDR film is graded for."""
_STRIP = {"map_metadata": -1, "map_chapters": -1, "fflags": "+bitexact", "flags": "+bitexact"}


def target_size(probe: VideoProbe, *, longest_px: int = LONGEST_PX) -> tuple[int, int]:
    """Width and height upright, with square pixels, even, and not larger than asked. Enlarges only to make pixels square."""
    width, height = Fraction(probe.width_px), Fraction(probe.height_px)
    if probe.sample_aspect > 1:
        width *= probe.sample_aspect
    else:
        height /= probe.sample_aspect
    if probe.rotation_deg in (90, 270):
        width, height = height, width
    scale = min(Fraction(1), longest_px / max(width, height))
    return _even(width * scale), _even(height * scale)


def frame_count(probe: VideoProbe) -> int:
    """Frames of the mezzanine: the film's length on the grid, one at least."""
    return max(1, RationalTime.snap(probe.length_s, Fraction(RATE)).value)


def mezzanine_argv(program: str, probe: VideoProbe, *, source: str, target: str) -> list[str]:
    """Decode, make upright, convert and encode. Any decoding error ends the program."""
    opened = _open(probe, source)
    picture = _filtered(opened[str(probe.stream)], probe)
    options: dict[str, Any] = {
        "c:v": "libx264",
        "profile:v": "high",
        "pix_fmt": "yuv420p",
        "preset": "veryfast",
        "tune": "fastdecode",
        "crf": _CRF,
        "g": GOP,
        "threads": _THREADS,
        "x264-params": "bframes=3",
    }
    return _command(program, probe, opened, picture, options, target=target)


def take_over_argv(program: str, probe: VideoProbe, *, source: str, target: str) -> list[str]:
    """Copy the picture as it is into a clean container, without the messages (SEI, NAL type 6) that cameras and encoders leave in it."""
    opened = _open(probe, source)
    options = {"c:v": "copy", "bsf:v": "filter_units=remove_types=6"}
    return _command(program, probe, opened, opened[str(probe.stream)], options, target=target)


def check_argv(program: str, probe: VideoProbe, *, source: str) -> list[str]:
    """Decode everything and keep nothing: ends with a failure where the picture is damaged."""
    opened = _open(probe, source)
    compiled: list[str] = ffmpeg.output(opened[str(probe.stream)], "-", format="null").global_args(*_quiet()).compile(cmd=program)
    return compiled


def sound_argv(program: str, container: str, *, source: str, target: str, longest_s: int) -> list[str]:
    """Decode the first sound stream to 48 kHz stereo FLAC, from its first sample. Any decoding error ends the program."""
    allowed = {"protocol_whitelist": "file,pipe,fd", "format_whitelist": container}
    opened = ffmpeg.input(source, format=container, threads=1, **allowed)
    options = {"c:a": "flac", "sample_fmt": "s16", "compression_level": 5, "ar": SOUND_HZ, "ac": 2, "af": "aresample=async=1:first_pts=0"}
    written = ffmpeg.output(opened["a:0"], target, format="flac", t=longest_s, **options, **_STRIP)
    compiled: list[str] = written.global_args(*_quiet()).compile(cmd=program)
    return compiled


def is_mezzanine(probe: VideoProbe) -> bool:
    """Whether a file has the mezzanine's form already, so that encoding it again would only cost quality."""
    sound = probe.sound is None or (probe.sound.codec == "aac" and probe.sound.rate_hz == SOUND_HZ and probe.sound.channels == 2)
    return (
        sound
        and (probe.container, probe.codec, probe.profile, probe.pix_fmt) == ("mov", "h264", "High", "yuv420p")
        and probe.exact_30
        and probe.gop <= GOP
        and not probe.transformed
        and not probe.colour_disputed
        and probe.start_s == 0
        and not probe.interlaced
        and probe.sample_aspect == 1
        and probe.colour == Colour(primaries=_BT709, transfer=_BT709, matrix=_BT709)
        and target_size(probe) == (probe.width_px, probe.height_px)
    )


def _open(probe: VideoProbe, source: str) -> Any:
    """The demuxer is forced and is the only one allowed: no playlist, no script, no second file."""
    allowed = {"protocol_whitelist": "file,pipe,fd", "format_whitelist": probe.container}
    return ffmpeg.input(source, format=probe.container, threads=_THREADS, **allowed)


def _quiet() -> list[str]:
    return ["-hide_banner", "-nostdin", "-v", "error", "-xerror", "-y", "-filter_threads", "1"]


def _command(program: str, probe: VideoProbe, opened: Any, picture: Any, options: dict[str, Any], *, target: str) -> list[str]:
    streams = [picture]
    if probe.sound is not None:
        streams.append(opened[str(probe.sound.stream)])
        if options["c:v"] == "copy":
            options |= {"c:a": "copy"}
        else:
            options |= {"c:a": "aac", "aac_coder": "fast", "b:a": "160k", "ar": SOUND_HZ, "ac": 2, "af": _timed_sound(probe)}
    written = ffmpeg.output(*streams, target, format="mp4", movflags="+faststart", **options, **_STRIP)
    compiled: list[str] = written.global_args(*_quiet()).compile(cmd=program)
    return compiled


def _timed(picture: Any, probe: VideoProbe) -> Any:
    """Exactly `frame_count` frames, each the one of the source that is nearest in time (the earlier one of two), the first at 0.

    The filter "fps" keeps a frame until the next one is due, rounded: up to a whole source frame late. So each frame is due half way from
    the one before it, at the next place of the grid, but not more than `_EARLY_S` ahead of its time: a screen that stands still for
    seconds changes when it changes.
    """
    due = f"PTS-min((PTS-PREV_INPTS)/2,{int(_EARLY_S * _FLICKS_HZ)})-STARTPTS+1"
    picture = picture.filter("settb", f"1/{_FLICKS_HZ}").filter("setpts", f"if(eq(N,0),0,{due})")
    picture = picture.filter("fps", RATE, round="up", start_time=0, eof_action="pass")
    return picture.filter("tpad", stop=-1, stop_mode="clone").filter("trim", end_frame=frame_count(probe))


def _timed_sound(probe: VideoProbe) -> str:
    """From the first picture to the end of the last: what was recorded before it is left out, what begins late begins late."""
    shift = f"asetpts=PTS-({probe.start_s.numerator}/{probe.start_s.denominator})/TB"
    return f"{shift},aresample={SOUND_HZ}:async=1:first_pts=0,atrim=end_sample={frame_count(probe) * SOUND_HZ // RATE}"


def _filtered(picture: Any, probe: VideoProbe) -> Any:
    """The program turns the picture upright by itself, before these."""
    width_px, height_px = target_size(probe)
    if probe.interlaced:
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    fast = probe.frame_rate > RATE
    if fast:
        picture = _timed(picture, probe)  # so that no frame is converted that nobody sees
    if probe.width_px % 2 or probe.height_px % 2:
        picture = picture.filter("crop", "trunc(iw/2)*2", "trunc(ih/2)*2", 0, 0, exact=1)
    colour = _assumed(probe)
    if colour.matrix == _RGB:
        picture = picture.filter("format", "gbrp")
    given = {
        "primariesin": colour.primaries,
        "transferin": colour.transfer,
        "matrixin": colour.matrix,
        "rangein": "full" if colour.full_range else "limited",
    }
    wanted = {"primaries": _BT709, "transfer": _BT709, "matrix": _BT709, "range": "limited"}
    size = {"width": width_px, "height": height_px, "filter": "lanczos"}
    if colour.is_hdr:
        picture = picture.filter("zscale", **size).filter("zscale", **given, transfer="linear", npl=_WHITE_NITS)
        picture = picture.filter("format", "gbrpf32le").filter("zscale", primaries=_BT709)
        picture = picture.filter("tonemap", "mobius", param=0.5, desat=0, peak=_PEAK).filter("zscale", **wanted, dither="ordered")
    else:
        picture = picture.filter("zscale", **size, **given, **wanted)
    picture = picture.filter("format", "yuv420p").filter("setsar", "1")
    if not fast:
        picture = _timed(picture, probe)
    tags = {"range": "limited", "color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709"}
    return picture.filter("setparams", field_mode="prog", **tags)


def _assumed(probe: VideoProbe) -> Colour:
    """What is not said is taken as players take it."""
    said = probe.colour
    rgb = probe.pix_fmt.startswith(("rgb", "bgr", "gbr", "argb", "abgr", "rgba", "bgra", "pal8"))
    customary = _BT601 if min(probe.width_px, probe.height_px) <= _SD_HEIGHT_PX else _BT709
    matrix = _RGB if rgb else customary if said.matrix in (_UNSPECIFIED, _RGB) else said.matrix
    return Colour(
        primaries=_BT709 if said.primaries == _UNSPECIFIED else said.primaries,
        transfer=said.transfer if said.is_hdr else _GAMMA_FAMILY,
        matrix=matrix,
        full_range=said.full_range or rgb,
    )


def _even(length: Fraction) -> int:
    return max(2, round(length / 2) * 2)
