"""How smooth a slow zoom is: where the corners of a still really are, frame by frame, and whether fine texture breathes.

A still with soft dots near its corners and fine texture in its middle is zoomed from 1.00 to 1.08 over 123 frames, eased, as the planner
and the executor do it. The dots' centres of mass are compared with where the ideal camera has them: the error of each step between frames.
"""

from __future__ import annotations

import io
import math
import sys
from dataclasses import dataclass
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.report import figure
from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.footage import Media, MediaKind
from libs.common.media.timeline import Canvas, Clip, Cut, Motion
from services.composition.executors.base import Executor
from services.composition.feeds import Feeds, Views
from services.composition.plan import ScenePlan
from services.composition.planes import blank
from services.composition.render import executor_of
from services.composition.settings import CompositionSettings
from services.composition.theme import theme_of

ZOOM = 1.08
FRAMES = 123
SIGMA = 6.0
"""Of a dot, for a short side of 1080."""
AROUND = 24
"""Half a side of the window in which a dot is weighed, likewise."""
INSET = 0.06
"""From the corner to a dot, as a share of the sides."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Smoothness:
    rms_px: float
    """Error of the corners' steps from frame to frame."""
    max_px: float
    breath: float
    """How much the sharpness of fine texture swings about its course, rms, as a share of it."""
    swing: float
    """From its least to its most over the whole move, as a share of its mean; a perfect zoom has some, because texture gets coarser."""
    sharpness: float
    """Of fine texture, mean over the frames, as a share of the source's."""


def smoothness(executor: Executor, canvas: Canvas, *, frames: int = FRAMES, zoom: float = ZOOM) -> Smoothness:
    """Draw the zoom and measure it."""
    unit = min(canvas.width_px, canvas.height_px) / 1080
    dots = _dots(canvas)
    picture = _picture(canvas, dots, unit)
    found: list[list[tuple[float, float]]] = []
    fine: list[float] = []
    for luma in _drawn(executor, picture, canvas, frames, zoom):
        number = len(found)
        found.append([_centre(luma, _ideal(dot, canvas, number, frames, zoom), AROUND * unit) for dot in dots])
        fine.append(_fineness(luma))
    ideal = np.array([[_ideal(dot, canvas, number, frames, zoom) for dot in dots] for number in range(frames)])
    errors: Floats = np.diff(np.array(found) - ideal, axis=0)
    course = np.array(fine)
    smooth = np.convolve(np.pad(course, 7, mode="edge"), np.ones(15) / 15, mode="valid")
    return Smoothness(
        rms_px=float(np.sqrt((errors**2).mean())),
        max_px=float(np.abs(errors).max()),
        breath=float(np.sqrt(((course - smooth) ** 2).mean()) / course.mean()),
        swing=float((course.max() - course.min()) / course.mean()),
        sharpness=float(course.mean() / _fineness(picture.astype(np.float64))),
    )


def _dots(canvas: Canvas) -> list[tuple[float, float]]:
    return [(x * canvas.width_px, y * canvas.height_px) for x in (INSET, 1 - INSET) for y in (INSET, 1 - INSET)]


def _picture(canvas: Canvas, dots: list[tuple[float, float]], unit: float) -> NDArray[np.uint8]:
    """Grey, with dots, and noise of three pixels' grain in the middle."""
    y, x = np.mgrid[0 : canvas.height_px, 0 : canvas.width_px] + 0.5
    level = np.full(y.shape, 60.0)
    for across, down in dots:
        level += 150 * np.exp(-((x - across) ** 2 + (y - down) ** 2) / (2 * (SIGMA * unit) ** 2))
    top, left = canvas.height_px // 4, canvas.width_px // 4
    rng = np.random.default_rng(5)
    texture = cv2.GaussianBlur(rng.normal(0, 1, (canvas.height_px // 2, canvas.width_px // 2)), (0, 0), 0.9)
    level[top : top + texture.shape[0], left : left + texture.shape[1]] = 120 + 40 * texture / texture.std()
    return np.clip(np.rint(level), 0, 255).astype(np.uint8)


def _drawn(executor: Executor, picture: NDArray[np.uint8], canvas: Canvas, frames: int, zoom: float) -> list[Floats]:
    blobs = MemoryBlobStore()
    out = io.BytesIO()
    Image.fromarray(np.dstack([picture] * 3)).save(out, "PNG")
    media = Media(
        kind=MediaKind.image,
        blob=store_content(blobs, "images", out.getvalue(), "png"),
        width_px=canvas.width_px,
        height_px=canvas.height_px,
    )
    clip = Clip(media=media, start=0, length=frames, source_start=None, motion=Motion(zoom_to=zoom))
    cut = Cut(scene=0, canvas=canvas, length=frames, clips=(clip,), transition=None, captions=(), caption_style="plain")
    plan = ScenePlan(cut)
    feeds, views, found = Feeds(plan, theme_of(cut), blobs), Views(plan), []
    for number in range(frames):
        recipe, target = plan.frame(number), blank(canvas.width_px, canvas.height_px)
        executor.compose(target, recipe, views=views.of(recipe, feeds.pictures(recipe)), looks=plan.looks, patches={})
        found.append(target.y.astype(np.float64))
    return found


def _ideal(dot: tuple[float, float], canvas: Canvas, number: int, frames: int, zoom: float) -> tuple[float, float]:
    """Where the eased camera has a point of the source: written down again here, not asked of the planner."""
    progress = number / (frames - 1)
    now = 1 + (zoom - 1) * (0.5 - 0.5 * math.cos(math.pi * progress))
    middle = (canvas.width_px / 2, canvas.height_px / 2)
    return (dot[0] - middle[0]) * now + middle[0], (dot[1] - middle[1]) * now + middle[1]


def _centre(luma: Floats, near: tuple[float, float], around: float) -> tuple[float, float]:
    """Centre of mass of the dot that should be there. The window slides by whole pixels, its rim is faded so that nothing jumps."""
    height, width = luma.shape
    left, right = max(0, math.floor(near[0] - around)), min(width, math.ceil(near[0] + around))
    top, bottom = max(0, math.floor(near[1] - around)), min(height, math.ceil(near[1] + around))
    window = luma[top:bottom, left:right]
    y, x = np.mgrid[top:bottom, left:right] + 0.5
    mass = np.maximum(window - window.min() - 3, 0)
    return float((mass * x).sum() / mass.sum()), float((mass * y).sum() / mass.sum())


def _fineness(luma: Floats) -> float:
    """Standard deviation of what is finer than two pixels, in the middle of the picture."""
    height, width = luma.shape
    middle = luma[height * 3 // 8 : height * 5 // 8, width * 3 // 8 : width * 5 // 8]
    return float((middle - cv2.GaussianBlur(middle, (0, 0), 2.0)).std())


def main() -> int:
    canvas = Canvas(width_px=1080, height_px=1920, rate=Fraction(30))
    executor, _ = executor_of(CompositionSettings())
    found = smoothness(executor, canvas)
    figure("jitter_rms_px", found.rms_px, "px")
    figure("jitter_max_px", found.max_px, "px")
    figure("texture_breath", found.breath, "of its sharpness, rms")
    figure("texture_swing", found.swing, "of its sharpness, least to most")
    figure("texture_sharpness", found.sharpness, "of the source's")
    return 0


if __name__ == "__main__":
    sys.exit(main())
