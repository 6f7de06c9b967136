"""The documents point at what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
VARIABLE = re.compile(r"REELSMITH_[A-Z0-9_]+")


def names(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_relative_link_leads_to_a_file(page):
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_setting_that_a_page_names_is_read_somewhere(page):
    files = [path for folder in ("libs", "services") for path in (ROOT / folder).rglob("*.py")]
    sources = "\n".join(path.read_text() for path in [*files, ROOT / "deploy" / "compose.yaml"]).lower()
    unknown = [name for name in VARIABLE.findall(page.read_text()) if not is_read(name.lower().removesuffix("_"), sources)]
    assert unknown == []


def is_read(name: str, sources: str) -> bool:
    """As a whole name, or as a field of a settings class with that prefix; a secret's name may end in `_FILE`."""
    for known in (name, name.removesuffix("_file")):
        group, _, field = known.removeprefix("reelsmith_").partition("_")
        if known in sources or (f"reelsmith_{group}_" in sources and (not field or re.search(rf"\b{field}: ", sources))):
            return True
    return False


@pytest.mark.parametrize("twin", ["README.md", "README.zh-CN.md"])
def test_both_readmes_name_the_two_commands(twin):
    text = (ROOT / twin).read_text()
    assert "make demo" in text
    assert "make test" in text


def test_the_readme_and_its_chinese_twin_tell_of_the_same_settings():
    english, chinese = ((ROOT / name).read_text() for name in ("README.md", "README.zh-CN.md"))
    assert set(VARIABLE.findall(english)) == set(VARIABLE.findall(chinese))
