"""`reelsmith up` hands on what it was given and nothing else."""

import os
import sys

import pytest
from typer.testing import CliRunner

from libs.client.cli import app


@pytest.mark.parametrize(
    ("words", "handed_on"),
    [
        (["up"], []),
        (["up", "--data", "d"], ["--data", "d"]),
        (["up", "--port", "0", "--host", "::1"], ["--port", "0", "--host", "::1"]),
        (["up", "--json"], ["--json"]),
        (["--json", "up"], ["--json"]),
    ],
)
def test_only_what_was_given_is_handed_on(monkeypatch, words, handed_on):
    ran = []
    monkeypatch.setattr(os, "execv", lambda program, arguments: ran.append(arguments))

    CliRunner().invoke(app, words, catch_exceptions=False)

    assert ran == [[sys.executable, "-m", "services.standalone", *handed_on]]
