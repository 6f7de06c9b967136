"""Open the stores that the settings name."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url

from libs.common.blobs.base import BlobStore
from libs.common.blobs.keyring import FileKeyring
from libs.common.blobs.local import LocalBlobStore
from libs.common.blobs.s3 import S3BlobStore
from libs.common.blobs.sealed import SealedBlobStore
from libs.common.jobs.migrations import migrate
from libs.common.jobs.sql import Limits, SqlJobStore
from libs.common.runtime.settings import DatabaseSettings, StorageSettings


def open_blobs(storage: StorageSettings) -> BlobStore:
    inner: BlobStore = S3BlobStore.from_url(storage.url) if storage.url.startswith("s3://") else LocalBlobStore(Path(storage.url))
    return SealedBlobStore(inner, FileKeyring(storage.key_file)) if storage.sealed else inner


def open_jobs(database: DatabaseSettings, *, limits: Limits | None = None) -> SqlJobStore:
    """Open it in the process that uses it: connections do not survive a fork."""
    url = prepared_url(database)
    if database.migrate:
        migrate(url)
    return SqlJobStore(url, limits=limits)


def prepared_url(database: DatabaseSettings) -> str:
    """The database's address; the folder of an SQLite file is made, readable by its owner alone."""
    url = database.url.get_secret_value()
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return url
