"""Who holds the keys that wrap each object's data key."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from libs.common.media.errors import Defect, Unavailable

NONCE_BYTES = 12
KEY_BYTES = 32


class Keyring(Protocol):
    """Wraps data keys under key-encryption keys that are known by an id of 8 characters."""

    def wrap(self, data_key: bytes, context: bytes) -> tuple[str, bytes]:
        """Id of the key used, and nonce, ciphertext and tag in one."""
        ...

    def unwrap(self, key_id: str, wrapped: bytes, context: bytes) -> bytes:
        """Raises Unavailable where the key is not to be had, Defect where `wrapped` or `context` is not what was wrapped."""
        ...


class MemoryKeyring:
    """A key that lives as long as the process: for tests."""

    def __init__(self, keys: dict[str, bytes] | None = None) -> None:
        self._keys = keys or {secrets.token_hex(4): secrets.token_bytes(KEY_BYTES)}
        self._current = next(reversed(self._keys))

    def wrap(self, data_key: bytes, context: bytes) -> tuple[str, bytes]:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return self._current, nonce + AESGCM(self._keys[self._current]).encrypt(nonce, data_key, context)

    def unwrap(self, key_id: str, wrapped: bytes, context: bytes) -> bytes:
        if key_id not in self._keys:
            raise Unavailable(f"key {key_id} is not in the key ring", code="keys.unknown_key")
        try:
            return AESGCM(self._keys[key_id]).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], context)
        except InvalidTag:
            raise Defect("a data key does not open: damaged, or moved between objects", code="blob.tampered") from None


class FileKeyring(MemoryKeyring):
    """Keys in one file that only the owner may read; made on first use. Lose it and every blob is lost: back it up apart."""

    def __init__(self, path: Path) -> None:
        super().__init__(_load_or_create(path))


def _load_or_create(path: Path) -> dict[str, bytes]:
    """The newest key is the last one. Two processes that start at once agree through a lock on the folder's lock file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            fresh = {secrets.token_hex(4): base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}
            partial = path.with_suffix(".partial")
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as target:
                json.dump({"version": 1, "keys": fresh}, target)
                target.flush()
                os.fsync(target.fileno())
            os.replace(partial, path)
    if path.stat().st_mode & 0o077:
        raise Unavailable(f"{path} may be read by others; make it 0600", code="keys.file_too_open")
    return {name: base64.b64decode(key) for name, key in json.loads(path.read_text())["keys"].items()}
