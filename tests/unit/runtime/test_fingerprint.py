from pathlib import Path

import pytest

from libs.common.runtime.fingerprint import source_fingerprint


def package(folder: Path, *, name: str = "draw.py", text: str = "WIDTH = 1") -> Path:
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / name).write_text(text)
    return folder


def test_equal_sources_have_equal_fingerprints_wherever_they_lie(tmp_path: Path) -> None:
    assert source_fingerprint(package(tmp_path / "here")) == source_fingerprint(package(tmp_path / "there"))


@pytest.mark.parametrize("change", [{"text": "WIDTH = 2"}, {"name": "ink.py"}, {"name": "draw.c"}, {"name": "warm.cube"}])
def test_another_text_or_place_gives_another_fingerprint(tmp_path: Path, change: dict[str, str]) -> None:
    assert source_fingerprint(package(tmp_path / "before")) != source_fingerprint(package(tmp_path / "after", **change))


def test_what_is_no_source_does_not_count(tmp_path: Path) -> None:
    compiled = package(tmp_path / "after")
    (compiled / "inner" / "draw.pyc").write_bytes(b"compiled")

    assert source_fingerprint(compiled) == source_fingerprint(package(tmp_path / "before"))
