"""The all-in-one mode: threads of one process on either database."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from libs.common.jobs.base import JobState, StepState
from libs.common.runtime.events import EventBell
from libs.common.runtime.local import LocalPool, default_caps
from libs.common.runtime.rehearsal import rehearsal_bindings
from libs.common.runtime.steps import Backoff

VICTIM = Path(__file__).with_name("all_in_one_process.py")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def pools() -> Iterator[list[LocalPool]]:
    running: list[LocalPool] = []
    yield running
    for pool in running:
        pool.stop(drain_s=10)


def start(house: Any, pools: list[LocalPool], **how: Any) -> LocalPool:
    pool = LocalPool(house.jobs, house.blobs, house.bindings, backoff=Backoff(first_s=0.1), **how)
    pool.start()
    pools.append(pool)
    return pool


def test_jobs_run_side_by_side_to_their_end(house: Any, pools: list[LocalPool]) -> None:
    jobs = [house.submit(name) for name in ("Lamp", "Chair")]
    start(house, pools, threads=4)

    for job_id in jobs:
        assert house.wait(job_id).state is JobState.completed
        starts, ends = house.starts_and_ends(job_id)
        assert len(starts) == len(ends) == len(set(ends)) == 25


def test_a_queue_runs_no_more_steps_at_once_than_its_cap(house: Any, pools: list[LocalPool]) -> None:
    now, most, guard = Counter[str](), Counter[str](), threading.Lock()

    def before(stage: str, context: Any) -> None:
        with guard:
            now[stage] += 1
            most[stage] = max(most[stage], now[stage])
        time.sleep(0.05)
        with guard:
            now[stage] -= 1

    house.bindings = rehearsal_bindings(house.blobs, scenes=6, before=before)
    job_id = house.submit()
    for _ in ("the brief's review", "the music", "the script"):
        house.run_next()
    assert len(house.jobs.ready()) == 6  # the reviews of all scenes, at once
    start(house, pools, threads=8, caps={**default_caps(4), "gpu.compose": 1, "cpu.text": 2})

    assert house.wait(job_id).state is JobState.completed
    assert most["composition.render"] == 1
    assert most["moderation.review_scene"] == 2


def test_a_job_that_was_killed_with_its_process_is_taken_up_and_every_result_counts_once(house: Any, pools: list[LocalPool]) -> None:
    url, blob_root = house.jobs.engine.url.render_as_string(hide_password=False), house.blobs._root
    job_id = house.submit()
    victim = subprocess.Popen([sys.executable, VICTIM, url, blob_root, "0.1"], cwd=ROOT)
    try:
        house.wait(job_id, until=lambda job: job.progress > 0.1)
    finally:
        victim.kill()
        victim.wait()
    assert house.jobs.job(job_id).state is JobState.running
    done_before = {step.stage for step in house.jobs.steps(job_id) if step.state is StepState.done}

    start(house, pools, lease_s=1.5)

    assert house.wait(job_id).state is JobState.completed
    starts, ends = house.starts_and_ends(job_id)
    assert len(ends) == len(set(ends)) == 25
    assert "scripts.write" not in done_before or starts.count("scripts.write/") == 1


def test_a_failing_step_comes_back_after_its_pause(house: Any, pools: list[LocalPool]) -> None:
    calls: Counter[str] = Counter()

    def before(stage: str, context: Any) -> None:
        calls[stage] += 1
        if stage == "composition.mix" and calls[stage] < 3:
            raise OSError("a hiccup")

    house.bindings = rehearsal_bindings(house.blobs, before=before)
    job_id = house.submit()
    start(house, pools)

    assert house.wait(job_id).state is JobState.completed
    assert calls["composition.mix"] == 3


def test_a_stopping_pool_gives_back_what_runs_too_long(house: Any) -> None:
    house.bindings = rehearsal_bindings(house.blobs, pause_s=60)
    job_id = house.submit()
    pool = LocalPool(house.jobs, house.blobs, house.bindings)
    pool.start()
    house.wait(job_id, until=lambda job: job.state is JobState.running)
    pool.stop(drain_s=0.1)

    assert {step.stage for step in house.jobs.ready()} == {"moderation.review_brief", "assets.choose_music"}


def test_a_reader_is_woken_by_news_and_reads_them_from_the_record(house: Any, pools: list[LocalPool]) -> None:
    bell = EventBell()
    job_id = house.submit()

    async def follow() -> list[int]:
        seen: list[int] = []
        with bell.listen(job_id) as listener:
            start(house, pools, bell=bell)
            while True:
                events = house.jobs.events(job_id, after=seen[-1] if seen else 0)
                seen += [event.seq for event in events]
                if any(event.data.get("state") == "completed" for event in events):
                    return seen
                assert await listener.wait(60)

    seen = asyncio.run(follow())
    assert seen == list(range(1, len(seen) + 1))
