"""Settings from the environment and from files."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from libs.common.runtime.settings import SECRETS_DIR, DatabaseSettings, HttpSettings, StorageSettings, WorkerSettings


def test_a_value_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELSMITH_STORAGE_URL", "s3://bucket")
    monkeypatch.setenv("REELSMITH_STORAGE_SEALED", "false")

    assert (StorageSettings().url, StorageSettings().sealed) == ("s3://bucket", False)


def test_a_secret_may_lie_in_a_file_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql://reel:pw@db/reel\n")
    monkeypatch.setenv("REELSMITH_DATABASE_URL_FILE", str(tmp_path / "url"))

    assert DatabaseSettings().url.get_secret_value() == "postgresql://reel:pw@db/reel"


def test_a_secret_may_lie_in_the_folder_of_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "reelsmith_database_url").write_text("postgresql://reel:pw@db/reel\n")
    monkeypatch.setenv(SECRETS_DIR, str(tmp_path))

    assert DatabaseSettings().url.get_secret_value() == "postgresql://reel:pw@db/reel"


def test_the_environment_wins_over_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "url").write_text("sqlite:///file.db")
    monkeypatch.setenv("REELSMITH_DATABASE_URL_FILE", str(tmp_path / "url"))
    monkeypatch.setenv("REELSMITH_DATABASE_URL", "sqlite:///environment.db")

    assert DatabaseSettings().url.get_secret_value() == "sqlite:///environment.db"


def test_a_named_file_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REELSMITH_DATABASE_URL_FILE", str(tmp_path / "missing"))

    with pytest.raises(FileNotFoundError):
        DatabaseSettings()


def test_a_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELSMITH_DATABASE_URL", "postgresql://reel:hunter2@db/reel")

    assert "hunter2" not in repr(DatabaseSettings())


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        WorkerSettings().lease_s = 1  # type: ignore[misc]


def test_a_lease_is_longer_than_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELSMITH_WORKER_LEASE_S", "0")

    with pytest.raises(ValidationError):
        WorkerSettings()


@pytest.mark.parametrize("name", ["CERT_FILE", "KEY_FILE"])
def test_half_a_tls_pair_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"REELSMITH_HTTP_{name}", "/some/file.pem")

    with pytest.raises(ValidationError, match="REELSMITH_HTTP_CERT_FILE and REELSMITH_HTTP_KEY_FILE together"):
        HttpSettings()
