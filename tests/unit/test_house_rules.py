"""Rules that no linter knows."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("libs", "services", "bench") for path in (ROOT / folder).rglob("*.py"))
SERVICES = sorted(path.parent.name for path in (ROOT / "services").glob("*/__init__.py") if path.parent.name != "standalone")


def names(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def found(pattern: str, *, but: set[str] = frozenset(), below: tuple[str, ...] = ("libs/", "services/", "bench/")) -> list[str]:
    return [
        f"{names(path)}:{number}: {line.strip()}"
        for path in SOURCES
        if names(path) not in but and names(path).startswith(below)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_media_files_are_opened_in_one_place():
    assert found(r"\bav\.open\(", but={"libs/common/runtime/containers.py"}) == []


def test_the_ffmpeg_program_is_run_from_one_file_a_service():
    users = {line.partition(":")[0] for line in found(r"imageio_ffmpeg|get_ffmpeg_exe") if not line.startswith("bench/")}
    assert len({user.split("/")[1] for user in users}) == len(users), users


def test_no_scratch_file_is_plain():
    assert found(r"^\s*(import|from) tempfile\b", below=("libs/", "services/")) == []


def test_nothing_is_left_open():
    assert found(r"\b(TODO|FIXME|XXX|NotImplementedError)\b") == []


def test_no_exception_is_swallowed_whole():
    swallowed = [
        f"{names(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and all(isinstance(line, ast.Pass) for line in node.body)
    ]
    assert swallowed == []


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_a_module_says_what_it_is_for(path):
    tree = ast.parse(path.read_text())
    assert not tree.body or ast.get_docstring(tree)


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_the_same_shape(service):
    folder = ROOT / "services" / service
    assert (folder / "settings.py").exists()
    assert (folder / "__main__.py").exists()
    assert (folder / "steps.py").exists() or (folder / "app.py").exists()


def test_nothing_loads_from_outside():
    addresses = found(r"https?://(?!127\.0\.0\.1|localhost|\[?::1)[a-z0-9.-]+\.(com|org|net|io|dev|cn|ai)\b")
    namespaces = ("www.tc260.org.cn/ns", "cv.iptc.org/newscodes")  # identifiers, never fetched
    assert [line for line in addresses if not any(name in line for name in namespaces)] == []
