"""Previews as the HTTP face gives them: made when first asked for, kept in a bounded memory."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

from services.composition.executors.base import Executor
from services.composition.executors.kernel import KernelExecutor
from services.composition.executors.library import NoCompiler, build
from services.composition.executors.opencv import OpencvExecutor
from services.composition.previews.drawn import Kind, film, jpeg, require, still
from services.composition.settings import CompositionSettings, Drawing

KEPT_BYTES = 64 << 20


class Format(StrEnum):
    jpeg = "jpeg"
    mp4 = "mp4"

    @property
    def media_type(self) -> str:
        return "image/jpeg" if self is Format.jpeg else "video/mp4"


Key = tuple[Kind, str, Format]


@dataclass(frozen=True, slots=True)
class Preview:
    content: bytes
    etag: str
    """Quoted, as the header has it: the content's hash."""


class Previews:
    """One for an application. Drawn one at a time: a page of thumbnails asks for all at once, and renders matter more."""

    def __init__(self, settings: CompositionSettings) -> None:
        self._settings = settings
        self._executor: Executor | None = None
        self._kept: OrderedDict[Key, Preview] = OrderedDict()
        self._keeping, self._drawing = Lock(), Lock()

    def get(self, kind: Kind, name: str, form: Format) -> Preview:
        """Raises NotFound (`catalogue.unknown_name`)."""
        require(kind, name)
        key = (kind, name, form)
        found = self._found(key)
        if found is not None:
            return found
        with self._drawing:
            return self._found(key) or self._keep(key, self._made(kind, name, form))

    def _made(self, kind: Kind, name: str, form: Format) -> Preview:
        executor = self._drawn_by()
        content = jpeg(still(kind, name, executor)) if form is Format.jpeg else film(kind, name, executor, self._settings.encoder)
        return Preview(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')

    def _found(self, key: Key) -> Preview | None:
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Key, preview: Preview) -> Preview:
        with self._keeping:
            self._kept[key] = preview
            while len(self._kept) > 1 and sum(len(kept.content) for kept in self._kept.values()) > KEPT_BYTES:
                self._kept.popitem(last=False)
        return preview

    def _drawn_by(self) -> Executor:
        """Always on the CPU: the device, where there is one, belongs to the renders."""
        if self._executor is None:
            self._executor = cpu_executor(self._settings)
        return self._executor


def cpu_executor(settings: CompositionSettings) -> Executor:
    """The compiled kernel, or OpenCV where it was asked for or there is no compiler: both draw the same to a level."""
    if settings.executor is Drawing.opencv:
        return OpencvExecutor()
    try:
        return KernelExecutor(build(settings.kernel_cache, settings.compiler))
    except NoCompiler:
        return OpencvExecutor()
