"""Inside the probe's child: what a video file really contains, by its packets and its first pictures."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from typing import Any, BinaryIO

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.sidedata.sidedata import Type as SideData
from av.stream import Disposition
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from libs.common.media.errors import InvalidInput, TooLarge
from libs.common.runtime.containers import open_input
from services.assets.limits import MediaLimits, check_size
from services.assets.probed import Colour, SoundProbe, VideoProbe

_LOOK_AT = 8
"""Pictures that are decoded here; the whole file is decoded when it is normalised."""
_MOST_CHANNELS = 8
_WIDEST_PIXEL = 16
_UNSPECIFIED = 2
"""Of a colour property, ITU-T H.273."""
_FULL_RANGE = 2
"""FFmpeg's AVCOL_RANGE_JPEG."""
_COVER = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
_UPRIGHT = (1 << 16, 0, 0, 0, 1 << 16)
"""The display matrix that turns and mirrors nothing, 16.16 fixed point, its first five values (ISO/IEC 14496-12, 6.2.2)."""


def read_video(source: BinaryIO, format: str, *, limits: MediaLimits) -> dict[str, Any]:
    """The fields of a `VideoProbe`. Raises InvalidInput or TooLarge with a `media.` code."""
    with open_input(source) as container:
        if format not in container.format.name.split(","):
            raise InvalidInput(f"the file begins like {format} and is {container.format.name}", code="media.not_allowed_format")
        picture = _picture_stream(container, limits)
        timing = _timing(container, picture, limits)
        index, codec = picture.index, picture.codec_context.codec.name
        profile, pix_fmt = picture.profile or "", picture.codec_context.pix_fmt or ""
        aspect = _sample_aspect(picture)
        width_px, height_px = picture.codec_context.width, picture.codec_context.height
        said = _said(picture.codec_context)
        sound = _sound_stream(container)
    if width_px * height_px * timing["frames"] > limits.work_pixels:
        raise TooLarge("the film has more pixels in all than are allowed", code="media.too_much_work")
    source.seek(0)
    with open_input(source) as container:
        frames = _first_pictures(container, index, limits)
        look = _look(frames, width_px, height_px, said)
    source.seek(0)
    with open_input(source) as container:
        heard = _hear(container, sound)
    found = VideoProbe(
        container=format,
        stream=index,
        codec=codec,
        profile=profile,
        pix_fmt=pix_fmt,
        sample_aspect=aspect,
        sound=heard,
        **timing,
        **look,
    )
    return asdict(found)


def _picture_stream(container: InputContainer, limits: MediaLimits) -> VideoStream:
    if len(container.streams) > limits.streams:
        raise TooLarge(f"{len(container.streams)} streams, {limits.streams} are allowed", code="media.too_many_streams")
    pictures = [stream for stream in container.streams.video if not stream.disposition & _COVER]
    if not pictures:
        raise InvalidInput("the file has no moving picture", code="media.no_video")
    found = max(pictures, key=lambda stream: (_pixels(stream), -stream.index))  # a film may carry smaller copies of itself
    if found.codec_context is None:
        raise InvalidInput("its codec is not one that we read", code="media.unsupported_codec")
    check_size(found.codec_context.width, found.codec_context.height, limits)
    return found


def _pixels(stream: VideoStream) -> int:
    return 0 if stream.codec_context is None else stream.codec_context.width * stream.codec_context.height


def _timing(container: InputContainer, picture: VideoStream, limits: MediaLimits) -> dict[str, Any]:
    """By time stamps: headers declare lengths and rates that are not so."""
    base = picture.time_base
    if base is None:
        raise InvalidInput("the picture has no time base", code="media.unreadable")
    declared = picture.frames
    stamps: list[int] = []
    gop = distance = seen = last_duration = 0
    for packet in _packets(container, picture):
        seen += 1
        distance = 1 if packet.is_keyframe else distance + 1
        gop = max(gop, distance)
        if packet.is_discard:
            continue
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is None:
            raise InvalidInput("pictures without time stamps", code="media.no_timestamps")
        stamps.append(stamp)
        last_duration = packet.duration or last_duration
        if abs(stamp - stamps[0]) * base > limits.duration_s:
            raise TooLarge(f"longer than {limits.duration_s} s", code="media.too_long")
        if len(stamps) > limits.duration_s * limits.frame_rate:
            raise TooLarge("more pictures than are allowed", code="media.too_many_frames")
    if not stamps:
        raise InvalidInput("the file has no picture", code="media.no_video")
    if declared and seen < declared:
        raise InvalidInput(f"{declared} pictures are declared, {seen} are there", code="media.truncated")
    begins_s = Fraction(container.start_time or 0, av.time_base)
    return _measure(sorted(stamps), base, gop, last_duration, limits) | {"start_s": min(stamps) * base - begins_s}


