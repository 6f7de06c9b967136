"""One step at a time, with the real pipeline and the rehearsal bindings."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import stamina

from libs.common.blobs.base import document_key
from libs.common.blobs.keyring import MemoryKeyring
from libs.common.blobs.sealed import SealedBlobStore
from libs.common.jobs.base import JobState, StepState
from libs.common.media.errors import Cancelled, Forbidden, StorageFull, Unavailable
from libs.common.media.review import BriefReview, Decision, Finding, SceneReview
from libs.common.runtime.context import StepBinding
from libs.common.runtime.doorbell import SilentDoorbell
from libs.common.runtime.rehearsal import rehearsal_bindings
from libs.common.runtime.steps import Outcome, run_step

FINDING = Finding(code="ad_law.superlative", decision=Decision.block, source="rule", detail="a superlative", field="/product/name")


@pytest.fixture(autouse=True)
def _quick_retries() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


def raising(error: BaseException) -> StepBinding:
    def work(*inputs: Any, context: Any) -> object:
        raise error

    return StepBinding(work=work)


def test_a_job_runs_to_its_publication(house: Any) -> None:
    job_id = house.submit()
    ran = house.run_all()

    assert house.jobs.job(job_id).state is JobState.completed
    assert {outcome for _, outcome in ran} == {Outcome.done}
    assert len(ran) == 3 + 5 * 3 + 4 + 2 + 1
    renditions = {row.key: row.sha256 for row in house.jobs.documents(job_id) if row.kind == "Rendition"}
    assert set(renditions) == {"1080p", "540p"}
    assert renditions["1080p"] != renditions["540p"]


def test_an_equal_brief_is_not_worked_out_again(house: Any) -> None:
    first = house.submit()
    house.run_all()
    second = house.submit()
    ran = house.run_all()

    assert house.jobs.job(second).state is JobState.completed
    assert {outcome for _, outcome in ran} == {Outcome.reused}
    documents = [{(row.kind, row.key, row.sha256) for row in house.jobs.documents(job)} for job in (first, second)]
    assert documents[0] == documents[1]


def test_a_script_that_had_to_make_do_is_written_anew_for_the_next_job(house: Any) -> None:
    whole = house.bindings["scripts.write"].work

    def makeshift(*inputs: Any, context: Any) -> object:
        return replace(whole(*inputs, context=context), degraded=True, degraded_reason="the model server was down")

    house.bindings["scripts.write"] = replace(house.bindings["scripts.write"], work=makeshift)
    house.submit()
    house.run_all()
    house.submit()

    outcomes = dict(house.run_all())
    assert outcomes["scripts.write"] is Outcome.done
    assert outcomes["moderation.review_brief"] is Outcome.reused


def test_another_tenant_does_not_get_what_the_first_one_made(house: Any) -> None:
    house.submit()
    house.run_all()
    house.submit(tenant="rival")

    assert {outcome for _, outcome in house.run_all()} == {Outcome.done}


def test_work_is_done_again_where_a_blob_of_it_is_gone(house: Any) -> None:
    house.submit()
    house.run_all()
    for key in list(house.blobs.keys("segments/")):
        house.blobs.delete(key)
    house.submit()

    done_again = {name for name, outcome in house.run_all() if outcome is Outcome.done}
    assert done_again == {f"composition.render/{index}" for index in range(3)}


def test_another_salt_makes_it_anew(house: Any) -> None:
    house.submit()
    house.run_all()
    binding = house.bindings["assets.select"]
    house.bindings["assets.select"] = replace(binding, salt=lambda: "another revision of the library")
    house.submit()

    assert ("assets.select/0", Outcome.done) in house.run_all()


@pytest.mark.parametrize("decision", [Decision.review, Decision.block])
def test_a_review_decides_over_the_job(house: Any, decision: Decision) -> None:
    finding = replace(FINDING, decision=decision)
    review = BriefReview(decision=decision, findings=(finding,), policy_version="p")
    house.bindings["moderation.review_brief"] = StepBinding(work=lambda brief, *, context: review)
    job_id = house.submit()
    outcome = house.run_next()

    job = house.jobs.job(job_id)
    if decision is Decision.review:
        assert (outcome, job.state) == (Outcome.held, JobState.awaiting_review)
    else:
        assert (outcome, job.state) == (Outcome.rejected, JobState.rejected)
        assert job.error is not None
        assert (job.error.code, job.error.field) == ("ad_law.superlative", "/product/name")


def test_a_held_scene_lets_the_job_go_on_after_approval(house: Any) -> None:
    def review(brief: Any, scene: Any, *, context: Any) -> SceneReview:
        decision = Decision.review if scene.index == 1 else Decision.allow
        return SceneReview(scene=scene.index, decision=decision, findings=(), policy_version="p")

    house.bindings["moderation.review_scene"] = StepBinding(work=review)
    job_id = house.submit()
    house.run_all()
    assert house.jobs.job(job_id).state is JobState.awaiting_review

    house.jobs.approve(job_id, by="anna")
    house.run_all()
    assert house.jobs.job(job_id).state is JobState.completed


@pytest.mark.parametrize(
    ("error", "code", "attempts"),
    [
        (Unavailable("no answer", code="llm.unavailable"), "llm.unavailable", 5),
        (StorageFull("no room", code="storage.full"), "storage.full", 5),
        (Forbidden("no", code="library.forbidden"), "library.forbidden", 1),
        (MemoryError("secret"), "step.crashed", 5),
        (KeyError("secret"), "step.crashed", 5),
    ],
)
def test_an_error_is_tried_again_only_where_that_may_help(house: Any, error: Exception, code: str, attempts: int) -> None:
    house.bindings["moderation.review_brief"] = raising(error)
    job_id = house.submit()
    ran = house.run_all()

    job = house.jobs.job(job_id)
    assert [outcome for name, outcome in ran if name == "moderation.review_brief"] == [Outcome.failed] * attempts
    assert job.state is JobState.failed
    assert job.error is not None
    assert job.error.code == code
    assert "secret" not in job.error.detail


def test_a_document_of_the_wrong_kind_is_a_defect(house: Any) -> None:
    house.bindings["moderation.review_brief"] = StepBinding(work=lambda brief, *, context: brief)
    job_id = house.submit()
    house.run_next()

    error = house.jobs.job(job_id).error
    assert error is not None
    assert error.code == "step.wrong_document"


def test_work_that_is_cancelled_stops_at_its_next_progress(house: Any) -> None:
    def work(brief: Any, *, context: Any) -> object:
        house.jobs.cancel(job_id)
        while True:
            context.progress(0.1)
            time.sleep(0.01)

    house.lease_s = 0.3
    house.bindings["moderation.review_brief"] = StepBinding(work=work)
    job_id = house.submit()

    assert house.run_next() is Outcome.stopped
    assert house.jobs.job(job_id).state is JobState.cancelled


def test_a_worker_that_stops_gives_its_step_back(house: Any) -> None:
    house.bindings = rehearsal_bindings(house.blobs, pause_s=30)
    job_id = house.submit()
    stopping = threading.Event()
    stopping.set()

    outcome = run_step(
        house.jobs.ready()[0],
        jobs=house.jobs,
        blobs=house.blobs,
        bindings=house.bindings,
        owner="test",
        doorbell=SilentDoorbell(),
        stopping=stopping,
    )

    (step,) = [step for step in house.jobs.steps(job_id) if step.stage == "moderation.review_brief"]
    assert outcome is Outcome.stopped
    assert (step.state, step.attempt) == (StepState.ready, 0)


def test_busy_python_does_not_starve_the_lease(house: Any) -> None:
    def work(brief: Any, *, context: Any) -> BriefReview:
        ends = time.monotonic() + 2
        while time.monotonic() < ends:
            sum(range(10_000))
        return BriefReview(decision=Decision.allow, findings=(), policy_version="p")

    house.lease_s = 1
    house.bindings["moderation.review_brief"] = StepBinding(work=work)
    job_id = house.submit()
    watcher = Watcher(lambda: house.jobs.reconcile())
    with watcher:
        assert house.run_next() is Outcome.done

    assert house.jobs.steps(job_id)[0].attempt == 1


@pytest.mark.parametrize("ends", ["well", "badly"])
def test_what_comes_of_a_lost_lease_is_thrown_away(house: Any, ends: str) -> None:
    def work(brief: Any, *, context: Any) -> BriefReview:
        with house.jobs.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE step SET fence = fence + 1")  # another worker has it now
        if ends == "badly":
            raise OSError("too late to tell")
        return BriefReview(decision=Decision.allow, findings=(), policy_version="p")

    house.bindings["moderation.review_brief"] = StepBinding(work=work)
    job_id = house.submit()

    assert house.run_next() is Outcome.lost
    assert [row.kind for row in house.jobs.documents(job_id)] == ["Brief"]


@pytest.mark.parametrize(
    "error", [Unavailable("the database does not answer", code="database.unavailable"), StorageFull("no room", code="storage.full")]
)
def test_a_database_that_takes_nothing_for_a_moment_costs_no_work(house: Any, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    finish, calls = house.jobs.finish, []

    def falters(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) < 3:
            raise error
        return finish(*args, **kwargs)

    monkeypatch.setattr(house.jobs, "finish", falters)
    house.submit()

    assert house.run_next() is Outcome.done
    assert len(calls) == 3


def test_progress_that_the_database_has_no_room_for_is_left_out(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any, **kwargs: Any) -> bool:
        raise StorageFull("no room", code="storage.full")

    def work(brief: Any, *, context: Any) -> BriefReview:
        context.progress(0.5)
        return BriefReview(decision=Decision.allow, findings=(), policy_version="p")

    monkeypatch.setattr(house.jobs, "heartbeat", full)
    monkeypatch.setattr("libs.common.runtime.step_context.PROGRESS_EVERY_S", 0)
    house.bindings["moderation.review_brief"] = StepBinding(work=work)
    house.submit()

    assert house.run_next() is Outcome.done


def test_a_step_is_measured_by_its_own_thread_and_what_it_noted(house: Any) -> None:
    def work(brief: Any, *, context: Any) -> BriefReview:
        context.note(child_cpu_s=7.0, frames=30)
        time.sleep(0.4)
        return BriefReview(decision=Decision.allow, findings=(), policy_version="p")

    house.bindings["moderation.review_brief"] = StepBinding(work=work)
    job_id = house.submit()
    with Watcher(lambda: sum(range(200_000))):  # another step's thread, busy
        house.run_next()

    stats = house.jobs.steps(job_id)[0].stats
    assert stats["frames"] == 30
    assert 7.0 <= stats["cpu_s"] < 7.1


def test_documents_lie_under_their_hash(house: Any) -> None:
    job_id = house.submit()
    house.run_next()

    assert all(house.blobs.exists(document_key(row.sha256)) for row in house.jobs.documents(job_id))


@pytest.mark.parametrize("sealed", [False, True])
def test_a_damaged_document_is_made_and_written_again(house: Any, sealed: bool) -> None:
    plain = house.blobs
    if sealed:
        house.blobs = SealedBlobStore(plain, MemoryKeyring())
    first = house.submit()
    assert house.run_next() is Outcome.done
    key = next(document_key(row.sha256) for row in house.jobs.documents(first) if row.kind == "BriefReview")
    whole = house.blobs.get(key)
    house.jobs.cancel(first)
    stored = plain.get(key)
    plain.delete(key)
    plain.put(key, stored[:-1] + bytes([stored[-1] ^ 1]))
    house.submit()

    assert house.run_next() is Outcome.done  # and not: reused, or failed
    assert house.blobs.get(key) == whole


def test_a_stopped_work_leaves_no_attempt_behind_when_it_says_so_itself(house: Any) -> None:
    house.bindings["moderation.review_brief"] = raising(Cancelled("stop"))
    job_id = house.submit()
    house.run_next()

    assert house.jobs.steps(job_id)[0].attempt == 0


class Watcher:
    """Calls something over and over in a thread beside."""

    def __init__(self, call: Callable[[], object]) -> None:
        self._call = call
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.is_set():
            self._call()
            time.sleep(0.001)
