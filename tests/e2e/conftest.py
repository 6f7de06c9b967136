"""A whole Reelsmith in a process of its own, spoken to through its front door as users do."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from services.assets.starter.film import film
from services.assets.starter.library import annotation, clips

ROOT = Path(__file__).parents[2]
START_S = 90
JOB_S = 240
BRIEF = {
    "product": {
        "name": "暖山保温杯",
        "category": "保温杯",
        "selling_points": ["316不锈钢内胆", "12小时保温", "一键开盖单手可用"],
        "price": {"amount": "129", "currency": "CNY", "was": "199"},
        "brand": {"name": "暖山"},
    },
    "language": "zh",
    "length_s": 10,
    "presets": ["540p"],
}


class FrontDoor(ABC):
    """What a customer does, over HTTPS."""

    api: httpx2.Client | None = None

    @abstractmethod
    def log(self) -> str:
        """The end of what was logged behind it."""

    def open(self, url: str, *, ca: Path, key: str) -> None:
        self.api = httpx2.Client(
            base_url=url,
            verify=ssl.create_default_context(cafile=ca),
            headers={"Authorization": f"Bearer {key}"},
            timeout=60,
            trust_env=False,
        )

    def close(self) -> None:
        if self.api is not None:
            self.api.close()

    def add_library(self, count: int = 8) -> None:
        """Clips of the starter library, small."""
        for clip in list(clips(("kitchen", "office")))[:count]:
            self.add_clip(film(clip.scene, frames=150, width_px=288, height_px=512), annotation(clip))

    def add_clip(self, data: bytes, about: dict[str, Any], name: str = "clip.mp4") -> httpx2.Response:
        about = {key: value for key, value in about.items() if key != "uri"}
        answer = self.api.post(
            "/v1/library/media",
            files=[("annotation", (None, json.dumps(about), "application/json")), ("file", (name, data, "video/mp4"))],
        )
        assert answer.status_code == 201, answer.text
        return answer

    def submit(self, brief: dict[str, Any], **headers: str) -> dict[str, Any]:
        answer = self.api.post("/v1/videos", json=brief, headers=headers)
        assert answer.status_code == 202, answer.text
        return answer.json()

    def wait(self, job_id: str, *states: str) -> dict[str, Any]:
        """The job, once it is in one of `states` (or in any terminal one)."""
        wanted = states or ("completed", "failed", "rejected", "cancelled", "expired", "awaiting_review")
        until = time.time() + JOB_S
        while time.time() < until:
            job = self.job(job_id)
            if job["state"] in wanted:
                return job
            time.sleep(0.2)
        raise AssertionError(f"{job['state']} after {JOB_S} s: {self.log()}")

    def job(self, job_id: str) -> dict[str, Any]:
        answer = self.api.get(f"/v1/jobs/{job_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def video(self, accepted: dict[str, Any]) -> dict[str, Any]:
        return self.api.get(f"/v1/videos/{accepted['video_id']}").json()

    def file(self, accepted: dict[str, Any], name: str) -> bytes:
        answer = self.api.get(f"/v1/videos/{accepted['video_id']}/files/{name}")
        assert answer.status_code == 200, answer.text
        return answer.content

    def make(self, brief: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was accepted, and the completed job."""
        accepted = self.submit(brief)
        job = self.wait(accepted["job_id"])
        assert job["state"] == "completed", (job["error"], self.log())
        return accepted, job

    def events(self, job_id: str) -> list[dict[str, Any]]:
        """The whole history of an ended job, from its event stream."""
        found = []
        for block in self.api.get(f"/v1/jobs/{job_id}/events").text.split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and not line.startswith(":"))
            if "data" in fields:
                data = json.loads(fields["data"])
                found.append({"type": fields.get("event", ""), "data": data.get("data", data)})
        return found

    def steps_done(self, job_id: str) -> list[tuple[str, str]]:
        """Stage and key of each time that a step was done."""
        changes = [event["data"] for event in self.events(job_id) if event["type"] == "step.state"]
        return [(change["stage"], change["key"]) for change in changes if change["state"] == "done"]


@dataclass
class House(FrontDoor):
    """`python -m services.standalone` on a data folder of its own."""

    data: Path
    env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        client_file = self.data / "client.json"
        began = time.time()
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data.parent / f"{self.data.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "services.standalone", "--data", str(self.data), "--port", "0"],
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env=os.environ | self.env,
                start_new_session=True,
            )
        while not (client_file.exists() and client_file.stat().st_mtime >= began):
            assert self.process.poll() is None, self.log()
            assert time.time() - began < START_S, self.log()
            time.sleep(0.1)
        told = json.loads(client_file.read_text())
        self.open(told["url"], ca=Path(told["ca"]), key=told["key"])

    def kill(self, number: int = signal.SIGKILL) -> None:
        assert self.process is not None
        self.close()
        self.process.send_signal(number)
        self.process.wait(60)

    def log(self) -> str:
        return (self.data.parent / f"{self.data.name}.log").read_text()[-4000:]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    found = House(tmp_path_factory.mktemp("house") / "data")
    found.start()
    try:
        found.add_library()
        yield found
    finally:
        found.kill(signal.SIGTERM)


@pytest.fixture
def lone_house(tmp_path: Path) -> Iterator[House]:
    """One that a test may kill; not started yet."""
    found = House(tmp_path / "data")
    try:
        yield found
    finally:
        if found.process is not None and found.process.poll() is None:
            found.kill()
