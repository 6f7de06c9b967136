"""The data folder: what lies where, and that one process alone works in it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from libs.common.media.errors import Conflict
from libs.common.runtime.settings import DatabaseSettings, Settings, StorageSettings


@dataclass(frozen=True, slots=True)
class DataFolder:
    root: Path

    @property
    def database(self) -> DatabaseSettings:
        """A file here, where REELSMITH_DATABASE_URL names no other database."""
        settings = DatabaseSettings()
        ours = {"url": SecretStr(f"sqlite:///{self.root / 'reelsmith.db'}")}
        return settings.model_copy(update=_unless_set(settings, ours))

    @property
    def storage(self) -> StorageSettings:
        """A folder and a key file here, where REELSMITH_STORAGE_URL and REELSMITH_STORAGE_KEY_FILE name no others."""
        settings = StorageSettings()
        ours = {"url": str(self.root / "blobs"), "key_file": self.root / "keys.json"}
        return settings.model_copy(update=_unless_set(settings, ours))

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


def _unless_set(settings: Settings, ours: dict[str, Any]) -> dict[str, Any]:
    """Of `ours`, what the operator has not set in the environment or in a file of secrets."""
    return {name: value for name, value in ours.items() if name not in settings.model_fields_set}
