"""The command line of the all-in-one mode."""

import json
import sys
from pathlib import Path

import pytest

from services.standalone.__main__ import _options, _ready_line, _settings


@pytest.fixture
def settings_of(monkeypatch):
    def settings_of(*words):
        monkeypatch.setattr(sys, "argv", ["up", *words])
        return _settings(_options())

    return settings_of


def test_the_environment_counts_where_the_command_line_is_silent(settings_of, monkeypatch):
    monkeypatch.setenv("REELSMITH_DATA", "elsewhere")
    monkeypatch.setenv("REELSMITH_PORT", "9443")

    settings = settings_of("--port", "0")

    assert (settings.data, settings.port) == (Path("elsewhere"), 0)


def test_programs_are_told_in_one_line_of_json():
    line = _ready_line("https://localhost:1", Path("d/client.json"), as_json=True)

    told = json.loads(line)
    assert "\n" not in line
    assert (told["url"], told["docs"], told["client"]) == ("https://localhost:1", "https://localhost:1/docs", "d/client.json")
