"""The source clips of the standard timeline: drawn, encoded as cameras do, and brought in by the library's own normalisation.

Dead leaves (discs whose sizes fall off as those of things in photographs do) in two layers that drift apart, with a hand's shake,
a slow zoom and turn, defocus behind, and sensor grain. Drawing the eight clips takes minutes, so both forms of each are kept outside of
the repository, under `~/.cache/reelsmith/bench`; they show nothing of any customer.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from libs.common.media.time import RationalTime
from libs.common.runtime.containers import open_output
from services.assets import ffmpeg
from services.assets.child import memory_file
from services.assets.limits import MediaLimits
from services.assets.normalise import normalise
from services.assets.probe import probe_video
from services.assets.probed import VideoProbe
from services.assets.sniff import Family, Kind
from services.composition.planes import from_rgb

CACHE = Path.home() / ".cache" / "reelsmith" / "bench"
DRAWN = 2
"""Counts up when the clips are drawn differently: older ones are then no longer used."""
LENGTH_S = 6
CAMERA = {"preset": "veryfast", "crf": "19", "g": "250", "profile": "high"}
"""Long distances between key frames, as phones and stock libraries have."""
GRAIN = 1.0
"""Standard deviation, 8-bit levels."""

TEXTURE = 17.0
"""Unevenness of surfaces, standard deviation of each octave in 8-bit levels."""
LEAST_PX = 60
"""Radius of the smallest leaf; how many there are of a size falls with its cube."""

Plane = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Source:
    """One camera's clip."""

    seed: int
    width_px: int
    height_px: int
    rate: Fraction
    varies: bool = False
    """The distance of its frames varies, as that of a phone's in dim light."""

    @property
    def name(self) -> str:
        rate = f"{float(self.rate):.2f}".replace(".", "-")
        return f"{self.seed}-{self.width_px}x{self.height_px}-{'vfr' if self.varies else rate}"