def _packets(container: InputContainer, picture: VideoStream) -> Iterator[av.Packet[VideoStream]]:
    try:
        yield from (packet for packet in container.demux(picture) if packet.size)
    except (InvalidInput, TooLarge):
        raise
    except Exception as error:
        raise InvalidInput(f"the file is damaged: {type(error).__name__}", code="media.damaged") from error


def _measure(stamps: list[int], base: Fraction, gop: int, last_duration: int, limits: MediaLimits) -> dict[str, Any]:
    first, steps = stamps[0], sorted(after - before for before, after in itertools.pairwise(stamps))
    usual = steps[len(steps) // 2] if steps else (last_duration or round(Fraction(1, 30) / base))
    length_s = (stamps[-1] - first + max(usual, 1)) * base
    if length_s > limits.duration_s:
        raise TooLarge(f"longer than {limits.duration_s} s", code="media.too_long")
    rate = Fraction(len(stamps)) / length_s
    if rate > limits.frame_rate:
        raise TooLarge(f"more than {limits.frame_rate} pictures a second", code="media.frame_rate")
    exact = all((stamp - first) * base * 30 == number for number, stamp in enumerate(stamps))
    return {
        "frames": len(stamps),
        "length_s": length_s,
        "frame_rate": rate.limit_denominator(1_001),
        "exact_30": exact and first == 0,
        "gop": gop,
    }


def _first_pictures(container: InputContainer, index: int, limits: MediaLimits) -> list[VideoFrame]:
    stream = container.streams[index]
    assert isinstance(stream, VideoStream)
    stream.codec_context.options = {"max_pixels": str(limits.pixels)}
    stream.codec_context.thread_count = 1
    try:
        return list(itertools.islice(container.decode(stream), _LOOK_AT))
    except Exception as error:
        raise InvalidInput(f"the picture cannot be decoded: {type(error).__name__}", code="media.damaged") from error


def _said(source: VideoCodecContext | VideoFrame) -> Colour:
    """Before a picture is decoded a codec context says what the container says, where it does, and else what the first header says."""
    return Colour(
        primaries=int(source.color_primaries),
        transfer=int(source.color_trc),
        matrix=int(source.colorspace),
        full_range=int(source.color_range) == _FULL_RANGE,
    )


def _look(frames: list[VideoFrame], width_px: int, height_px: int, container: Colour) -> dict[str, Any]:
    if not frames:
        raise InvalidInput("no picture can be decoded", code="media.no_video")
    first = frames[0]
    sides: Any = first.side_data
    own = _said(first)
    colour = Colour(
        primaries=own.primaries if container.primaries == _UNSPECIFIED else container.primaries,
        transfer=own.transfer if container.transfer == _UNSPECIFIED else container.transfer,
        matrix=own.matrix if container.matrix == _UNSPECIFIED else container.matrix,
        # Muxers write "limited" for want of knowing better.
        full_range=own.full_range or container.full_range or first.format.name.startswith("yuvj"),
    )
    matrix = next((sides[number] for number in range(len(sides)) if sides[number].type is SideData.DISPLAYMATRIX), None)
    return {
        "width_px": first.width or width_px,
        "height_px": first.height or height_px,
        "rotation_deg": round(first.rotation / 90) * 90 % 360,
        "transformed": matrix is not None and struct.unpack("=9i", bytes(matrix))[:5] != _UPRIGHT,
        "interlaced": any(frame.interlaced_frame for frame in frames),
        "colour": colour,
        "colour_disputed": colour != own,
    }


def _sample_aspect(picture: VideoStream) -> Fraction:
    """Unknown means square; what nobody films with is a lie."""
    given = picture.sample_aspect_ratio
    aspect = Fraction(given) if given else Fraction(1)
    if not Fraction(1, _WIDEST_PIXEL) <= aspect <= _WIDEST_PIXEL:
        raise InvalidInput(f"pixels of shape {aspect} cannot be", code="media.bad_aspect")
    return aspect


def _sound_stream(container: InputContainer) -> int | None:
    return container.streams.audio[0].index if container.streams.audio else None


def _hear(container: InputContainer, index: int | None) -> SoundProbe | None:
    """The first sound stream, if it can be decoded. A film whose sound is damaged is used without it, as no sound of it is heard."""
    if index is None:
        return None
    stream = container.streams[index]
    if not isinstance(stream, AudioStream) or stream.codec_context is None:
        return None
    try:
        frame = next(container.decode(stream), None)
    except Exception:
        return None
    if frame is None or not 1 <= frame.layout.nb_channels <= _MOST_CHANNELS:
        return None
    return SoundProbe(stream=index, codec=stream.codec_context.codec.name, rate_hz=frame.sample_rate, channels=frame.layout.nb_channels)
