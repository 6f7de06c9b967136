"""The command line of a service."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from libs.common.pipeline import STAGES
from libs.common.runtime.main import service_main
from libs.common.runtime.worker import worker_arguments


def test_a_worker_listens_to_the_queues_of_its_own_service() -> None:
    arguments = worker_arguments("moderation", stages=[s for s in STAGES if s.startswith("moderation.")], queues=(), concurrency=1)

    assert "--queues=cpu.encode@moderation,cpu.text@moderation" in arguments


def test_a_worker_may_listen_to_some_of_them() -> None:
    arguments = worker_arguments(
        "moderation", stages=["moderation.review_brief", "moderation.review_video"], queues=("cpu.text",), concurrency=2
    )

    assert "--queues=cpu.text@moderation" in arguments
    assert "--concurrency=2" in arguments


def test_a_queue_that_the_service_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match=r"gpu\.compose"):
        worker_arguments("voice", stages=["voice.narrate"], queues=("gpu.compose",), concurrency=1)


def test_a_service_without_a_face_cannot_serve(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        service_main("voice", build_steps=lambda blobs: {}, argv=["serve"])

    assert "invalid choice" in capsys.readouterr().err


@pytest.mark.parametrize(("age_s", "status"), [(1, 0), (3_600, 1)])
def test_a_worker_is_alive_while_its_file_is_fresh(age_s: float, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "alive"
    path.touch()
    os.utime(path, (path.stat().st_mtime - age_s,) * 2)
    monkeypatch.setenv("REELSMITH_WORKER_HEALTH_FILE", str(path))
    monkeypatch.setattr("libs.common.runtime.main.configure_logging", lambda name: None)

    with pytest.raises(SystemExit) as ended:
        service_main("voice", build_steps=lambda blobs: {}, argv=["alive"])

    assert ended.value.code == status
