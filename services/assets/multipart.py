"""Multipart bodies into memory files, as they come in: the framework's own parser puts large parts into files on the disk, in plain."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.message import Message
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from libs.common.media.errors import InvalidInput, TooLarge
from services.assets.child import memory_file

if TYPE_CHECKING:  # the parser's own types exist for the type checker alone
    from python_multipart.multipart import MultipartCallbacks

_MOST_PARTS = 4
_FIELD_BYTES = 64_000
"""Of a part that is no file."""


@dataclass(slots=True)
class Part:
    name: str
    filename: str | None
    file: BinaryIO
    """In memory, at its start when the form is whole."""
    size_bytes: int = 0


@dataclass(slots=True)
class Form:
    parts: dict[str, Part] = field(default_factory=dict)

    def file(self, name: str) -> Part:
        """Raises InvalidInput (`upload.missing`)."""
        if name not in self.parts:
            raise InvalidInput(f"the part {name!r} is missing", code="upload.missing", field=f"/{name}")
        return self.parts[name]

    def text(self, name: str) -> bytes | None:
        return self.parts[name].file.read() if name in self.parts else None

    def close(self) -> None:
        for part in self.parts.values():
            part.file.close()


async def read_form(stream: AsyncIterator[bytes], content_type: str, *, most_bytes: int) -> Form:
    """Raises InvalidInput (`upload.not_multipart`, `upload.malformed`) and TooLarge (`media.too_large`, `upload.too_many_parts`)."""
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise InvalidInput("a multipart/form-data body was expected", code="upload.not_multipart")
    reader = _Reader(most_bytes)
    parser = MultipartParser(options[b"boundary"], reader.callbacks())
    try:
        async for chunk in stream:
            parser.write(chunk)
        parser.finalize()
    except MultipartParseError as error:
        reader.form.close()
        raise InvalidInput("the multipart body is malformed", code="upload.malformed") from error
    except BaseException:
        reader.form.close()
        raise
    if not reader.ended:
        reader.form.close()
        raise InvalidInput("the multipart body ends too early", code="upload.malformed")
    for part in reader.form.parts.values():
        part.file.seek(0)
    return reader.form


class _Reader:
    """What the parser calls, in order of the body."""

    def __init__(self, most_bytes: int) -> None:
        self.form = Form()
        self.ended = False
        self._most_bytes = most_bytes
        self._headers = Message()
        self._name, self._value = b"", b""
        self._part: Part | None = None

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._open,
            "on_part_data": self._data,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._headers = Message()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._name.decode("latin-1")] = self._value.decode("utf-8", "replace")
        self._name, self._value = b"", b""

    def _open(self) -> None:
        _, options = parse_options_header(self._headers.get("Content-Disposition", "").encode())
        name = options.get(b"name", b"").decode("utf-8", "replace")
        filename = options[b"filename"].decode("utf-8", "replace") if b"filename" in options else None
        if not name or name in self.form.parts:
            raise InvalidInput("a part has no name, or the name of another", code="upload.malformed")
        if len(self.form.parts) >= _MOST_PARTS:
            raise TooLarge(f"more than {_MOST_PARTS} parts", code="upload.too_many_parts")
        self._part = self.form.parts[name] = Part(name, filename, memory_file(name="upload"))

    def _data(self, data: bytes, start: int, end: int) -> None:
        part = self._part
        assert part is not None
        part.size_bytes += end - start
        most = self._most_bytes if part.filename is not None else _FIELD_BYTES
        if part.size_bytes > most:
            raise TooLarge(f"the part {part.name!r} has more than {most} bytes", code="media.too_large")
        part.file.write(data[start:end])

    def _end(self) -> None:
        self.ended = True
