"""Settings that every part of the house shares: small frozen groups, read from `REELSMITH_<GROUP>_<NAME>`.

A value may lie in a file instead: `REELSMITH_DATABASE_URL_FILE=/run/secrets/db`, or a file `reelsmith_database_url` in the folder that
`REELSMITH_SECRETS_DIR` names. What is in the environment itself wins.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Self

from pydantic import Field, SecretStr, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SecretsSettingsSource, SettingsConfigDict

SECRETS_DIR = "REELSMITH_SECRETS_DIR"


class Settings(BaseSettings):
    """Base of all settings groups, also of the services' own."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)
    """What a validator refuses may hold secrets: the message must not quote it."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        sources = (init_settings, env_settings, NamedFiles(settings_cls))
        folder = os.environ.get(SECRETS_DIR)
        return sources if folder is None else (*sources, SecretsSettingsSource(settings_cls, folder))


class NamedFiles(PydanticBaseSettingsSource):
    """`<VARIABLE>_FILE` names a file that holds the value of `<VARIABLE>`. A file that is named and cannot be read is an error."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"{self.config.get('env_prefix', '')}{field_name}_file".upper())
        return (None if path is None else Path(path).read_text().strip()), field_name, False

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


class StorageSettings(Settings):
    """Where blobs lie."""

    model_config = SettingsConfigDict(env_prefix="REELSMITH_STORAGE_")

    url: str = ".reelsmith/blobs"
    """A folder, or `s3://bucket/prefix?endpoint=…&region=…` (credentials: the AWS_* variables)."""
    sealed: bool = True
    """AES-256-GCM around the store."""
    key_file: Path = Path(".reelsmith/keys/storage.json")
    """Keys of the sealed store; made on first use. Without it nothing opens: back it up apart."""


class DatabaseSettings(Settings):
    """The record of truth."""

    model_config = SettingsConfigDict(env_prefix="REELSMITH_DATABASE_")

    url: SecretStr = SecretStr("sqlite:///.reelsmith/reelsmith.db")
    """`sqlite:///<path>` on one node, `postgresql://user:password@host/name?sslmode=verify-full` for more."""
    migrate: bool = True
    """Bring the schema up to date at start. Off where a deployment does that in a step of its own."""


class BrokerSettings(Settings):
    """Redis, which only carries doorbells."""

    model_config = SettingsConfigDict(env_prefix="REELSMITH_BROKER_")

    url: SecretStr = SecretStr("redis://127.0.0.1:6379/0")
    """`rediss://user:password@host:6379/0?ssl_cert_reqs=required&ssl_ca_certs=/path/ca.pem` with TLS."""
    key_prefix: str = "reelsmith:"
    visibility_timeout_s: int = 43_200
    """Above the longest step and its wait; equal in every worker, because the shortest one wins."""


class WorkerSettings(Settings):
    """How steps are run."""

    model_config = SettingsConfigDict(env_prefix="REELSMITH_WORKER_")

    queues: tuple[str, ...] = ()
    """Of `pipeline.QUEUES`; all queues of the service's own stages when none is named. As JSON: `["cpu.encode"]`."""
    concurrency: int = Field(default=1, ge=1)
    """Steps at once, each in a process of its own. GPU workers: 1."""
    lease_s: float = Field(default=60, gt=0)
    """A dead worker's step is taken over after this time. Heartbeats come three times in it."""
    soft_shutdown_s: int = Field(default=60, ge=1)
    """How long a step may still run after SIGTERM."""
    health_file: Path | None = None
    """Touched every few seconds while the worker's loop turns: its age tells whether the worker lives."""
    ring_again_s: float = Field(default=30, gt=0)
    """How long a ready step waits before its doorbell is taken for lost."""
    reconcile_every_s: float = Field(default=1, gt=0)


class HttpSettings(Settings):
    """A service's HTTP face."""

    model_config = SettingsConfigDict(env_prefix="REELSMITH_HTTP_")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535)
    cert_file: Path | None = None
    """PEM; with it and `key_file` the door speaks TLS 1.3 and nothing else."""
    key_file: Path | None = None

    @model_validator(mode="after")
    def _a_pair_or_nothing(self) -> Self:
        """Half a pair must not mean plain HTTP."""
        if (self.cert_file is None) != (self.key_file is None):
            raise ValueError("set REELSMITH_HTTP_CERT_FILE and REELSMITH_HTTP_KEY_FILE together, or neither")
        return self
