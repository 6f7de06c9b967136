"""A store, blobs, and jobs of the rehearsal bindings."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from libs.common.blobs.base import store_document
from libs.common.blobs.local import LocalBlobStore
from libs.common.jobs.base import Job, StepRef
from libs.common.jobs.sql import Limits, SqlJobStore
from libs.common.media.brief import Brief, Product
from libs.common.runtime.context import StepBinding
from libs.common.runtime.doorbell import SilentDoorbell
from libs.common.runtime.rehearsal import rehearsal_bindings
from libs.common.runtime.steps import Backoff, Outcome, run_step

PATIENCE_S = 60


@dataclass
class House:
    """Stores and bindings, and the smallest worker there can be: this thread."""

    jobs: SqlJobStore
    blobs: LocalBlobStore
    bindings: dict[str, StepBinding] = field(default_factory=dict)
    lease_s: float = 60

    def submit(self, name: str = "Lamp", *, tenant: str = "shop", presets: tuple[str, ...] = ("1080p", "540p")) -> str:
        brief = Brief(product=Product(name=name, selling_points=("it shines",)), presets=presets)
        sha256 = store_document(self.blobs, brief)
        return self.jobs.submit(tenant=tenant, root_sha256=sha256, title=name, presets=presets).job.id

    def run(self, ref: StepRef) -> Outcome:
        return run_step(
            ref,
            jobs=self.jobs,
            blobs=self.blobs,
            bindings=self.bindings,
            owner="test",
            doorbell=SilentDoorbell(),
            lease_s=self.lease_s,
            backoff=Backoff(first_s=0),
        )

    def run_next(self) -> Outcome:
        return self.run(self.jobs.ready(limit=1)[0])

    def run_all(self) -> list[tuple[str, Outcome]]:
        """Until nothing is ready."""
        done = []
        while refs := self.jobs.ready(limit=1):
            done.append((refs[0].name, self.run(refs[0])))
        return done

    def wait(self, job_id: str, until: Callable[[Job], bool] = lambda job: job.state.terminal) -> Job:
        deadline = time.monotonic() + PATIENCE_S
        while not until(job := self.jobs.job(job_id)):
            steps = [(step.stage, step.key, step.state.value, step.error_code) for step in self.jobs.steps(job_id)]
            assert time.monotonic() < deadline, f"{job} does not move: {steps}"
            time.sleep(0.05)
        return job

    def starts_and_ends(self, job_id: str) -> tuple[list[str], list[str]]:
        """Names of the steps as they were started and as their results were recorded, from the history."""
        events = [event.data for event in self.jobs.events(job_id, limit=10_000) if event.type == "step.state"]
        named = [(f"{data['stage']}/{data['key']}", data["state"]) for data in events]
        return [name for name, state in named if state == "running"], [name for name, state in named if state == "done"]


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    jobs = SqlJobStore(database_url, limits=Limits(ring_again_s=0.5))
    blobs = LocalBlobStore(tmp_path / "blobs")
    yield House(jobs, blobs, rehearsal_bindings(blobs))
    jobs.close()
