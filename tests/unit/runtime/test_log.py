"""The log: JSON lines without secrets."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from libs.common.runtime.log import configure_logging


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    configure_logging("voice", stream=stream)
    yield stream
    structlog.configure(**before)
    root.handlers[:], root.level = handlers, level


def entries(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_says_who_when_and_which_step(lines: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(job_id="job_1", step="voice.narrate/0"):
        structlog.get_logger("reelsmith.test").info("spoken", duration_ms=3)

    (entry,) = entries(lines)
    assert entry["service"] == "voice"
    assert entry["event"] == "spoken"
    assert entry["job_id"] == "job_1"
    assert entry["step"] == "voice.narrate/0"
    assert str(entry["timestamp"]).endswith("Z")


def test_what_libraries_log_comes_out_the_same_way(lines: io.StringIO) -> None:
    logging.getLogger("some.library").warning("line one\nline two")

    (entry,) = entries(lines)
    assert entry["event"] == "line one\nline two"
    assert entry["level"] == "warning"


def test_planted_secrets_do_not_come_out(lines: io.StringIO) -> None:
    log = structlog.get_logger("reelsmith.test")
    try:
        raise ValueError("cannot reach redis://user:hunter2@host/0")
    except ValueError as error:
        log.error("Authorization: Bearer abcdef0123456789", api_key="hunter2", deep={"password": "hunter2"}, exc_info=error)
    logging.getLogger("some.library").error("postgresql://reel:hunter2@db/x")

    assert "hunter2" not in lines.getvalue()
    assert "abcdef0123456789" not in lines.getvalue()
    assert "cannot reach redis://user:***@host/0" in lines.getvalue()
