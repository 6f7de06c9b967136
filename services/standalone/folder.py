"""The data folder: what lies where, and that one process alone works in it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from libs.common.media.errors import Conflict
from libs.common.runtime.settings import DatabaseSettings, StorageSettings


@dataclass(frozen=True, slots=True)
class DataFolder:
    root: Path

    @property
    def database(self) -> DatabaseSettings:
        return DatabaseSettings(url=SecretStr(f"sqlite:///{self.root / 'reelsmith.db'}"))

    @property
    def storage(self) -> StorageSettings:
        return StorageSettings(url=str(self.root / "blobs"), key_file=self.root / "keys.json")

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def tls(self) -> Path:
        return self.root / "tls"

    @property
    def client(self) -> Path:
        """Address, key and authority for the `reelsmith` command."""
        return self.root / "client.json"

    @contextmanager
    def occupied(self) -> Iterator[None]:
        """Hold the folder for this process. The kernel lets go when the process dies, however it dies.

        Raises Conflict (`data.in_use`) where another one holds it.
        """
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.root / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Conflict(f"another Reelsmith works in {self.root}", code="data.in_use") from None
            yield
