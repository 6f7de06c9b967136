"""`torch_paint.paint`, compiled where there is a compiler, in a few variants that are made before the first frame."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import structlog
import torch
from torch import Tensor

from services.composition.executors.torch_paint import LAYER_NUMBERS, LAYER_PLACES, STAMP_NUMBERS, STAMP_PLACES, Numbers, paint
from services.composition.executors.torch_planes import TensorPlanes, black
from services.composition.executors.torch_transfer import Transfers

LAYERS = (1, 2)
"""Layers a compiled variant draws; where there are none or fewer, some that show nowhere fill it up. A third variant would take longer to
compile than both of these, for frames that are few."""
STAMPS = 4
UNUSED_BYTES = 16
"""Of a source that shows nowhere: sizes 0 and 1 would be variants of their own."""

_log = structlog.get_logger("reelsmith.composition")


class Painter:
    """Draws up to `layers[-1]` layers and `stamps` stamps over a canvas at once."""

    def __init__(self, transfers: Transfers, *, layers: tuple[int, ...] = LAYERS, stamps: int = STAMPS) -> None:
        self.layers, self.stamps = layers, stamps
        self._transfers = transfers
        self._compiled: Callable[..., None] | None = None
        self._unused = torch.zeros(UNUSED_BYTES, dtype=torch.uint8, device=transfers.device)
        self.warm_up_s = 0.0

    @property
    def form(self) -> str:
        return "eager" if self._compiled is None else "compiled"

    def paint(
        self,
        under: TensorPlanes,
        layers: Sequence[tuple[Tensor, Numbers]],
        stamps: Sequence[tuple[Tensor, Numbers]],
    ) -> TensorPlanes:
        """A new canvas: `under` with these over it. `under` has its planes one after the other, as all canvases."""
        if self._compiled is None:
            return self._call(paint, under, layers, stamps)
        return self._call(self._compiled, under, *self._filled(layers, stamps))

    def _call(
        self,
        function: Callable[..., None],
        under: TensorPlanes,
        layers: Sequence[tuple[Tensor, Numbers]],
        stamps: Sequence[tuple[Tensor, Numbers]],
    ) -> TensorPlanes:
        out = TensorPlanes(torch.empty_like(under.data), under.y, under.u, under.v)
        rows = [numbers for _, numbers in (*layers, *stamps)]
        places = self._transfers.numbers([place for row in rows for place in row.places], torch.int64)
        numbers = self._transfers.numbers([number for row in rows for number in row.numbers], torch.float32)
        # views of their own: the same tensor twice would be a variant of its own
        sources, patches = ([data.view(-1) for data, _ in things] for things in (layers, stamps))
        function(*_halves(out), *_halves(under), sources, patches, places, numbers)
        return out

    def warm_up(self, width: int, height: int, cache: Path | None = None, backend: str = "inductor") -> None:
        """Compile every variant for canvases like this one and compare with the plain form. Where that fails the plain form stays, and the
        log says why. `cache` is where compiled code is kept for the next process."""
        if cache is not None:
            os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(cache / "inductor"))
        begun_s = time.perf_counter()
        try:
            compiled = compiled_paint(backend)
            for layers in self.layers:
                self._check(compiled, layers, width, height)
        except Exception as error:  # a missing compiler, driver or header: each shows itself in another way
            _log.warning("drawing_not_compiled", error=f"{type(error).__name__}: {str(error)[:500]}")
            return
        finally:
            self.warm_up_s = time.perf_counter() - begun_s
        self._compiled = compiled

    def _check(self, compiled: Callable[..., None], count: int, width: int, height: int) -> None:
        device = self._transfers.device
        under = black(width, height, device)
        # each source as long as no other, or equal lengths would be taken for a rule
        sources = [
            (torch.full((4096 + 64 * k,), 90 + 20 * k, dtype=torch.uint8, device=device), _example(width, height)) for k in range(count)
        ]
        drawn = self._filled(sources, [])
        found = [self._call(function, under, *drawn).data.to(torch.int16) for function in (paint, compiled)]
        if int((found[0] - found[1]).abs().max()) > 1:
            raise RuntimeError("the compiled drawing differs from the plain one")

    def _filled(
        self, layers: Sequence[tuple[Tensor, Numbers]], stamps: Sequence[tuple[Tensor, Numbers]]
    ) -> tuple[list[tuple[Tensor, Numbers]], list[tuple[Tensor, Numbers]]]:
        count = next(number for number in self.layers if number >= len(layers))
        nothing = (self._unused, Numbers([0, 1, 1, 1] + [0] * (LAYER_PLACES - 4), [0.0] * LAYER_NUMBERS))
        no_stamp = (self._unused, Numbers([0, 1, 1, 1] + [0] * (STAMP_PLACES - 4), [0.0] * STAMP_NUMBERS))
        return [*layers, *[nothing] * (count - len(layers))], [*stamps, *[no_stamp] * (self.stamps - len(stamps))]


def compiled_paint(backend: str = "inductor") -> Callable[..., None]:
    """For sources and canvases of every size. Sizes are variables of the compiled code, and two that happen to be equal are still two."""
    import torch.fx.experimental._config as shapes

    shapes.use_duck_shape = False
    compiled: Callable[..., None] = torch.compile(paint, dynamic=True, fullgraph=True, backend=backend)
    return compiled


def _halves(canvas: TensorPlanes) -> tuple[Tensor, Tensor]:
    """Luma, and both chroma planes as one tensor of three dimensions."""
    shape = (2, canvas.u.height, canvas.u.width)
    return canvas.y.of(canvas.data), canvas.data[canvas.u.first :].view(shape)


def _example(width: int, height: int) -> Numbers:
    curve = [16.0 * knot for knot in range(17)]
    numbers: list[Any] = [0.02, 0.3, 0.02, 0.4, 0.02, 0.1, 0.02, 0.2, 0, 0, width, height, 0.7, 0.3, *curve, *curve, *curve]
    return Numbers([0, 48, 48, 40, 2000, 2100, 10, 10, 10], [float(number) for number in numbers])
