"""What a finished file really is: read from the file itself, never from what was meant to be written."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import BinaryIO

import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.filter import Graph
from av.video.stream import VideoStream

from libs.common.media.errors import Defect, InvalidInput
from libs.common.runtime.containers import open_input
from services.encoding.labels import AIGC_KEY
from services.encoding.mp4 import index_is_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """One video and one sound track, as a player finds them."""

    size_bytes: int
    index_first: bool
    """The index lies before the media: playback starts at once."""
    codecs: tuple[str, str]
    """Of picture and sound."""
    width_px: int
    height_px: int
    rate: Fraction
    frames: int
    """Number of video packets."""
    picture_error: Fraction
    """In seconds: largest distance of a frame's time stamp from its place on the grid."""
    steady: bool
    """Decoding times rise by one constant step, and none is after its presentation time."""
    picture_start: Fraction
    sound_start: Fraction
    """In seconds. After the priming, which the edit list hides."""
    priming_samples: int
    """Hidden by the edit list."""
    sound_samples: int
    """Length of the sound on its own sample grid."""
    aigc: str | None
    """The implicit label."""

    @property
    def av_offset_ms(self) -> float:
        return float((self.sound_start - self.picture_start) * 1000)


def inspect(source: BinaryIO, *, rate: Fraction) -> Inspection:
    """Read all packets, decode none. Raises InvalidInput where `source` is no MP4 with exactly one picture and one sound track."""
    size_bytes = source.seek(0, 2)
    index_first = index_is_first(source)
    source.seek(0)
    with open_input(source, name="the finished file") as container:
        video, audio = only_streams(container)
        stamps = list(_stamps(container, video))
        container.seek(0)
        first_sound = next(_stamps(container, audio), (0, 0))[0]
        tick, audio_tick = _tick(video), _tick(audio)
        times = sorted(pts for pts, _ in stamps)
        steps = {after - before for (_, before), (_, after) in pairwise(stamps)}
        return Inspection(
            size_bytes=size_bytes,
            index_first=index_first,
            codecs=(video.codec_context.name, audio.codec_context.name),
            width_px=video.codec_context.width,
            height_px=video.codec_context.height,
            rate=rate,
            frames=len(stamps),
            picture_error=max((abs(pts * tick - n / rate) for n, pts in enumerate(times)), default=Fraction(0)),
            steady=all(step > 0 for step in steps) and len(steps) <= 1 and all(dts <= pts for pts, dts in stamps),
            picture_start=(video.start_time or 0) * tick,
            sound_start=(audio.start_time or 0) * audio_tick,
            priming_samples=-int(min(0, first_sound) * audio_tick * audio.codec_context.sample_rate),
            sound_samples=int((audio.duration or 0) * audio_tick * audio.codec_context.sample_rate),
            aigc=container.metadata.get(AIGC_KEY),
        )


def measure_loudness(source: BinaryIO) -> tuple[float, float]:
    """Integrated loudness (LUFS) and true peak (dBTP), by FFmpeg's EBU R 128 meter: a second opinion on the mixer's own figures."""
    with open_input(source, name="the finished file") as container:
        stream = container.streams.audio[0]
        graph = Graph()
        meter = graph.add("ebur128", "peak=true:metadata=1")
        graph.link_nodes(graph.add_abuffer(template=stream), meter, graph.add("abuffersink")).configure()
        figures: dict[str, str] = {}
        for frame in container.decode(stream):
            graph.push(frame)
            figures |= _pulled(graph)
        graph.push(None)
        figures |= _pulled(graph)
    try:
        peaks = [float(value) for key, value in figures.items() if key.startswith("lavfi.r128.true_peaks_ch")]
        return float(figures["lavfi.r128.I"]), 20 * math.log10(max(*peaks, 1e-6))
    except (KeyError, ValueError) as error:
        raise Defect(f"the loudness meter gave no figures: {error}", code="quality.no_loudness") from error


def only_streams(container: InputContainer) -> tuple[VideoStream, AudioStream]:
    """Raises InvalidInput unless there is exactly one of each and nothing else."""
    video, audio = container.streams.video, container.streams.audio
    if len(video) != 1 or len(audio) != 1 or len(container.streams) != 2:
        raise InvalidInput("the file has not exactly one picture and one sound track", code="media.streams")
    return video[0], audio[0]


def _stamps(container: InputContainer, stream: VideoStream | AudioStream) -> Iterator[tuple[int, int]]:
    """Presentation and decoding time of each packet, in ticks."""
    for packet in container.demux(stream):
        if packet.size:
            if packet.pts is None or packet.dts is None:
                raise InvalidInput("a packet has no time stamp", code="media.time_stamps")
            yield packet.pts, packet.dts


def _tick(stream: VideoStream | AudioStream) -> Fraction:
    if stream.time_base is None:
        raise InvalidInput("a track has no time base", code="media.streams")
    return stream.time_base


def _pulled(graph: Graph) -> dict[str, str]:
    figures: dict[str, str] = {}
    while True:
        try:
            figures |= graph.pull().metadata
        except (av.error.BlockingIOError, av.error.EOFError):
            return figures
