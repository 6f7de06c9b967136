"""How true colours are after the whole chain: `python -m bench.colour [--json]`.

Patches of a colour chart, greys and full primaries go through ingest, engine and encoder at the settings that jobs use; what a player
shows is compared with what was meant, in CIEDE2000. Then a dark gradient: how many of its levels are left, and how wide its steps are.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.report import figure
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.footage import Media, MediaKind
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas, Clip, Cut, Motion
from libs.common.runtime.containers import open_input, open_output
from libs.common.runtime.context import RecordingContext
from services.assets.child import memory_file
from services.assets.limits import MediaLimits
from services.assets.media import take_in
from services.composition.render import render
from services.composition.settings import CompositionSettings

Values = NDArray[np.float64]
RATE = Fraction(30)
CHART = (
    (115, 82, 68), (194, 150, 130), (98, 122, 157), (87, 108, 67), (133, 128, 177), (103, 189, 170),
    (214, 126, 44), (80, 91, 166), (193, 90, 99), (94, 60, 108), (157, 188, 64), (224, 163, 46),
    (56, 61, 150), (70, 148, 73), (175, 54, 60), (231, 199, 31), (187, 86, 149), (8, 133, 161),
    (243, 243, 242), (200, 200, 200), (160, 160, 160), (122, 122, 121), (85, 85, 85), (52, 52, 52),
    (0, 0, 0), (16, 16, 16), (32, 32, 32), (64, 64, 64), (96, 96, 96), (128, 128, 128),
    (192, 192, 192), (224, 224, 224), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255),
)  # fmt: skip
"""sRGB. Four rows of the usual 24 patches, then greys and primaries."""
COLUMNS, PATCH_PX = 6, (60, 108)
SIZE = (COLUMNS * PATCH_PX[0], len(CHART) // COLUMNS * PATCH_PX[1])
FRAMES = 15
LUMA = {"BT.709": (0.2126, 0.0722), "BT.601": (0.299, 0.114)}
"""Weights of red and blue."""
CODES = {"BT.709": 1, "BT.601": 6}
"""Of the matrix, ITU-T H.273."""


def chart() -> NDArray[np.uint8]:
    patches = np.array(CHART, np.uint8).reshape(-1, COLUMNS, 3)
    return patches.repeat(PATCH_PX[1], axis=0).repeat(PATCH_PX[0], axis=1)


def to_yuv(rgb: Values, matrix: str, *, full: bool) -> Values:
    """R'G'B' 0..255 to Y'CbCr code values, not rounded (ITU-R BT.709, 3; BT.601, 2.5)."""
    red, blue = LUMA[matrix]
    r, g, b = np.moveaxis(rgb / 255, -1, 0)
    y = red * r + (1 - red - blue) * g + blue * b
    u, v = (b - y) / (2 - 2 * blue), (r - y) / (2 - 2 * red)
    scale = (255, 255, 0) if full else (219, 224, 16)
    return np.stack([y * scale[0] + scale[2], u * scale[1] + 128, v * scale[1] + 128], axis=-1)


def to_rgb(yuv: Values) -> Values:
    """BT.709 limited, what the engine promises, to R'G'B' 0..255 as a player shows it."""
    red, blue = LUMA["BT.709"]
    y, u, v = (yuv[..., 0] - 16) / 219, (yuv[..., 1] - 128) / 224, (yuv[..., 2] - 128) / 224
    r, b = y + (2 - 2 * red) * v, y + (2 - 2 * blue) * u
    g = (y - red * r - blue * b) / (1 - red - blue)
    return np.clip(np.stack([r, g, b], axis=-1), 0, 1) * 255