NTSC = Fraction(30_000, 1_001)
SOURCES = (
    Source(0, 1080, 1920, Fraction(30)),
    Source(1, 1920, 1080, NTSC),
    Source(2, 1920, 1080, Fraction(25)),
    Source(3, 1080, 1920, Fraction(60)),
    Source(4, 1920, 1080, Fraction(24)),
    Source(5, 1920, 1080, Fraction(30), varies=True),
    Source(6, 1080, 1920, NTSC),
    Source(7, 1920, 1080, Fraction(30)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """One clip in both forms."""

    source: Source
    original: Path
    mezzanine: Path
    width_px: int
    height_px: int
    length: RationalTime
    """Of the mezzanine, as all before."""


def footage(number: int) -> Footage:
    """Clip `number` of `SOURCES`: from the cache, or made now."""
    source = SOURCES[number]
    original = CACHE / f"drawn-{DRAWN}" / f"{source.name}.mp4"
    if not original.exists():
        _keep(original, _filmed(source))
    limits, kind = MediaLimits(), Kind(Family.video, "mov")
    with memory_file(original.read_bytes(), name="original") as film:
        probe = probe_video(film, kind, limits=limits)
        mezzanine = original.with_name(f"{source.name}.mezzanine-{_settings(probe)}.mp4")
        if not mezzanine.exists():
            with normalise(film, probe, limits=limits).file as made:
                _keep(mezzanine, made.read())
    with memory_file(mezzanine.read_bytes(), name="mezzanine") as film:
        found = probe_video(film, kind, limits=limits)
    length = RationalTime(found.frames, Fraction(ffmpeg.RATE))
    return Footage(source=source, original=original, mezzanine=mezzanine, width_px=found.width_px, height_px=found.height_px, length=length)


def _settings(probe: VideoProbe) -> str:
    """Names the settings of the normalisation: with others the mezzanine is made anew."""
    argv = ffmpeg.mezzanine_argv("ffmpeg", probe, source="in", target="out")
    return sha256("\0".join(argv).encode()).hexdigest()[:12]


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(".partial")
    partial.write_bytes(data)
    partial.replace(path)


def _filmed(source: Source) -> bytes:
    target = io.BytesIO()
    container = open_output(target)
    stream = container.add_stream("libx264", rate=90_000 if source.varies else source.rate, options=CAMERA)
    stream.width, stream.height, stream.pix_fmt = source.width_px, source.height_px, "yuv420p"
    stream.codec_context.color_range, stream.codec_context.colorspace = 1, 1
    stream.codec_context.color_primaries, stream.codec_context.color_trc = 1, 1
    stream.codec_context.time_base = Fraction(1, 90_000) if source.varies else 1 / source.rate
    scene = _Scene(source)
    for number, second in enumerate(_times(source)):
        packed = scene.frame(float(second))
        frame = av.VideoFrame.from_ndarray(packed, format="yuv420p")
        frame.pts = round(second * 90_000) if source.varies else number
        frame.time_base = stream.codec_context.time_base
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
    container.close()
    return target.getvalue()


def _times(source: Source) -> Iterator[Fraction]:
    """Where the frames lie, in seconds."""
    if not source.varies:
        yield from (number / source.rate for number in range(int(LENGTH_S * source.rate)))
        return
    second, number = Fraction(0), 0
    while second < LENGTH_S:
        yield second
        second += (Fraction(1, 30), Fraction(1, 30), Fraction(37, 1_000), Fraction(1, 30), Fraction(42, 1_000))[number % 5]
        number += 1


class _Scene:
    """What is in front of the camera, painted once and larger than the picture, and how the camera moves over it."""

    MARGIN = 1.3

    def __init__(self, source: Source) -> None:
        self._rng = np.random.default_rng(1_000 + source.seed)
        self._size = (source.width_px, source.height_px)
        width, height = (round(side * self.MARGIN / 2) * 2 for side in self._size)
        base = self._rng.integers(40, 200, 3)
        back, _ = self._leaves(width, height, 9_000, base, covered=True)
        self._back = from_rgb(np.asarray(cv2.GaussianBlur(back, (0, 0), 2.2), np.uint8))
        front, mask = self._leaves(width, height, 450, base, covered=False)
        self._front, self._mask = from_rgb(front), mask
        field = self._rng.normal(0, GRAIN, (source.height_px + 128, source.width_px + 128))
        self._grain = np.clip(128 + np.asarray(cv2.GaussianBlur(field, (0, 0), 0.6)) * 1.6, 0, 255).astype(np.uint8)
        self._phase = self._rng.uniform(0, 2 * math.pi, 6)
        self._speed = self._rng.uniform(0.5, 1.1)

    def frame(self, second: float) -> Plane:
        """The I420 picture, packed as FFmpeg does: all rows of Y, then U, then V."""
        width, height = self._size
        half = (width // 2, height // 2)
        back, front = self._camera(second, 1.0), self._camera(second, 2.1)
        mask = _warped(self._mask, front, self._size)
        planes = [_mixed(_warped(self._back.y, back, self._size), _warped(self._front.y, front, self._size), mask)]
        small = np.asarray(cv2.resize(mask, half, interpolation=cv2.INTER_AREA), np.uint8)
        for far, near in ((self._back.u, self._front.u), (self._back.v, self._front.v)):
            planes.append(_mixed(_warped(far, _halved(back), half), _warped(near, _halved(front), half), small))
        x, y = (int(offset) for offset in self._rng.integers(0, 128, 2))
        grained = cv2.addWeighted(planes[0], 1, self._grain[y : y + height, x : x + width], 1, -128)
        rows = [np.asarray(plane, np.uint8).reshape(-1) for plane in (grained, *planes[1:])]
        return np.concatenate(rows).reshape(height * 3 // 2, width)

    def _camera(self, second: float, nearness: float) -> NDArray[np.float64]:
        """Canvas to scene: drift, shake, a breath of zoom and turn; what is nearer moves further."""
        width, height = self._size
        a, b, c, d, e, f = self._phase
        scale = 1.0 + 0.03 * math.sin(0.7 * second + a) * nearness
        turn = math.radians(0.9) * math.sin(0.9 * second + b)
        reach = 0.055 * width * nearness
        x = reach * math.sin(self._speed * second + c) + 2.5 * math.sin(9 * second + d) + 1.5 * math.sin(23 * second + e)
        y = 0.7 * reach * math.sin(0.8 * self._speed * second + f) + 2.5 * math.sin(11 * second + a) + math.sin(19 * second + c)
        cos, sin = math.cos(turn) / scale, math.sin(turn) / scale
        centre_x, centre_y = width * self.MARGIN / 2 + x, height * self.MARGIN / 2 + y
        left = centre_x - cos * width / 2 + sin * height / 2
        top = centre_y - sin * width / 2 - cos * height / 2
        return np.array([[cos, -sin, left], [sin, cos, top]])

    def _leaves(self, width: int, height: int, count: int, base: NDArray[np.int64], *, covered: bool) -> tuple[NDArray[np.uint8], Plane]:
        """The painted layer, RGB, and where it is painted."""
        picture = np.zeros((height, width, 3), np.uint8) + base.astype(np.uint8)
        mask = np.full((height, width), 255 if covered else 0, np.uint8)
        for _ in range(count):
            radius = round(min(0.3 * min(width, height), LEAST_PX / math.sqrt(self._rng.random() + 1e-4)))
            at = (int(self._rng.integers(0, width)), int(self._rng.integers(0, height)))
            colour = np.clip(base + self._rng.normal(0, 42) + self._rng.normal(0, 20, 3), 8, 247)
            cv2.circle(picture, at, radius, tuple(float(level) for level in colour), -1, cv2.LINE_AA)
            cv2.circle(mask, at, radius, (255,), -1, cv2.LINE_AA)
        texture = self._texture(width, height)
        shade = np.linspace(1.12, 0.8, height)[:, None]
        lit = picture * shade[:, :, None] + texture[:, :, None]
        return np.clip(lit, 0, 255).astype(np.uint8), mask

    def _texture(self, width: int, height: int) -> NDArray[np.float64]:
        """Noise of equal strength in every octave: its power falls with the square of the frequency, as in photographs."""
        total = np.zeros((height, width))
        for octave in range(1, 7):
            coarse = self._rng.normal(0, TEXTURE, (height >> octave, width >> octave))
            total += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
        return total


def _warped(plane: Plane, camera: NDArray[np.float64], size: tuple[int, int]) -> Plane:
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(plane, camera, size, flags=how, borderMode=cv2.BORDER_REFLECT), np.uint8)


def _halved(camera: NDArray[np.float64]) -> NDArray[np.float64]:
    half = camera.copy()
    half[:, 2] /= 2
    return half


def _mixed(far: Plane, near: Plane, mask: Plane) -> Plane:
    return (far + (((near.astype(np.int16) - far) * (mask.astype(np.int32) + (mask >> 7))) >> 8)).astype(np.uint8)
