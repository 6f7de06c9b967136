"""Recipes drawn by `kernel.c`: compiled at first use, called through ctypes, which lets other threads run meanwhile."""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import structlog
from numpy.typing import NDArray

from libs.common.documents import content_hash
from services.composition.executors.base import Patch, on_plane, overlap, placed, vignette_gains
from services.composition.executors.filtered import draw_filtered, filter_canvas
from services.composition.planes import BLACK, NO_COLOUR, Plane, Planes, blank
from services.composition.recipe import AS_IT_IS, PLAIN, Axis, FrameRecipe, Layer, Look

SOURCE = Path(__file__).with_name("kernel.c")
FLAGS = ("-O3", "-shared", "-fPIC")
_log = structlog.get_logger("reelsmith.composition")

LANES = 16
ONE_Q15 = 32767


class NoCompiler(Exception):
    """The kernel is not built yet and cannot be built here."""


class _Layer(ctypes.Structure):
    """`Layer` of kernel.c."""

    _fields_ = (
        *((name, ctypes.c_void_p) for name in ("source",)),
        *((name, ctypes.c_int) for name in ("source_stride", "source_width", "source_height")),
        ("target", ctypes.c_void_p),
        *((name, ctypes.c_int) for name in ("target_stride", "width", "height")),
        *((name, ctypes.c_void_p) for name in ("index_x", "index_y", "weight_x", "weight_y", "base", "rise", "gain_x", "gain_y")),
        *((name, ctypes.c_int) for name in ("pivot", "mix")),
    )


def build(cache: Path, compiler: str = "gcc") -> Path:
    """The compiled kernel, made once for each version of its source.

    The folder belongs to us alone (mode 0700), because what lies there is loaded as code. Raises NoCompiler.
    """
    name = f"kernel-{content_hash(SOURCE.read_bytes() + ' '.join(FLAGS).encode())[:16]}-{platform.machine()}.so"
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    if cache.stat().st_uid != os.getuid() or cache.stat().st_mode & 0o022:
        _log.warning("kernel_folder_open", folder=str(cache))
        raise NoCompiler("the folder of the compositing kernel can be written by others, so no code is loaded from it")
    built = cache / name
    if built.exists():
        return built
    partial = built.with_name(f"{name}.{uuid.uuid4().hex}")
    try:
        subprocess.run([compiler, *FLAGS, str(SOURCE), "-o", str(partial)], check=True, capture_output=True, timeout=120)
    except (OSError, subprocess.SubprocessError) as error:
        partial.unlink(missing_ok=True)
        _log.warning("kernel_not_compiled", error=str(error), output=_output(error))
        raise NoCompiler(f"the compositing kernel cannot be compiled: {_reason(error, Path(compiler).name)}") from error
    os.replace(partial, built)  # two processes may build at once; the last one wins with equal bytes
    return built


def _reason(error: Exception, compiler: str) -> str:
    """The same words for the same failure: they become part of a document, so no path and nothing random may be in them."""
    if isinstance(error, subprocess.CalledProcessError):
        return f"{compiler} ended with status {error.returncode}"
    if isinstance(error, subprocess.TimeoutExpired):
        return f"{compiler} took too long"
    return f"{compiler} does not run here"


def _output(error: Exception) -> str:
    """What the compiler wrote, for the log."""
    if isinstance(error, subprocess.CalledProcessError | subprocess.TimeoutExpired):
        return (error.stderr or b"").decode("utf-8", "replace")
    return ""


