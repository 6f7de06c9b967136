"""Workers in processes of their own over a real Redis, which is emptied, while workers are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from pydantic import SecretStr

from libs.common.blobs.keyring import FileKeyring
from libs.common.blobs.sealed import SealedBlobStore
from libs.common.jobs.base import JobState
from libs.common.runtime.settings import BrokerSettings
from libs.common.runtime.worker import CeleryDoorbell, celery_queue

ROOT = Path(__file__).parents[3]
WORKER = [sys.executable, str(Path(__file__).with_name("celery_worker_process.py"))]
RECONCILER = [sys.executable, "-m", "libs.common.runtime.reconciler"]
EARLY = "moderation,scripts,voice,assets"
LATE = "composition,encoding"


class Cluster:
    """Processes by name; each is a group of its own, so that a kill takes its children too."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = {**os.environ, **environment}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str]) -> None:
        self._running[name] = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def kill(self, name: str) -> None:
        process = self._running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def terminate(self, name: str) -> int:
        process = self._running.pop(name)
        process.terminate()
        return process.wait(60)

    def kill_all(self) -> None:
        for name in list(self._running):
            self.kill(name)


@pytest.fixture
def cluster(house: Any, redis_url: str, tmp_path: Path) -> Iterator[Cluster]:
    house.blobs = SealedBlobStore(house.blobs, FileKeyring(tmp_path / "keys.json"))
    cluster = Cluster(
        {
            "PYTHONPATH": str(ROOT),
            "REELSMITH_STORAGE_URL": str(tmp_path / "blobs"),
            "REELSMITH_STORAGE_KEY_FILE": str(tmp_path / "keys.json"),
            "REELSMITH_DATABASE_URL": house.jobs.engine.url.render_as_string(hide_password=False),
            "REELSMITH_BROKER_URL": redis_url,
            "REELSMITH_BROKER_KEY_PREFIX": f"{uuid.uuid4().hex}:",
            "REELSMITH_WORKER_LEASE_S": "2",
            "REELSMITH_WORKER_SOFT_SHUTDOWN_S": "2",
            "REELSMITH_WORKER_RING_AGAIN_S": "1",
            "REELSMITH_WORKER_RECONCILE_EVERY_S": "0.3",
            "REELSMITH_WORKER_HEALTH_FILE": str(tmp_path / "alive"),
        }
    )
    yield cluster
    cluster.kill_all()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_jobs_survive_a_killed_worker_and_an_emptied_redis(house: Any, cluster: Cluster, redis_url: str, tmp_path: Path) -> None:
    jobs = [house.submit(name) for name in ("Lamp", "Chair")]
    cluster.start("reconciler", RECONCILER)
    cluster.start("early", [*WORKER, EARLY])
    cluster.start("late", [*WORKER, LATE])

    house.wait(jobs[0], until=lambda _: any(s.stage == "composition.render" and s.attempt for s in house.jobs.steps(jobs[0])))
    cluster.kill("late")
    with redis.Redis.from_url(redis_url) as client:
        client.flushall()
    cluster.start("late", [*WORKER, LATE])

    for job_id in jobs:
        assert house.wait(job_id).state is JobState.completed
        _, ends = house.starts_and_ends(job_id)
        assert len(ends) == len(set(ends)) == 20
        assert max(step.attempt for step in house.jobs.steps(job_id)) <= 2
    assert (tmp_path / "alive").exists()
    assert cluster.terminate("early") is not None


def test_a_redis_that_is_away_costs_the_ringer_neither_an_error_nor_much_time(house: Any) -> None:
    doorbell = CeleryDoorbell.connect(BrokerSettings(url=SecretStr("redis://127.0.0.1:1/0")))
    house.submit()

    doorbell.ring(house.jobs.ready())


def test_a_doorbell_carries_no_more_than_where_to_look(house: Any, redis_url: str) -> None:
    prefix = f"{uuid.uuid4().hex}:"
    doorbell = CeleryDoorbell.connect(BrokerSettings(url=SecretStr(redis_url), key_prefix=prefix))
    job_id = house.submit("A secret lamp")

    doorbell.ring(house.jobs.ready())

    with redis.Redis.from_url(redis_url) as client:
        (message,) = client.lrange(prefix + celery_queue("moderation.review_brief", "cpu.text"), 0, -1)
    assert b"lamp" not in message
    assert job_id.encode() in message
