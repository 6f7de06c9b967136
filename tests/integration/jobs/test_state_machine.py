"""Any order of events keeps the record whole: workers that finish, fail, die and come back late, people who cancel, resume and approve."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text

from libs.common.jobs.base import Claim, JobError, JobState, StepState
from libs.common.jobs.migrations import migrate
from libs.common.jobs.rows import KINDS
from libs.common.jobs.sql import Limits, SqlJobStore
from libs.common.media.errors import LeaseLost
from libs.common.pipeline import STAGES, is_ready

PRESETS = ("1080p",)
ERROR = JobError(step="s", code="c", detail="d")
MEMORY = Path("/dev/shm")
"""Thousands of transactions that need to survive nothing."""
UNFINISHED = {StepState.blocked, StepState.ready, StepState.running}


class OneJob(RuleBasedStateMachine):
    """Workers may hold claims that are long void: `claims` keeps them all."""

    folder: Path

    @initialize()
    def submit(self) -> None:
        self.root = Path(tempfile.mkdtemp(dir=MEMORY))
        shutil.copy(self.folder / "template.db", self.root / "jobs.db")
        self.jobs = SqlJobStore(f"sqlite:///{self.root / 'jobs.db'}", limits=Limits(max_attempts=3, ring_again_s=0))
        self.id = self.jobs.submit(tenant="t", root_sha256="b", title="x", presets=PRESETS).job.id
        self.claims: list[Claim] = []
        self.workers_get_on(1, 1)  # so that the script is next, where most can go wrong

    def teardown(self) -> None:
        self.jobs.close()
        shutil.rmtree(self.root)

    @precondition(lambda self: self.jobs.ready())
    @rule(pick=st.integers(0, 99))
    def take(self, pick: int) -> None:
        ready = self.jobs.ready()
        claim = self.jobs.claim(ready[pick % len(ready)], owner="w", lease_s=60)
        assert claim is not None
        self.claims.append(claim)

    @precondition(lambda self: self.claims)
    @rule(
        pick=st.integers(0, 99),
        scenes=st.integers(1, 3),
        sha=st.sampled_from("ab"),
        then=st.sampled_from(["finish", "finish", "hold", "die"]),
    )
    def work(self, pick: int, scenes: int, sha: str, then: str) -> None:
        claim = self.claims[-1 - pick % len(self.claims)]
        stage = STAGES[claim.ref.stage]
        for index in range(scenes if stage.emits else 0):
            self._only_if_valid(claim, lambda: self.jobs.emit(claim, kind="Scene", key=str(index), sha256=sha))  # noqa: B023
        if then == "hold" and not stage.emits:
            self._only_if_valid(claim, lambda: self.jobs.hold(claim, kind=stage.writes.__name__, sha256=sha, stats={}))
        elif then == "die":
            self.all_workers_die()
        else:
            result: dict[str, Any] = {"kind": stage.writes.__name__, "sha256": sha, "reused": False, "stats": {}}
            closes = {"scenes": scenes} if stage.emits else {}
            self._only_if_valid(claim, lambda: self.jobs.finish(claim, **result, **closes))

    @rule(count=st.integers(1, 8), scenes=st.integers(1, 3))
    def workers_get_on(self, count: int, scenes: int) -> None:
        for _ in range(count):
            if self.jobs.ready():
                self.take(0)
                self.work(0, scenes, "a", "finish")

    @precondition(lambda self: self.claims)
    @rule(pick=st.integers(0, 99), retry=st.booleans())
    def fail(self, pick: int, retry: bool) -> None:
        claim = self.claims[-1 - pick % len(self.claims)]
        self._only_if_valid(claim, lambda: self.jobs.fail(claim, error=ERROR, retry_in_s=0 if retry else None))

    @precondition(lambda self: self.claims)
    @rule()
    def all_workers_die(self) -> None:
        with self.jobs.engine.begin() as connection:
            connection.execute(text("UPDATE step SET lease_until = '2000-01-01 00:00:00.000000' WHERE state = 'running'"))
        self.jobs.reconcile()

    @precondition(lambda self: self.jobs.job(self.id).state is JobState.failed)
    @rule()
    def resume(self) -> None:
        self.jobs.resume(self.id)

    @precondition(lambda self: self.jobs.job(self.id).state is JobState.awaiting_review)
    @rule()
    def approve(self) -> None:
        self.jobs.approve(self.id, by="p")

    @precondition(lambda self: len(self.claims) > 6 and not self.jobs.job(self.id).state.terminal)
    @rule(really=st.sampled_from([True, False, False, False]))
    def cancel(self, really: bool) -> None:
        if really:
            self.jobs.cancel(self.id)

    @invariant()
    def the_record_is_whole(self) -> None:
        job, steps = self.jobs.job(self.id), self.jobs.steps(self.id)
        documents = {(KINDS[row.kind], row.key) for row in self.jobs.documents(self.id)}
        scenes = self._scenes()
        states = {step.state for step in steps}
        events = self.jobs.events(self.id, limit=100_000)

        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        assert not (job.state.terminal and states & UNFINISHED)
        assert (job.state is JobState.completed) <= (states == {StepState.done} and scenes is not None)
        assert (job.state is JobState.failed) == (StepState.dead in states)
        assert 0 <= job.progress <= 1
        for step in steps:
            stage = STAGES[step.stage]
            inputs_are_there = is_ready(stage, step.key, present=documents, scenes=scenes, presets=PRESETS)
            assert step.attempt <= 3
            assert (step.state is StepState.done) == ((stage.writes, step.key) in documents)
            assert inputs_are_there or step.state in (StepState.blocked, StepState.cancelled)
            if not job.state.terminal and not job.cancel_requested:
                assert not (inputs_are_there and step.state is StepState.blocked)

    def _only_if_valid(self, claim: Claim, write: Callable[[], object]) -> None:
        """A write goes through exactly where the claim still holds."""
        if self._is_valid(claim):
            write()
        else:
            with pytest.raises(LeaseLost):
                write()

    def _is_valid(self, claim: Claim) -> bool:
        found = [s for s in self.jobs.steps(self.id) if (s.stage, s.key) == (claim.ref.stage, claim.ref.key)]
        return bool(found) and (found[0].state, found[0].fence) == (StepState.running, claim.fence)

    def _scenes(self) -> int | None:
        with self.jobs.engine.begin() as connection:
            found: int | None = connection.execute(text("SELECT scenes FROM job")).scalar_one()
            return found


def test_no_order_of_events_breaks_the_record(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'template.db'}")
    machine = type("OneJobHere", (OneJob,), {"folder": tmp_path})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15, stateful_step_count=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
        ),
    )
