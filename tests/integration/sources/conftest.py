"""Films whose every frame says its own number and which way is up, made as cameras and phones make them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import av
import numpy as np
import pytest

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.footage import Media, MediaKind
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas, Clip, Cut, Motion
from libs.common.runtime.containers import open_output
from libs.common.runtime.context import RecordingContext
from services.assets.child import memory_file
from services.assets.clip import ClipMedia
from services.assets.limits import MediaLimits
from services.assets.media import take_in
from services.composition.render import render
from services.composition.settings import CompositionSettings

COLUMNS, ROWS = 4, 3
DARK, LIGHT = 60, 190
CORNER = (LIGHT, LIGHT, DARK, LIGHT)
"""The first row: no turn and no mirror image of it is the same."""
BEEP_HZ = 1_000
RATE = Fraction(30)


def picture(number: int, width: int, height: int) -> np.ndarray:
    """Luma: the corner marks, and the number's eight bits below, the highest first."""
    bits = [LIGHT if number >> bit & 1 else DARK for bit in range(7, -1, -1)]
    cells = np.array([*CORNER, *bits], np.uint8).reshape(ROWS, COLUMNS)
    rows, columns = np.arange(height) * ROWS // height, np.arange(width) * COLUMNS // width
    return cells[rows][:, columns]


def number_of(luma: np.ndarray) -> int:
    """What `picture` wrote. Fails where the picture is not upright."""
    height, width = luma.shape
    cells = [
        luma[(4 * row + 1) * height // (4 * ROWS) : (4 * row + 3) * height // (4 * ROWS)][
            :, (4 * column + 1) * width // (4 * COLUMNS) : (4 * column + 3) * width // (4 * COLUMNS)
        ].mean()
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]
    lit = [cell > (DARK + LIGHT) / 2 for cell in cells]
    assert lit[:COLUMNS] == [level == LIGHT for level in CORNER], f"not upright: {cells}"
    return sum(bit << place for bit, place in zip(lit[:3:-1], range(8), strict=True))


def numbers(data: bytes) -> list[int]:
    """Of all frames, which have to lie on the grid of 30 a second from 0."""
    with av.open(io.BytesIO(data)) as container:
        frames = list(container.decode(video=0))
    assert [frame.pts * frame.time_base for frame in frames] == [Fraction(n, 30) for n in range(len(frames))]
    return [number_of(frame.to_ndarray()[: frame.height, : frame.width]) for frame in frames]


EARLY_S = Fraction(1, 40)


def nearest(times: Sequence[Fraction], second: Fraction) -> set[int]:
    """The frames that may be shown at `second` of a film whose frames are at `times`: the nearest one (two where both are as near), but
    none more than 25 ms ahead of its time."""
    ready = [n for n, time in enumerate(times) if time - times[0] - second <= EARLY_S]
    least = min(abs(times[n] - times[0] - second) for n in ready)
    return {n for n in ready if abs(times[n] - times[0] - second) == least}


@dataclass(frozen=True, kw_only=True)
class Sound:
    """Silence with a beep of 50 ms each half second, the first one at the start."""

    rate_hz: int = 48_000
    layout: str = "stereo"
    codec: str = "aac"
    start_s: Fraction = Fraction(0)
    length_s: Fraction = Fraction(1)


@dataclass(frozen=True, kw_only=True)
class Film:
    times: Sequence[Fraction]
    time_base: Fraction = Fraction(1, 90_000)
    size: tuple[int, int] = (160, 120)
    format: str = "mp4"
    pix_fmt: str = "yuv420p"
    codec: str = "libx264"
    aspect: Fraction = Fraction(1)
    full_range: bool = False
    options: dict[str, str] = field(default_factory=dict)
    sound: Sound | None = None
    turn: Callable[[np.ndarray], np.ndarray] = np.asarray


def at_rate(rate: Fraction | int, frames: int, start: Fraction | int = 0) -> list[Fraction]:
    return [start + Fraction(n) / rate for n in range(frames)]


