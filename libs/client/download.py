"""Fetch a file so that a broken line costs only what was not there yet."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import httpx2

from libs.client.errors import ApiError, ClientError
from libs.client.line import BUSY, Line
from libs.client.models import FileLink

Told = Callable[[int], None]
"""Called with the number of bytes that are there."""

PATIENCE_S = 60.0
PAUSE_S = 1.0


def download(line: Line, file: FileLink, target: Path, *, told: Told | None = None) -> None:
    """Raises Unreachable after a minute without progress, ClientError where what came is not what was announced."""
    if target.exists() and _sha256(target) == file["sha256"]:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.{file['sha256'][:16]}.partial")
    partial.touch()
    grew_at = time.monotonic()
    while (there := _size(partial)) < file["size_bytes"]:
        try:
            _fetch_rest(line, file, partial, told)
        except httpx2.TransportError as error:
            if time.monotonic() - grew_at > PATIENCE_S:
                raise line.unreachable(error) from error
        except ApiError as error:
            if error.status not in BUSY or time.monotonic() - grew_at > PATIENCE_S:
                raise
        if _size(partial) > there:
            grew_at = time.monotonic()
        elif _size(partial) < file["size_bytes"]:
            time.sleep(PAUSE_S)
    if _sha256(partial) != file["sha256"]:
        partial.unlink()
        raise ClientError(f"{file['name']} came damaged; download it again.")
    os.replace(partial, target)


def _fetch_rest(line: Line, file: FileLink, partial: Path, told: Told | None) -> None:
    there = _size(partial)
    headers = {"Range": f"bytes={there}-", "If-Range": f'"{file["sha256"]}"', "Accept-Encoding": "identity"} if there else {}
    with line.stream(file["href"], headers=headers) as answer, partial.open("ab") as target:
        if answer.status_code != 206:
            target.truncate(0)
            there = 0
        for piece in answer.iter_bytes():
            target.write(piece)
            there += len(piece)
            if told is not None:
                told(there)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