def film(matrix: str = "BT.709", *, full: bool = False) -> bytes:
    """The chart as H.264, tagged as it is."""
    target = io.BytesIO()
    with open_output(target) as container:
        stream = container.add_stream("libx264", rate=30, options={"crf": "1", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuvj420p" if full else "yuv420p"
        context = stream.codec_context
        context.color_range, context.colorspace = 2 if full else 1, CODES[matrix]
        context.color_primaries, context.color_trc = 1, 1
        yuv = np.clip(np.rint(to_yuv(chart().astype(float), matrix, full=full)), 0, 255).astype(np.uint8)
        planes = [yuv[:, :, 0], yuv[::2, ::2, 1], yuv[::2, ::2, 2]]
        for number in range(FRAMES):
            packed = np.concatenate([plane.reshape(-1) for plane in planes]).reshape(SIZE[1] * 3 // 2, SIZE[0])
            frame = av.VideoFrame.from_ndarray(packed, format=stream.pix_fmt)
            frame.pts, frame.colorspace, frame.color_range = number, CODES[matrix], context.color_range
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return target.getvalue()


def still(picture: NDArray[np.uint8]) -> bytes:
    target = io.BytesIO()
    Image.fromarray(picture).save(target, "PNG")
    return target.getvalue()


def shown(source: bytes, settings: CompositionSettings, *, motion: Motion | None = None) -> list[Values]:
    """Y'CbCr of the frames, (height, width, 3), after ingest, engine, encoder and decoder. Fails where the file is not tagged BT.709."""
    blobs = MemoryBlobStore()
    with memory_file(source) as given:
        taken = take_in(given, source_sha256="0" * 64, blobs=blobs, limits=MediaLimits())
    length = RationalTime(taken.frames, RATE) if taken.kind is MediaKind.video else None
    media = Media(kind=taken.kind, blob=taken.blob, width_px=taken.width_px, height_px=taken.height_px, length=length)
    start = RationalTime(0, RATE) if length is not None else None
    clip = Clip(media=media, start=0, length=FRAMES, source_start=start, motion=motion or Motion())
    canvas = Canvas(width_px=taken.width_px, height_px=taken.height_px, rate=RATE)
    cut = Cut(scene=0, canvas=canvas, length=FRAMES, clips=(clip,), transition=None, captions=(), caption_style="karaoke")
    segment = render(cut, blobs=blobs, settings=settings, context=RecordingContext())
    with open_input(io.BytesIO(blobs.get(segment.video.key))) as container:
        frames = list(container.decode(video=0))
    tags = [(int(f.colorspace), int(f.color_primaries), int(f.color_trc), int(f.color_range)) for f in frames]
    if set(tags) != {(1, 1, 1, 1)}:
        raise SystemExit(f"the segment is tagged {set(tags)}, not BT.709 limited")
    return [_planes(frame) for frame in frames]


def _planes(frame: av.VideoFrame) -> Values:
    packed, width, height = frame.to_ndarray().astype(np.float64), frame.width, frame.height
    u, v = packed[height:].reshape(2, height // 2, width // 2).repeat(2, axis=1).repeat(2, axis=2)
    return np.stack([packed[:height], u, v], axis=-1)


def errors(frame: Values) -> Values:
    """CIEDE2000 of each patch: the middle of it against what was meant."""
    width, height = PATCH_PX
    middles = [
        frame[row * height + height // 4 : row * height + 3 * height // 4, column * width + width // 4 : column * width + 3 * width // 4]
        for row in range(len(CHART) // COLUMNS)
        for column in range(COLUMNS)
    ]
    found = to_rgb(np.array([middle.mean(axis=(0, 1)) for middle in middles]))
    return ciede2000(to_lab(found), to_lab(np.array(CHART, np.float64)))


def to_lab(rgb: Values) -> Values:
    """sRGB 0..255 to CIE L*a*b*, D65 (IEC 61966-2-1)."""
    share = rgb / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
    ratio = linear @ to_xyz.T / to_xyz.sum(axis=1)
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def ciede2000(one: Values, other: Values) -> Values:
    """Sharma, Wu and Dalal, 2005; all weights 1."""
    l1, a1, b1 = np.moveaxis(one, -1, 0)
    l2, a2, b2 = np.moveaxis(other, -1, 0)
    chroma7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - np.sqrt(chroma7 / (chroma7 + 25.0**7)))
    c1, c2 = np.hypot((1 + g) * a1, b1), np.hypot((1 + g) * a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, (1 + g) * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    grey = c1 * c2 == 0
    turn = np.where(grey, 0, (h2 - h1 + 180) % 360 - 180)
    dl, dc, dh = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = np.where(grey, h1 + h2, (h1 + turn / 2) % 360)
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    t = 1 + sum(weight * np.cos(np.radians(times * hm + shift)) for weight, times, shift in waves)
    sl = 1 + 0.015 * (lm - 50) ** 2 / np.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rt = -np.sin(np.radians(60 * np.exp(-(((hm - 275) / 25) ** 2)))) * 2 * np.sqrt(cm**7 / (cm**7 + 25.0**7))
    return np.asarray(np.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rt * (dc / sc) * (dh / sh)))


def dark_gradient() -> NDArray[np.uint8]:
    """From black to a quarter of white, from the top down: every level a step of its own."""
    width, height = 360, 640
    levels = np.rint(np.linspace(0, 64, height)).astype(np.uint8)
    return np.broadcast_to(levels[:, np.newaxis, np.newaxis], (height, width, 3)).copy()


def steps(luma: Values) -> tuple[int, int]:
    """Levels of a gradient, and rows of its widest step."""
    rows = np.rint(luma.mean(axis=1)).astype(int)
    edges = np.flatnonzero(np.diff(rows)) + 1
    return len(set(rows.tolist())), int(np.diff([0, *edges, rows.size]).max())


def sources() -> Iterator[tuple[str, bytes]]:
    yield "still", still(chart())
    for matrix in LUMA:
        for full in (False, True):
            yield f"film {matrix} {'full' if full else 'limited'}", film(matrix, full=full)


def main() -> None:
    settings, found = CompositionSettings(), []
    for name, source in sources():
        frame_errors = errors(shown(source, settings)[FRAMES // 2])
        found.append(frame_errors)
        figure(f"colour_delta_e_max {name}", float(frame_errors.max()), "CIEDE2000")
        figure(f"colour_delta_e_mean {name}", float(frame_errors.mean()), "CIEDE2000")
    figure("colour_delta_e_max", float(np.max(found)), "CIEDE2000")
    figure("colour_delta_e_mean", float(np.mean(found)), "CIEDE2000")
    gradient = dark_gradient()
    wanted = steps(to_yuv(gradient.astype(float), "BT.709", full=False)[:, :, 0])
    for name, motion in (("still", Motion()), ("slow zoom", Motion(zoom_to=1.06))):
        after = [steps(frame[:, :, 0]) for frame in shown(still(gradient), settings, motion=motion)]
        figure(f"gradient_levels {name}", min(levels for levels, _ in after), f"of {wanted[0]}")
        figure(f"gradient_widest_step {name}", max(rows for _, rows in after), f"rows, {wanted[1]} before")


if __name__ == "__main__":
    main()