def shot(film: Film) -> bytes:
    target = io.BytesIO()
    container = open_output(target, format=film.format, options={"avoid_negative_ts": "disabled"} if film.format == "matroska" else {})
    stream = container.add_stream(film.codec, rate=30, options={"preset": "ultrafast", "crf": "10", "bf": "2", "g": "250", **film.options})
    luma = film.turn(picture(0, *film.size))
    stream.height, stream.width, stream.pix_fmt = *luma.shape, film.pix_fmt
    stream.codec_context.time_base = film.time_base
    stream.codec_context.sample_aspect_ratio = film.aspect
    audio = None
    if film.sound is not None:
        audio = container.add_stream(film.sound.codec, rate=film.sound.rate_hz, layout=film.sound.layout)
    for number, time in enumerate(film.times):
        luma = film.turn(picture(number, *film.size))
        if film.full_range:
            luma = np.clip(np.rint((luma - 16.0) * 255 / 219), 0, 255).astype(np.uint8)
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(luma), format="gray").reformat(
            format="yuv420p", src_color_range="JPEG", dst_color_range="JPEG"
        )
        frame = frame if film.pix_fmt == "yuv420p" else frame.reformat(format=film.pix_fmt, src_color_range="MPEG", dst_color_range="MPEG")
        frame.color_range = 2 if film.full_range else 1
        frame.colorspace = 1
        frame.pts, frame.time_base = int(time / film.time_base), film.time_base
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
    if audio is not None:
        assert film.sound is not None
        for heard in beeps(film.sound):
            container.mux(audio.encode(heard))
        container.mux(audio.encode(None))
    container.close()
    return target.getvalue()


def beeps(sound: Sound) -> list[av.AudioFrame]:
    samples = np.arange(int(sound.length_s * sound.rate_hz))
    loud = samples % (sound.rate_hz // 2) < sound.rate_hz // 20
    wave = (0.5 * np.sin(2 * np.pi * BEEP_HZ * samples / sound.rate_hz) * loud).astype(np.float32)
    channels = av.AudioLayout(sound.layout).nb_channels
    frames = []
    for begin in range(0, samples.size, 1_024):
        block = np.ascontiguousarray(np.broadcast_to(wave[begin : begin + 1_024], (channels, wave[begin : begin + 1_024].size)))
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=sound.layout)
        frame.sample_rate, frame.time_base = sound.rate_hz, Fraction(1, sound.rate_hz)
        frame.pts = begin + int(sound.start_s * sound.rate_hz)
        frames.append(frame)
    return frames


def onsets(data: bytes) -> list[float]:
    """Seconds at which a beep begins, by a matched filter."""
    with av.open(io.BytesIO(data)) as container:
        frames = list(container.decode(audio=0))
    first = float(frames[0].pts * frames[0].time_base)
    wave = np.concatenate([frame.to_ndarray().mean(axis=0) for frame in frames])
    time = np.arange(2_400) / 48_000
    match = np.correlate(wave, np.sin(2 * np.pi * BEEP_HZ * time), mode="valid")
    found = []
    while match.size and match.max() > 200:
        peak = int(match.argmax())
        found.append(first + peak / 48_000)
        match[max(0, peak - 4_800) : peak + 4_800] = 0
    return sorted(found)


class Library:
    """Takes films in and renders cuts of them."""

    def __init__(self, settings: CompositionSettings) -> None:
        self.blobs = MemoryBlobStore()
        self._settings = settings
        self.notes: tuple[str, ...] = ()

    def take_in(self, data: bytes) -> ClipMedia:
        with memory_file(data) as source:
            return take_in(source, source_sha256="0" * 64, blobs=self.blobs, limits=MediaLimits())

    def mezzanine(self, media: ClipMedia) -> bytes:
        return self.blobs.get(media.blob.key)

    def cut(self, media: ClipMedia, start: int, length: int) -> bytes:
        """Frames of the mezzanine from `start`, by the engine, at the mezzanine's own size."""
        source = Media(
            kind=MediaKind.video,
            blob=media.blob,
            width_px=media.width_px,
            height_px=media.height_px,
            length=RationalTime(media.frames, RATE),
        )
        clip = Clip(media=source, start=0, length=length, source_start=RationalTime(start, RATE), motion=Motion())
        canvas = Canvas(width_px=media.width_px, height_px=media.height_px, rate=RATE)
        cut = Cut(scene=0, canvas=canvas, length=length, clips=(clip,), transition=None, captions=(), caption_style="karaoke")
        segment = render(cut, blobs=self.blobs, settings=self._settings, context=RecordingContext())
        self.notes = segment.notes
        return self.blobs.get(segment.video.key)


@pytest.fixture(scope="session")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> CompositionSettings:
    return CompositionSettings(kernel_cache=tmp_path_factory.mktemp("kernel"))


@pytest.fixture
def library(drawing: CompositionSettings) -> Library:
    return Library(drawing)
