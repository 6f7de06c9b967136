"""Pictures to a device and back: uploading, computing and downloading each on a stream of their own, through pinned memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from services.composition.executors.torch_planes import TensorPlanes, packed, packed_bytes
from services.composition.planes import Plane, Planes


class Transfers:
    """On the CPU everything happens at once and in order; on CUDA only what is waited for does."""

    def __init__(self, device: torch.device) -> None:
        self.device = device
        self._streams = _streams(device) if device.type == "cuda" else None

    def upload(self, planes: Planes) -> TensorPlanes:
        """May be called from any thread; what is returned may be used at once, the streams wait for it where they must."""
        height, width = planes.y.shape
        host = self._host(packed_bytes(width, height))
        _pack(planes, host.numpy())
        data, ready = self.send(host)
        return packed(data, width, height, ready)

    def send(self, host: Tensor) -> tuple[Tensor, Any]:
        """Pinned bytes to the device, and the event that says when they are there."""
        if self._streams is None:
            return host, None
        stream = self._streams[0]
        with torch.cuda.stream(stream):
            data = host.to(self.device, non_blocking=True)
            return data, stream.record_event()

    def computing(self) -> AbstractContextManager[Any]:
        """All drawing happens inside it."""
        return nullcontext() if self._streams is None else torch.cuda.stream(self._streams[1])

    def use(self, planes: TensorPlanes) -> TensorPlanes:
        """Make the drawing wait until these are there, and keep their memory until it is through with them."""
        if self._streams is not None:
            if planes.ready is not None:
                self._streams[1].wait_event(planes.ready)
            planes.data.record_stream(self._streams[1])
        return planes

    def numbers(self, values: list[Any], dtype: torch.dtype) -> Tensor:
        """A small tensor, sent without waiting."""
        host = torch.tensor(values, dtype=dtype, pin_memory=self._streams is not None)
        return host.to(self.device, non_blocking=True)

    def table(self, values: NDArray[np.float32]) -> Tensor:
        """As `numbers`, from an array."""
        host = torch.from_numpy(values)
        return host if self._streams is None else host.pin_memory().to(self.device, non_blocking=True)

    def download(self, canvas: TensorPlanes, target: Planes) -> Callable[[], None]:
        """Begin to fetch; the returned function waits and writes `target`, whose rows may be padded."""
        if self._streams is None:
            unpack(canvas.data.numpy(), target)
            return _nothing
        computing, stream = self._streams[1:]
        host = self._host(canvas.nbytes)
        stream.wait_stream(computing)
        with torch.cuda.stream(stream):
            host.copy_(canvas.data, non_blocking=True)
            canvas.data.record_stream(stream)
            there = stream.record_event()

        def finish() -> None:
            there.synchronize()
            unpack(host.numpy(), target)

        return finish

    def _host(self, size: int) -> Tensor:
        """Pinned memory comes from torch's own store of it: after the first frames nothing is allocated."""
        return torch.empty(size, dtype=torch.uint8, pin_memory=self._streams is not None)


def _streams(device: torch.device) -> tuple[torch.cuda.Stream, torch.cuda.Stream, torch.cuda.Stream]:
    up, draw, down = (torch.cuda.Stream(device) for _ in range(3))  # type: ignore[no-untyped-call]
    return up, draw, down


def _pack(planes: Planes, host: Plane) -> None:
    at = 0
    for plane in planes.all():
        host[at : at + plane.size].reshape(plane.shape)[:] = plane
        at += plane.size


def unpack(host: Plane, target: Planes) -> None:
    at = 0
    for plane in target.all():
        np.copyto(plane, host[at : at + plane.size].reshape(plane.shape))
        at += plane.size


def _nothing() -> None:
    """On the CPU a frame is finished when it has begun."""
