"""The port of the executors, and the drawing that a stamp puts over a frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, BinaryIO, Protocol, runtime_checkable

import numpy as np

from services.composition.planes import Plane, Planes, scale_plane
from services.composition.recipe import Axis, FrameRecipe, Look, Stamp, View


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """Ink: premultiplied limited-range planes, and for each what they leave of the picture below (255 - alpha)."""

    left: int
    top: int
    """Place on the canvas, even; may lie partly outside."""
    ink: Planes
    keep: Plane
    keep_half: Plane

    def keeps(self) -> tuple[Plane, Plane, Plane]:
        return self.keep, self.keep_half, self.keep_half


class Executor(Protocol):
    """Draws recipes. Stateless between frames, so that one may serve several renders at once."""

    @property
    def name(self) -> str: ...

    def compose(
        self,
        target: Planes,
        recipe: FrameRecipe,
        *,
        views: Mapping[int, Planes],
        looks: Sequence[Look],
        patches: Mapping[int, Patch],
    ) -> None:
        """Overwrite `target`, which has the canvas's size. `views` and `patches` hold what the recipe names."""
        ...


class VideoSource(Protocol):
    """The frames of one video at rising times: `frames.VideoReader`, or what an executor with a memory of its own puts in its place."""

    held: int
    damaged: bool

    def at(self, second: Fraction) -> Any:
        """A picture: `Planes`, or the executor's own kind, with a width and a height."""
        ...

    @property
    def served(self) -> Mapping[str, int]:
        """Frames given out so far by where they came from: `cpu`, `nvdec`, `cache`."""
        ...

    def close(self) -> None: ...


OpenVideo = Callable[[str, Callable[[], BinaryIO], Fraction, str], VideoSource]
"""Key of the blob, how to open it, the first second that will be asked for, a name for messages."""


@runtime_checkable
class DeviceExecutor(Protocol):
    """An executor whose pictures lie in a device's memory: it opens videos and makes views ready itself, and works while others do."""

    @property
    def name(self) -> str: ...

    @property
    def ahead(self) -> int:
        """Frames to begin before the first of them is waited for."""
        ...

    def warm_up(self) -> None:
        """To be called before the first frame; takes long once for a process."""
        ...

    def open_video(self, key: str, open_blob: Callable[[], BinaryIO], start: Fraction, name: str) -> VideoSource: ...

    def prepare(self, picture: Any, view: View) -> Any:
        """What `feeds.on_cpu` does, on the device. `picture` is `Planes` or from `open_video`."""
        ...

    def begin(
        self,
        target: Planes,
        recipe: FrameRecipe,
        *,
        views: Mapping[int, Any],
        looks: Sequence[Look],
        patches: Mapping[int, Patch],
    ) -> Callable[[], None]:
        """Start drawing; `target` holds the frame once the returned function has been called. Frames are drawn in the order of `begin`."""
        ...

    def figures(self) -> dict[str, Any]:
        """How it works here, for the step's record: JSON values."""
        ...


@dataclass(frozen=True, slots=True)
class PlaneAxis:
    """Sample i of the target plane lies at `i * scale + offset` of the source plane, counted from sample centres."""

    scale: float
    offset: float


def on_plane(axis: Axis, first: int, *, chroma: bool, horizontal: bool) -> PlaneAxis:
    """The axis for samples counted from canvas pixel `first` (even). Chroma sits on the left luma column and between two rows
    (H.264's default siting), so its first sample is at 0.5 across and at 1.0 down, in luma pixels."""
    centre = 0.5 if not chroma or horizontal else 1.0
    pitch = 2 if chroma else 1
    at = (first + centre) * axis.scale + axis.offset - centre
    return PlaneAxis(axis.scale, at / pitch)


def placed(patch: Patch, stamp: Stamp) -> Patch:
    """The patch as the stamp wants it: scaled about its centre and moved."""
    left, top, width, height = spot(patch, stamp)
    if (width, height) == (patch.ink.width, patch.ink.height):
        return Patch(left, top, patch.ink, patch.keep, patch.keep_half)
    half = (width // 2, height // 2)
    ink = Planes(scale_plane(patch.ink.y, width, height), scale_plane(patch.ink.u, *half), scale_plane(patch.ink.v, *half))
    return Patch(left, top, ink, scale_plane(patch.keep, width, height), scale_plane(patch.keep_half, *half))


def spot(patch: Patch, stamp: Stamp) -> tuple[int, int, int, int]:
    """Left, top, width and height on the canvas of the patch as the stamp wants it; all even."""
    if stamp.scale == 1.0:
        return patch.left + stamp.dx, patch.top + stamp.dy, patch.ink.width, patch.ink.height
    width, height = (max(2, round(side * stamp.scale / 2) * 2) for side in (patch.ink.width, patch.ink.height))
    left = patch.left + stamp.dx + (patch.ink.width - width) // 4 * 2
    return left, patch.top + stamp.dy + (patch.ink.height - height) // 4 * 2, width, height


@dataclass(frozen=True, slots=True)
class Overlap:
    """The part of a patch that lies on the canvas: where it starts there, where in the patch, and its size; all even."""

    canvas_x: int
    canvas_y: int
    patch_x: int
    patch_y: int
    width: int
    height: int


def overlap(patch: Patch, target: Planes) -> Overlap | None:
    left, top = max(0, patch.left), max(0, patch.top)
    right, bottom = min(target.width, patch.left + patch.ink.width), min(target.height, patch.top + patch.ink.height)
    if right <= left or bottom <= top:
        return None
    return Overlap(left, top, left - patch.left, top - patch.top, right - left, bottom - top)


def vignette_gains(strength: float, size: int, first: int, count: int, *, chroma: bool) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """One axis of the vignette, for `count` samples from canvas pixel `first` on a canvas side of `size` pixels. The gain of a pixel is
    the sum of its two axes: 1 - strength * (x² + y²) / 2 with x and y in -1..1."""
    pitch = 2 if chroma else 1
    at = (first + np.arange(count) * pitch + 0.5 * pitch) / size * 2 - 1
    return np.asarray(0.5 - strength * at**2 / 2)
