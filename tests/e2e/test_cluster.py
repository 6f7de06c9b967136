"""A whole job on the parts of a cluster: Redis, PostgreSQL, Celery workers of every service, and one of them killed in the middle."""

from __future__ import annotations

import io
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from libs.common.runtime.containers import open_input
from tests.e2e.conftest import BRIEF, ROOT, START_S, FrontDoor

WORKERS = ("moderation", "scripts", "voice", "assets", "composition", "encoding")
FACES = ("assets", "voice", "composition")
TOKEN = "between-our-own-services"


class Cluster(FrontDoor):
    """Every service in processes of its own, named `<service> <command>`; each is a group, so that a kill takes its children too."""

    def __init__(self, folder: Path, *, database_url: str, redis_url: str) -> None:
        self._folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._ports = {name: free_port() for name in (*FACES, "gateway")}
        urls = {name: f"http://127.0.0.1:{self._ports[name]}" for name in FACES}
        self.blobs = folder / "blobs"
        self._env = os.environ | {
            "REELSMITH_STORAGE_URL": str(self.blobs),
            "REELSMITH_STORAGE_KEY_FILE": str(folder / "keys.json"),
            "REELSMITH_DATABASE_URL": database_url,
            "REELSMITH_BROKER_URL": redis_url,
            "REELSMITH_BROKER_KEY_PREFIX": f"{uuid.uuid4().hex}:",
            "REELSMITH_WORKER_LEASE_S": "3",
            "REELSMITH_WORKER_RING_AGAIN_S": "1",
            "REELSMITH_WORKER_RECONCILE_EVERY_S": "0.3",
            "REELSMITH_ASSETS_INDEX_ROOT": str(folder / "index"),
            "REELSMITH_ASSETS_LIBRARY_URL": urls["assets"],
            "REELSMITH_ASSETS_INTERNAL_TOKEN": TOKEN,
            "REELSMITH_VOICE_TOKEN": TOKEN,
            "REELSMITH_COMPOSITION_TOKEN": TOKEN,
            "REELSMITH_GATEWAY_INTERNAL_TOKEN": TOKEN,
            "REELSMITH_GATEWAY_HOST": "127.0.0.1",
            "REELSMITH_GATEWAY_PORT": str(self._ports["gateway"]),
            "REELSMITH_GATEWAY_TLS_DIR": str(folder / "tls"),
            **{f"REELSMITH_GATEWAY_{name.upper()}_URL": url for name, url in urls.items()},
        }

    def start_all(self) -> None:
        for name in FACES:
            self.start(f"{name} serve", "--port", str(self._ports[name]))
        self.start("gateway serve")
        self._run("reconciler", "-m", "libs.common.runtime.reconciler")
        for name in WORKERS:
            self.start_worker(name)
        key = subprocess.run(
            [sys.executable, "-m", "services.gateway", "create-key"], cwd=ROOT, env=self._env, check=True, capture_output=True, text=True
        ).stdout.strip()
        ca, url = self._folder / "tls" / "ca.pem", f"https://localhost:{self._ports['gateway']}"
        self._wait_for(ca.exists)
        for face in FACES:
            self._wait_for(lambda at=f"http://127.0.0.1:{self._ports[face]}/readyz": answers(at))
        self._wait_for(lambda: answers(f"{url}/readyz", context=ssl.create_default_context(cafile=ca)))
        self.open(url, ca=ca, key=key)

    def start_worker(self, name: str) -> None:
        self.start(f"{name} worker", "--concurrency", "1")

    def start(self, name: str, *options: str) -> None:
        service, command = name.split()
        self._run(name, "-m", f"services.{service}", command, *options)

    def kill(self, name: str) -> None:
        process = self._running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def terminate_all(self) -> dict[str, int]:
        """Exit status by name, once all have ended on their own."""
        self.close()  # the gateway waits for open connections
        for process in self._running.values():
            process.terminate()
        return {name: process.wait(60) for name, process in self._running.items()}

    def kill_all(self) -> None:
        self.close()
        for process in self._running.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def log(self) -> str:
        return "\n".join(f"--- {path.stem}\n{path.read_text()[-1500:]}" for path in sorted(self._folder.glob("*.log")))

    def _run(self, name: str, *arguments: str) -> None:
        health = {"REELSMITH_WORKER_HEALTH_FILE": str(self._folder / f"{name}.health")}
        with (self._folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, *arguments], cwd=ROOT, env=self._env | health, start_new_session=True, stdout=log, stderr=log
            )

    def _wait_for(self, ready: Callable[[], bool]) -> None:
        until = time.monotonic() + 2 * START_S
        while not ready():
            dead = [name for name, process in self._running.items() if process.poll() is not None]
            assert dead == [], self.log()
            assert time.monotonic() < until, self.log()
            time.sleep(0.2)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def answers(url: str, **options: object) -> bool:
    """Whether it says that it is ready; 503 and a closed door are both an OSError."""
    try:
        with urlopen(url, timeout=30, **options) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture
def cluster(tmp_path: Path, database_url: str, redis_url: str) -> Iterator[Cluster]:
    found = Cluster(tmp_path, database_url=database_url, redis_url=redis_url)
    try:
        found.start_all()
        yield found
    finally:
        found.kill_all()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_job_survives_the_worker_that_renders_it(cluster: Cluster) -> None:
    cluster.add_library(3)
    job_id = (accepted := cluster.submit({**BRIEF, "length_s": 6}))["job_id"]
    until = time.monotonic() + 2 * START_S
    while not any(step["stage"] == "composition.render" and step["state"] == "running" for step in cluster.job(job_id)["steps"]):
        assert time.monotonic() < until, cluster.log()
        time.sleep(0.05)
    cluster.kill("composition worker")
    cluster.start_worker("composition")

    job = cluster.wait(job_id)
    assert job["state"] == "completed", (job["error"], cluster.log())
    assert max(step["attempt"] for step in job["steps"] if step["stage"] == "composition.render") == 2
    done = cluster.steps_done(job_id)
    assert len(done) == len(set(done)) == len(job["steps"])

    with open_input(io.BytesIO(cluster.file(accepted, "540p.mp4"))) as film:
        frames = [round(float(frame.time) * 30) for frame in film.decode(video=0)]
    assert frames == list(range(round(cluster.video(accepted)["publication"]["length_s"] * 30)))
    assert [path.name for path in cluster.blobs.rglob("*") if path.is_file() and path.suffix == ".partial"] == []

    assert set(cluster.terminate_all().values()) <= {0, -signal.SIGTERM}, cluster.log()
