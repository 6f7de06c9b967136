"""The same frames in a smaller size: scaled as they come from the composition and encoded at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from libs.common.media.encoders import encoder
from libs.common.media.presets import preset
from libs.common.media.timeline import SmallerSize
from services.composition.executors.library import Library, NoCompiler, build
from services.composition.frames import SegmentWriter, Slot
from services.composition.settings import CompositionSettings
from services.composition.shrink import shrink


class SmallerWriter:
    """One size of a scene. It holds a single picture: the encoder keeps a copy of what it needs."""

    def __init__(self, size: SmallerSize, codec: str, kernel: Library) -> None:
        self.size = size
        self.encoder = preset(size.preset).encoder
        self._kernel = kernel
        self._slot = Slot(size.canvas)
        self._writer = SegmentWriter(size.canvas, encoder(self.encoder), codec)

    def write(self, composed: Slot) -> None:
        shrink(composed.planes, self._slot.planes, self._kernel)
        self._writer.write(self._slot)

    def finish(self, expected: int) -> bytes:
        """The whole file. Raises Defect where it has not the frames that were promised."""
        return self._writer.finish(expected)

    def abandon(self) -> None:
        self._writer.abandon()


def smaller_writers(sizes: tuple[SmallerSize, ...], codec: str, settings: CompositionSettings) -> tuple[SmallerWriter, ...]:
    """None without a compiled kernel, whichever executor draws: a second decode takes less than scaling in Python does, and
    `encoding.encode` makes what is not there."""
    if not sizes:
        return ()
    try:
        kernel = Library.loaded or Library(build(settings.kernel_cache, settings.compiler))
    except NoCompiler:
        return ()
    return tuple(SmallerWriter(size, codec, kernel) for size in sizes)


def written_smaller(composed: Iterable[Slot], writers: tuple[SmallerWriter, ...]) -> Iterator[Slot]:
    """Each frame goes on once it is written in all of the smaller sizes."""
    for slot in composed:
        for writer in writers:
            writer.write(slot)
        yield slot
