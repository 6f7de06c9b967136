"""Which gateway the command talks to, with which key."""

import json
from pathlib import Path

import pytest

from libs.client.connection import NoConnection, find_connection

SAVED = {"url": "https://localhost:8443", "key": "rk_saved", "ca": "/data/ca.pem"}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "client.json"
    path.write_text(json.dumps(SAVED))
    return path


def find(*, url=None, key=None, ca=None, file=None):
    return find_connection(url=url, key=key, ca=ca, file=file)


def test_the_file_is_enough(file):
    found = find(file=file)

    assert (found.url, found.key, found.ca) == (SAVED["url"], SAVED["key"], Path(SAVED["ca"]))


def test_what_is_given_beats_the_file(file):
    found = find(file=file, key="rk_given", ca=Path("own.pem"))

    assert (found.url, found.key, found.ca) == (SAVED["url"], "rk_given", Path("own.pem"))


def test_a_saved_key_never_travels_to_another_server(file):
    with pytest.raises(NoConnection, match="API key"):
        find(file=file, url="https://elsewhere")


def test_who_names_all_three_needs_no_file():
    found = find(url="https://gateway/", key="rk_given", ca=Path("own.pem"))

    assert (found.url, found.key) == ("https://gateway", "rk_given")


def test_without_an_address_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(NoConnection, match="reelsmith up"):
        find()


@pytest.mark.parametrize("text", ["{", "\xff"])
def test_a_broken_file_is_named(tmp_path, text):
    path = tmp_path / "client.json"
    path.write_bytes(text.encode("latin-1"))

    with pytest.raises(NoConnection, match=r"client\.json"):
        find(file=path)
    with pytest.raises(NoConnection, match="not there"):
        find(file=tmp_path / "missing.json")
