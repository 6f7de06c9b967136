"""Recipes drawn with torch on any device. On CUDA the drawing is compiled into one or two kernels a frame; on the CPU it is the reference
that the GPU is tested against, not a way to be quick."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

import torch
from torch import Tensor

from services.composition.executors.base import Patch, VideoSource
from services.composition.executors.torch_compile import Painter
from services.composition.executors.torch_filtered import filter_canvas, lay_filtered
from services.composition.executors.torch_paint import Numbers, layer_numbers, stamp_numbers
from services.composition.executors.torch_planes import TensorPlanes, black, packed, packed_bytes
from services.composition.executors.torch_sums import summed
from services.composition.executors.torch_transfer import Transfers
from services.composition.executors.torch_video import FrameStore, KeptVideo
from services.composition.executors.torch_views import prepare
from services.composition.filters.torch_ops import TorchOps
from services.composition.frame_cache import BoundedCache
from services.composition.nvdec import open_reader
from services.composition.planes import Planes
from services.composition.recipe import AS_IT_IS, PLAIN, FrameRecipe, Layer, Look, Sampling, Stamp, View

PATCH_BYTES = 64 << 20
"""Of drawings kept on the device: a caption has a quarter of a megabyte."""
AHEAD = 2
"""Frames under way on CUDA: one goes up while one is drawn and one comes down."""


Row = tuple[Tensor, Numbers]
"""Memory of a picture, and how it is drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class _Ink:
    planes: TensorPlanes
    keep_first: int
    keep_half_first: int

    @property
    def nbytes(self) -> int:
        return self.planes.nbytes


