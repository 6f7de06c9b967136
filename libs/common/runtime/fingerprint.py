"""A short name for the source of a service, part of the key of its results: an upgrade must not hand out what the code of before made."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_SOURCES = {".py", ".c", ".h", ".cube", ".yaml", ".json", ".txt"}
"""Code, and the rules, tables and texts that lie beside it."""


@cache
def source_fingerprint(package_folder: Path) -> str:
    """12 hex digits that change with any source file below the folder: its text, or its place. Read once a process."""
    files = sorted(path for path in package_folder.rglob("*") if path.suffix in _SOURCES and path.is_file())
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(package_folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