class KernelExecutor:
    name = "kernel"

    def __init__(self, library: Path, *, portable: bool = False) -> None:
        """`portable` keeps to the path without vector intrinsics; it gives the same bytes, slower."""
        self._portable = int(portable)
        kernel = ctypes.CDLL(str(library))
        self._layer, self._stamp = kernel.rs_layer, kernel.rs_stamp
        self._layer.argtypes, self._layer.restype = (ctypes.POINTER(_Layer), ctypes.c_int), None
        pointer, number = ctypes.c_void_p, ctypes.c_int
        self._stamp.argtypes = (pointer, pointer, number, pointer, number, number, number, number)
        self._stamp.restype = None

    def compose(
        self,
        target: Planes,
        recipe: FrameRecipe,
        *,
        views: Mapping[int, Planes],
        looks: Sequence[Look],
        patches: Mapping[int, Patch],
    ) -> None:
        if not recipe.layers or not _covers(recipe.layers[0], target):
            target.y[:], target.u[:], target.v[:] = BLACK, NO_COLOUR, NO_COLOUR
        for layer in recipe.layers:
            self._lay(target, layer, views, looks)
        if recipe.filters:
            filter_canvas(target, recipe.filters)
        for stamp in recipe.stamps:
            self._put(target, placed(patches[stamp.patch], stamp), round(stamp.opacity * 256))

    def _lay(self, target: Planes, layer: Layer, views: Mapping[int, Planes], looks: Sequence[Look]) -> None:
        """A layer with all that is over it and its filters."""
        if not layer.filters and not layer.over:
            self._draw(target, layer, views[layer.view], looks[layer.look])
            return
        drawn = blank(target.width, target.height)
        self._draw(drawn, replace(layer, mix=1.0), views[layer.view], looks[layer.look])
        for part in layer.over:
            self._lay(drawn, part, views, looks)
        if layer.filters:
            draw_filtered(target, drawn, layer)
        else:
            self._draw(target, replace(layer, x=AS_IT_IS, y=AS_IT_IS), drawn, PLAIN)

    def _draw(self, target: Planes, layer: Layer, view: Planes, look: Look) -> None:
        for number in range(3):
            self._draw_plane(target, layer, view, look, number)

    def _draw_plane(self, target: Planes, layer: Layer, view: Planes, look: Look, number: int) -> None:
        chroma = number > 0
        pitch = 2 if chroma else 1
        canvas, source, curve = target.all()[number], view.all()[number], (look.y, look.u, look.v)[number]
        left, top, width, height = (side // pitch for side in (layer.left, layer.top, layer.width, layer.height))
        window = canvas[top : top + height, left : left + width]
        index_x, weight_x = _taps(layer.x, layer.left, width, source.shape[1], chroma, True)
        index_y, weight_y = _taps(layer.y, layer.top, height, source.shape[0], chroma, False)
        base, rise = _pieces(curve)
        gain_x = gain_y = None
        if look.vignette:
            gain_x = _gains(look.vignette, target.width, layer.left, width, chroma)
            gain_y = _gains(look.vignette, target.height, layer.top, height, chroma)
        call = _Layer(
            source=_address(source),
            source_stride=source.strides[0],
            source_width=source.shape[1],
            source_height=source.shape[0],
            target=_address(window),
            target_stride=window.strides[0],
            width=width,
            height=height,
            index_x=index_x.ctypes.data,
            index_y=index_y.ctypes.data,
            weight_x=weight_x.ctypes.data,
            weight_y=weight_y.ctypes.data,
            base=base.ctypes.data,
            rise=rise.ctypes.data,
            gain_x=None if gain_x is None else gain_x.ctypes.data,
            gain_y=None if gain_y is None else gain_y.ctypes.data,
            pivot=NO_COLOUR if chroma else BLACK,
            mix=min(ONE_Q15, round(layer.mix * 32768)),
        )
        self._layer(ctypes.byref(call), self._portable)

    def _put(self, target: Planes, patch: Patch, opacity_q8: int) -> None:
        part = overlap(patch, target)
        if part is None:
            return
        for number, (canvas, ink, keep) in enumerate(zip(target.all(), patch.ink.all(), patch.keeps(), strict=True)):
            pitch = 2 if number else 1
            window = canvas[part.canvas_y // pitch :, part.canvas_x // pitch :]
            colour, left = (plane[part.patch_y // pitch :, part.patch_x // pitch :] for plane in (ink, keep))
            size = (part.width // pitch, part.height // pitch)
            self._stamp(_address(colour), _address(left), colour.strides[0], _address(window), window.strides[0], *size, opacity_q8)


def _covers(layer: Layer, target: Planes) -> bool:
    return (
        layer.mix >= 1
        and not layer.filters
        and not layer.over
        and layer.left == layer.top == 0
        and (layer.width, layer.height) == (target.width, target.height)
    )


def _address(plane: Plane) -> int:
    """Rows may be padded, but the samples of a row lie side by side."""
    assert plane.dtype == np.uint8
    assert plane.strides[1] == 1
    return int(plane.ctypes.data)


@lru_cache(maxsize=64)
def _taps(axis: Axis, first: int, count: int, limit: int, chroma: bool, horizontal: bool) -> tuple[NDArray[np.uint16], NDArray[np.int16]]:
    """Left neighbour and weight (Q15) of the right one, for each sample; padded to whole vectors."""
    plane = on_plane(axis, first, chroma=chroma, horizontal=horizontal)
    at = np.clip(np.arange(count) * plane.scale + plane.offset, 0, limit - 1)
    index = np.floor(at)
    weight = np.minimum(np.rint((at - index) * 32768), ONE_Q15)
    padding = (0, -count % LANES)
    return np.pad(index.astype(np.uint16), padding, mode="edge"), np.pad(weight.astype(np.int16), padding, mode="edge")


@lru_cache(maxsize=64)
def _pieces(curve: tuple[float, ...]) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """A curve's 16 pieces in Q6: where each starts, and how far it rises."""
    knots = np.clip(np.rint(np.array(curve) * 64), 0, 16384).astype(np.int16)
    return knots[:-1].copy(), np.diff(knots).astype(np.int16)


@lru_cache(maxsize=64)
def _gains(strength: float, size: int, first: int, count: int, chroma: bool) -> NDArray[np.int16]:
    """Half of it is at most 16383, so that the sum of two axes stays a Q15."""
    gains = vignette_gains(strength, size, first, count, chroma=chroma)
    return np.pad(np.minimum(np.rint(gains * 32768), ONE_Q15 // 2).astype(np.int16), (0, -count % LANES), mode="edge")