class TorchExecutor:
    """May serve several renders at once; what it keeps between frames are copies of drawings and decoded frames."""

    def __init__(
        self,
        device: torch.device,
        *,
        cache_bytes: int = 0,
        nvdec: bool = True,
        code_cache: Path | None = None,
        painter: Callable[[Transfers], Painter] = Painter,
    ) -> None:
        """`cache_bytes` of decoded frames are kept on the device; 0 is none. `nvdec` decodes there where it can. Compiled code is kept in
        `code_cache` for the next process."""
        self.name = f"torch-{device.type}"
        self.ahead = AHEAD if device.type == "cuda" else 0
        self._device, self._code_cache = device, code_cache
        self._cold, self._warming = device.type == "cuda", Lock()
        self._decodes_on = (device.index or 0) if device.type == "cuda" and nvdec else None
        if device.type == "cuda":
            torch.backends.cudnn.allow_tf32 = False  # 10 bits of mantissa are not enough for a blur of 8-bit levels
        self._transfers = Transfers(device)
        self._painter = painter(self._transfers)
        self._ops = TorchOps(device)
        self._store = FrameStore(cache_bytes)
        self._inks: BoundedCache[_Ink] = BoundedCache(PATCH_BYTES)
        self._blanks: BoundedCache[TensorPlanes] = BoundedCache(PATCH_BYTES)

    def warm_up(self) -> None:
        """Compile the drawing before the first frame, once; takes from seconds to minutes, much less where the code is kept. On the CPU it
        stays as it is: compiling would take longer than a video."""
        with self._warming:
            if self._cold:
                self.compile(1080, 1920)
                self._cold = False

    def compile(self, width: int, height: int, backend: str = "inductor") -> None:
        """For canvases like this one; others work too."""
        with self._transfers.computing():
            self._painter.warm_up(width, height, self._code_cache, backend)

    def open_video(self, key: str, open_blob: Callable[[], BinaryIO], start: Fraction, name: str) -> VideoSource:
        def reader(second: Fraction) -> Any:
            return open_reader(open_blob, start=second, name=name, device=self._decodes_on)

        return KeptVideo(key, self._store, self._transfers, reader)

    def prepare(self, picture: Planes | TensorPlanes, view: View) -> TensorPlanes:
        there = self._transfers.upload(picture) if isinstance(picture, Planes) else picture
        with self._transfers.computing():
            return prepare(self._transfers.use(there), view, self._ops)

    def compose(
        self,
        target: Planes,
        recipe: FrameRecipe,
        *,
        views: Mapping[int, Planes],
        looks: Sequence[Look],
        patches: Mapping[int, Patch],
    ) -> None:
        self.begin(target, recipe, views=views, looks=looks, patches=patches)()

    def begin(
        self,
        target: Planes,
        recipe: FrameRecipe,
        *,
        views: Mapping[int, Planes | TensorPlanes],
        looks: Sequence[Look],
        patches: Mapping[int, Patch],
    ) -> Callable[[], None]:
        with self._transfers.computing():
            canvas = self.draw((target.width, target.height), recipe, views=views, looks=looks, patches=patches)
        return self._transfers.download(canvas, target)

    def computing(self) -> AbstractContextManager[Any]:
        """The stream on which `draw` works."""
        return self._transfers.computing()

    def draw(
        self,
        size: tuple[int, int],
        recipe: FrameRecipe,
        *,
        views: Mapping[int, Planes | TensorPlanes],
        looks: Sequence[Look],
        patches: Mapping[int, Patch],
    ) -> TensorPlanes:
        """The frame, left on the device: planes one after the other, `size` is width and height. Call it inside `computing`."""
        shown = {number: self._transfers.upload(view) if isinstance(view, Planes) else view for number, view in views.items()}
        for view in shown.values():
            self._transfers.use(view)
        canvas, waiting = self._stack(self._blank(*size), recipe.layers, shown, looks)
        if recipe.filters:
            canvas, waiting = filter_canvas(self._paint(canvas, waiting), recipe.filters, self._ops), []
        return self._paint(canvas, waiting, [self._stamp(stamp, patches[stamp.patch]) for stamp in recipe.stamps])

    def figures(self) -> dict[str, Any]:
        device = torch.cuda.get_device_name(self._device) if self._device.type == "cuda" else "cpu"
        return {"device": device, "drawing": self._painter.form, "cache_limit_bytes": self._store.limit_bytes}

    def _stack(
        self, empty: TensorPlanes, layers: Sequence[Layer], views: Mapping[int, TensorPlanes], looks: Sequence[Look]
    ) -> tuple[TensorPlanes, list[Row]]:
        """Layers from the bottom up, over black, and those on top that are not drawn yet: they are gathered for as long as one drawing can
        take them, and what needs the pixels so far draws them first."""
        canvas, waiting = empty, list[Row]()
        for layer in layers:
            if not layer.filters and not layer.over:
                waiting.append(self._row(layer, views[layer.view], looks[layer.look]))
                continue
            alone = self._paint(*self._stack(empty, (replace(layer, mix=1.0, filters=(), over=()), *layer.over), views, looks))
            if layer.filters:
                canvas, waiting = lay_filtered(self._paint(canvas, waiting), alone, layer, self._ops), []
            else:
                as_it_is = replace(layer, x=AS_IT_IS, y=AS_IT_IS, sampling=Sampling.bilinear)
                waiting.append(self._row(as_it_is, alone, PLAIN))
        return canvas, waiting

    def _row(self, layer: Layer, view: TensorPlanes, look: Look) -> Row:
        if layer.sampling is not Sampling.bilinear:
            layer, view = summed(layer, view, self._transfers)
        return view.data, layer_numbers(layer, view, look)

    def _paint(self, canvas: TensorPlanes, layers: list[Row], stamps: Sequence[Row] = ()) -> TensorPlanes:
        most = self._painter.layers[-1]
        while layers or stamps:
            drawn, layers = layers[:most], layers[most:]
            over = [] if layers else stamps[: self._painter.stamps]
            canvas, stamps = self._painter.paint(canvas, drawn, over), stamps[len(over) :]
        return canvas

    def _stamp(self, stamp: Stamp, patch: Patch) -> Row:
        ink = self._inks.get(patch)
        if ink is None:
            ink = self._upload_ink(patch)
            self._inks.put(patch, ink)
        planes = self._transfers.use(ink.planes)
        return planes.data, stamp_numbers(stamp, patch, planes, ink.keep_first, ink.keep_half_first)

    def _upload_ink(self, patch: Patch) -> _Ink:
        """Ink, then what it leaves: three planes and two, one after the other."""
        width, height = patch.ink.width, patch.ink.height
        colours = packed_bytes(width, height)
        host = torch.empty(colours + patch.keep.size + patch.keep_half.size, dtype=torch.uint8, pin_memory=self._device.type == "cuda")
        at = 0
        for plane in (*patch.ink.all(), patch.keep, patch.keep_half):
            host.numpy()[at : at + plane.size].reshape(plane.shape)[:] = plane
            at += plane.size
        data, ready = self._transfers.send(host)
        return _Ink(packed(data, width, height, ready), colours, colours + patch.keep.size)

    def _blank(self, width: int, height: int) -> TensorPlanes:
        found = self._blanks.get((width, height))
        if found is None:
            found = black(width, height, self._device)
            self._blanks.put((width, height), found)
        return found
