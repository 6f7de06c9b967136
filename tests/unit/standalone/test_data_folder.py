"""Where the all-in-one mode keeps its things."""

from pathlib import Path

import pytest

from services.standalone.folder import DataFolder


@pytest.fixture
def folder() -> DataFolder:
    return DataFolder(Path("data"))


def test_everything_lies_in_the_folder_where_nothing_else_is_said(folder):
    assert folder.database.url.get_secret_value() == "sqlite:///data/reelsmith.db"
    assert (folder.storage.url, folder.storage.key_file) == ("data/blobs", Path("data/keys.json"))


def test_a_database_that_is_named_is_used(folder, monkeypatch):
    monkeypatch.setenv("REELSMITH_DATABASE_URL", "postgresql://reel:pw@db/reel")

    assert folder.database.url.get_secret_value() == "postgresql://reel:pw@db/reel"


def test_a_database_whose_address_lies_in_a_file_is_used(folder, monkeypatch, tmp_path):
    (tmp_path / "url").write_text("postgresql://reel:pw@db/reel\n")
    monkeypatch.setenv("REELSMITH_DATABASE_URL_FILE", str(tmp_path / "url"))

    assert folder.database.url.get_secret_value() == "postgresql://reel:pw@db/reel"


def test_a_store_that_is_named_is_used_with_the_keys_of_the_folder(folder, monkeypatch):
    monkeypatch.setenv("REELSMITH_STORAGE_URL", "s3://bucket/reel")

    assert (folder.storage.url, folder.storage.key_file) == ("s3://bucket/reel", Path("data/keys.json"))


def test_a_key_file_that_is_named_is_used(folder, monkeypatch):
    monkeypatch.setenv("REELSMITH_STORAGE_KEY_FILE", "/safe/keys.json")

    assert (folder.storage.url, folder.storage.key_file) == ("data/blobs", Path("/safe/keys.json"))
