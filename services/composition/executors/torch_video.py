"""Videos as tensors: frames decoded on the device, or uploaded once each, and kept there for the next render that shows them."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable
from fractions import Fraction
from threading import Lock

import torch
from av.video.frame import VideoFrame

from services.composition.executors.torch_planes import TensorPlanes, packed, packed_bytes
from services.composition.executors.torch_transfer import Transfers
from services.composition.frame_cache import BoundedCache
from services.composition.frames import ON_DEVICE, VideoReader, planes_of

JUMP_S = Fraction(1)
"""A reader that stands further behind than this, because frames came from the cache, is opened anew: that seeks."""
ANSWERS = 65_536
"""Kept of which frame a second shows."""


class FrameStore:
    """Decoded frames by blob and time stamp, and which of them answered each second that was asked for.

    Only a second that was asked before is answered: which frame is nearest to another one, the reader alone knows.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self._frames: BoundedCache[TensorPlanes] = BoundedCache(limit_bytes)
        self._answers: OrderedDict[tuple[str, Fraction], Fraction] = OrderedDict()
        self._lock = Lock()

    def find(self, blob: str, second: Fraction) -> TensorPlanes | None:
        with self._lock:
            stamp = self._answers.get((blob, second))
        return None if stamp is None else self._frames.get((blob, stamp))

    def keep(self, blob: str, second: Fraction, stamp: Fraction, frame: TensorPlanes) -> None:
        if frame.nbytes > self.limit_bytes:
            return
        if self._frames.get((blob, stamp)) is None:
            self._frames.put((blob, stamp), frame)
        with self._lock:
            self._answers[blob, second] = stamp
            if len(self._answers) > ANSWERS:
                self._answers.popitem(last=False)

    def forget(self, blob: str) -> None:
        """All of a source that turned out to be damaged: the next render has to see the damage too."""
        with self._lock:
            gone = [(answer, stamp) for answer, stamp in self._answers.items() if answer[0] == blob]
            for answer, _ in gone:
                del self._answers[answer]
        for _, stamp in gone:
            self._frames.forget((blob, stamp))


class KeptVideo:
    """`VideoSource` of tensors. Opens the source only for what the store has not."""

    def __init__(self, blob: str, store: FrameStore, transfers: Transfers, open_reader: Callable[[Fraction], VideoReader]) -> None:
        self._blob, self._store, self._transfers, self._open_reader = blob, store, transfers, open_reader
        self._reader: VideoReader | None = None
        self._last: tuple[Fraction, TensorPlanes] | None = None
        self._asked = Fraction(0)
        self._counts: Counter[str] = Counter()
        self.held = 0
        self.damaged = False

    def at(self, second: Fraction) -> TensorPlanes:
        found = self._store.find(self._blob, second)
        if found is not None:
            self._counts["cache"] += 1
            return found
        if self._reader is not None and second - self._asked > JUMP_S:
            self._leave()
        if self._reader is None:
            self._reader = self._open_reader(second)
        self._asked = second
        held = self._reader.held
        frame = self._reader.frame_at(second)
        self.held += self._reader.held - held
        self.damaged |= self._reader.damaged
        if self._last is None or self._last[0] != self._reader.shown:
            self._last = (self._reader.shown, self._fetch(frame))
        if not self.damaged and not self.held:
            self._store.keep(self._blob, second, *self._last)
        return self._last[1]

    @property
    def served(self) -> dict[str, int]:
        return dict(self._counts)

    def close(self) -> None:
        self._leave()
        if self.damaged or self.held:
            self._store.forget(self._blob)

    def _leave(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader, self._last = None, None

    def _fetch(self, frame: VideoFrame) -> TensorPlanes:
        if frame.format.name == ON_DEVICE:
            self._counts["nvdec"] += 1
            return _from_nv12(frame)
        self._counts["cpu"] += 1
        return self._transfers.upload(planes_of(frame))


def _from_nv12(frame: VideoFrame) -> TensorPlanes:
    """A copy of our own, on the device: the decoder has few surfaces and wants them back.

    The decoder works on the default stream, and so does this; it waits for its end, because the surface is let go after it. Torch's own
    `from_dlpack` would pass a stream along, which PyAV refuses: it takes the bare capsule.
    """
    luma, chroma = (torch.utils.dlpack.from_dlpack(plane.__dlpack__()) for plane in frame.planes)
    with torch.cuda.stream(torch.cuda.default_stream(luma.device)):
        data = torch.empty(packed_bytes(frame.width, frame.height), dtype=torch.uint8, device=luma.device)
        made = packed(data, frame.width, frame.height)
        y, u, v = made.tensors()
        y.copy_(luma)
        u.copy_(chroma[:, :, 0])
        v.copy_(chroma[:, :, 1])
        torch.cuda.current_stream(luma.device).synchronize()
    return made
