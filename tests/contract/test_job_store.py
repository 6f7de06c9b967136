"""What every job store promises, on SQLite and on PostgreSQL. Documents are named by letters here: the store never looks inside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from libs.common.jobs.base import Claim, JobError, JobState, JobStore, StepRef, StepState
from libs.common.jobs.sql import Limits, SqlJobStore
from libs.common.media.edit import Timeline
from libs.common.media.errors import Conflict, Defect, LeaseLost, NotFound
from libs.common.pipeline import PIPELINES, STAGES, Scope

ERROR = JobError(step="x", code="llm.unavailable", detail="no answer")
GONE = -1.0
"""A lease that is over as soon as it is taken."""


@pytest.fixture
def store(database_url: str) -> Iterator[SqlJobStore]:
    store = SqlJobStore(database_url, limits=Limits(ring_again_s=0))
    yield store
    store.close()


@dataclass
class Walker:
    """Takes steps of one job, like workers would."""

    store: JobStore
    job_id: str

    def ref(self, stage: str, key: str = "") -> StepRef:
        return StepRef(job_id=self.job_id, stage=stage, key=key, queue=STAGES[stage].queue)

    def claim(self, stage: str, key: str = "", *, lease_s: float = 60) -> Claim:
        claim = self.store.claim(self.ref(stage, key), owner="test", lease_s=lease_s)
        assert claim is not None, f"{stage}/{key} cannot be claimed"
        return claim

    def finish(self, claim: Claim, *, sha: str = "a", scenes: int | None = None) -> set[str]:
        kind = STAGES[claim.ref.stage].writes.__name__
        return names(self.store.finish(claim, kind=kind, sha256=sha, reused=False, stats={"cpu_s": 1.0}, scenes=scenes))

    def do(self, stage: str, key: str = "", **how: Any) -> set[str]:
        return self.finish(self.claim(stage, key), **how)

    def write_script(self, scenes: int, *, sha: str = "a") -> set[str]:
        claim = self.claim("scripts.write")
        for index in range(scenes):
            self.store.emit(claim, kind="Scene", key=str(index), sha256=sha)
        return self.finish(claim, scenes=scenes)

    def run_all(self) -> list[str]:
        """Take whatever is ready until nothing is; the names in the order in which they ran."""
        done = []
        while found := [ref for ref in self.store.ready() if ref.job_id == self.job_id]:
            for ref in found:
                if ref.stage == "scripts.write":
                    self.write_script(2)
                else:
                    self.do(ref.stage, ref.key)
                done.append(name(ref))
        return done

    @property
    def states(self) -> dict[str, StepState]:
        return {f"{step.stage}/{step.key}": step.state for step in self.store.steps(self.job_id)}

    @property
    def state(self) -> JobState:
        return self.store.job(self.job_id).state


@pytest.fixture
def job(store: SqlJobStore) -> Walker:
    """Its music is chosen, which waits for nothing: what is left begins with the review."""
    walker = Walker(store, submit(store).job.id)
    walker.do("assets.choose_music", sha="music")
    return walker


@pytest.fixture
def reviewed(job: Walker) -> Walker:
    job.do("moderation.review_brief")
    return job


def submit(store: JobStore, **other: Any) -> Any:
    request = {"tenant": "shop", "root_sha256": "b", "title": "Lamp", "presets": ("1080p", "540p")}
    return store.submit(**{**request, **other})


def name(ref: StepRef) -> str:
    return f"{ref.stage}/{ref.key}"


def names(refs: tuple[StepRef, ...]) -> set[str]:
    return {name(ref) for ref in refs}


# --- submission ---


def test_a_new_job_waits_with_its_first_step_ready(store: SqlJobStore) -> None:
    submission = submit(store)

    assert submission.created
    assert submission.job.id.startswith("job_")
    assert submission.job.video_id.startswith("vid_")
    assert submission.job.state is JobState.queued
    assert names(submission.ready) == {"moderation.review_brief/", "assets.choose_music/"}
    assert store.job_of_video(submission.job.video_id) == submission.job


def test_a_job_that_begins_with_an_edit_has_the_steps_of_an_edit(store: SqlJobStore) -> None:
    submission = submit(store, root=Timeline, presets=("master",))

    assert (submission.job.root, names(submission.ready)) == ("Timeline", {"moderation.review_edit/"})
    stages = {step.stage for step in store.steps(submission.job.id)}
    assert stages == {stage.name for stage in PIPELINES[Timeline] if stage.scope is not Scope.scene}


def test_the_latest_figures_of_a_stage_leave_out_what_was_reused(store: SqlJobStore, job: Walker) -> None:
    other = submit(store)
    claim = store.claim(StepRef(job_id=other.job.id, stage="assets.choose_music", key="", queue="io.library"), owner="t", lease_s=9)
    assert claim is not None
    store.finish(claim, kind="MusicChoice", sha256="m", reused=True, stats={"cpu_s": 9.0})

    assert store.latest_stats(stage="assets.choose_music") == ({"cpu_s": 1.0},)


def test_a_job_of_another_tenant_is_not_found(store: SqlJobStore, job: Walker) -> None:
    with pytest.raises(NotFound):
        store.job(job.job_id, tenant="stranger")


def test_the_same_idempotency_key_gives_the_same_job(store: SqlJobStore) -> None:
    first = submit(store, idempotency_key="k", request_sha256="r")
    second = submit(store, idempotency_key="k", request_sha256="r")

    assert not second.created
    assert second.job.id == first.job.id


def test_an_idempotency_key_is_for_one_request(store: SqlJobStore) -> None:
    submit(store, idempotency_key="k", request_sha256="r")

    with pytest.raises(Conflict) as caught:
        submit(store, idempotency_key="k", request_sha256="another")

    assert caught.value.code == "idempotency.key_reused"


def test_tenants_have_their_own_idempotency_keys(store: SqlJobStore) -> None:
    assert submit(store, idempotency_key="k").created
    assert submit(store, idempotency_key="k", tenant="other").created


def test_two_requests_with_one_key_at_once_make_one_job(store: SqlJobStore) -> None:
    found = in_parallel(8, lambda _: submit(store, idempotency_key="k", request_sha256="r"))

    assert len({submission.job.id for submission in found}) == 1
    assert sum(submission.created for submission in found) == 1
    assert len(store.jobs(tenant="shop").jobs) == 1


def test_jobs_are_listed_newest_first_page_by_page(store: SqlJobStore) -> None:
    made = [submit(store).job.id for _ in range(5)]

    first = store.jobs(tenant="shop", limit=3)
    second = store.jobs(tenant="shop", limit=3, cursor=first.cursor)

    assert [job.id for job in first.jobs + second.jobs] == made[::-1]
    assert second.cursor is None


# --- claims ---


def test_only_one_of_many_workers_gets_a_step(store: SqlJobStore, job: Walker) -> None:
    ref = job.ref("moderation.review_brief")

    claims = in_parallel(8, lambda n: store.claim(ref, owner=f"w{n}", lease_s=60))

    assert sum(claim is not None for claim in claims) == 1


def test_a_blocked_step_cannot_be_claimed(store: SqlJobStore, job: Walker) -> None:
    assert store.claim(job.ref("scripts.write"), owner="w", lease_s=60) is None


def test_an_expired_lease_goes_to_the_next_worker_and_the_first_one_loses(store: SqlJobStore, job: Walker) -> None:
    slow = job.claim("moderation.review_brief", lease_s=GONE)
    quick = job.claim("moderation.review_brief")

    with pytest.raises(LeaseLost):
        job.finish(slow, sha="old")
    with pytest.raises(LeaseLost):
        store.heartbeat(slow)
    job.finish(quick, sha="new")

    assert [row.sha256 for row in store.documents(job.job_id) if row.kind == "BriefReview"] == ["new"]


def test_a_heartbeat_keeps_the_lease(store: SqlJobStore, job: Walker) -> None:
    claim = job.claim("moderation.review_brief", lease_s=60)
    store.heartbeat(claim)

    assert store.claim(job.ref("moderation.review_brief"), owner="other", lease_s=60) is None


def test_a_result_counts_once(job: Walker) -> None:
    claim = job.claim("moderation.review_brief")
    job.finish(claim)

    with pytest.raises(LeaseLost):
        job.finish(claim)


# --- results ---


def test_a_whole_job_runs_in_the_order_of_data(store: SqlJobStore, job: Walker) -> None:
    order = job.run_all()

    assert job.state is JobState.completed
    assert store.job(job.job_id).progress == 1.0
    assert len(order) == len(set(order)) == 2 + 5 * 2 + 4 + 2 + 1
    assert order.index("composition.render/1") < order.index("encoding.assemble/")
    assert order[-1] == "encoding.publish/"


def test_a_scene_starts_while_the_script_is_still_written(store: SqlJobStore, reviewed: Walker) -> None:
    claim = reviewed.claim("scripts.write")

    opened = store.emit(claim, kind="Scene", key="0", sha256="s0")

    assert names(opened) == {"moderation.review_scene/0"}
    assert "voice.narrate/0" in reviewed.do("moderation.review_scene", "0")


def test_two_siblings_that_end_at_once_open_the_fan_in(store: SqlJobStore, reviewed: Walker) -> None:
    scenes = 6
    reviewed.write_script(scenes)
    for index in range(scenes):
        for stage in ("moderation.review_scene", "voice.narrate", "assets.select", "composition.cut"):
            reviewed.do(stage, str(index))
    reviewed.do("composition.spot")
    reviewed.do("composition.mix")
    claims = [reviewed.claim("composition.render", str(index)) for index in range(scenes)]

    opened = in_parallel(scenes, lambda n: reviewed.finish(claims[n]))

    assert sum("encoding.assemble/" in ready for ready in opened) == 1


def test_inputs_come_in_the_shape_of_the_stage(store: SqlJobStore, reviewed: Walker) -> None:
    reviewed.write_script(2)
    for key in ("0", "1"):
        reviewed.do("moderation.review_scene", key, sha=f"review{key}")
        reviewed.do("voice.narrate", key, sha=f"voice{key}")
    first = reviewed.claim("assets.select", "0")
    assert [[row.sha256 for row in rows] for rows in store.inputs(first)] == [["b"], ["a"], ["voice0"], []]
    reviewed.finish(first)
    reviewed.do("assets.select", "1")
    for key in ("0", "1"):
        reviewed.do("composition.cut", key)
    reviewed.do("composition.spot", sha="sheet")
    mix = reviewed.claim("composition.mix")

    assert [[row.sha256 for row in rows] for rows in store.inputs(mix)] == [["b"], ["music"], ["sheet"], ["a"], ["voice0", "voice1"]]


def test_a_step_cannot_hand_in_another_stages_document(store: SqlJobStore, job: Walker) -> None:
    claim = job.claim("moderation.review_brief")

    with pytest.raises(Defect):
        store.finish(claim, kind="Master", sha256="m", reused=False, stats={})
    with pytest.raises(Defect):
        store.emit(claim, kind="Scene", key="0", sha256="s")


def test_a_script_cannot_be_closed_over_scenes_that_were_not_handed_out(store: SqlJobStore, reviewed: Walker) -> None:
    claim = reviewed.claim("scripts.write")
    store.emit(claim, kind="Scene", key="0", sha256="s")

    with pytest.raises(Defect):
        reviewed.finish(claim, scenes=2)

    assert reviewed.states["scripts.write/"] is StepState.running


def test_the_same_scene_again_changes_nothing(store: SqlJobStore, reviewed: Walker) -> None:
    claim = reviewed.claim("scripts.write")
    store.emit(claim, kind="Scene", key="0", sha256="s")
    reviewed.do("moderation.review_scene", "0")
    before = store.steps(reviewed.job_id)

    assert store.emit(claim, kind="Scene", key="0", sha256="s") == ()
    assert store.steps(reviewed.job_id) == before


def test_another_scene_in_its_place_takes_back_what_was_made_from_it(store: SqlJobStore, reviewed: Walker) -> None:
    claim = reviewed.claim("scripts.write")
    for index in ("0", "1"):
        store.emit(claim, kind="Scene", key=index, sha256="s")
        reviewed.do("moderation.review_scene", index)
        reviewed.do("voice.narrate", index)
        reviewed.do("assets.select", index)
    reviewed.do("composition.cut", "0")
    running = reviewed.claim("composition.cut", "1")

    opened = store.emit(claim, kind="Scene", key="1", sha256="rewritten")

    assert names(opened) == {"moderation.review_scene/1"}
    kept = {(row.kind, row.key) for row in store.documents(reviewed.job_id)}
    assert kept == {(kind, "0") for kind in ("Scene", "SceneReview", "Utterance", "Footage", "Cut")} | {
        ("Scene", "1"),
        ("Brief", ""),
        ("BriefReview", ""),
        ("MusicChoice", ""),
    }
    assert reviewed.states["assets.select/0"] is StepState.done
    with pytest.raises(LeaseLost):
        reviewed.finish(running)


def test_a_rewritten_scene_reaches_later_scenes_only_where_they_read_it(store: SqlJobStore, reviewed: Walker) -> None:
    claim = reviewed.claim("scripts.write")
    for index in ("0", "1"):
        store.emit(claim, kind="Scene", key=index, sha256="s")
        reviewed.do("moderation.review_scene", index)
        reviewed.do("voice.narrate", index)
        reviewed.do("assets.select", index)

    store.emit(claim, kind="Scene", key="0", sha256="rewritten")

    assert reviewed.states["voice.narrate/1"] is StepState.done
    assert reviewed.states["assets.select/1"] is StepState.blocked  # it reads the footage of scene 0


def test_a_second_attempt_with_fewer_scenes_leaves_none_over(store: SqlJobStore, reviewed: Walker) -> None:
    first = reviewed.claim("scripts.write", lease_s=GONE)
    for index in range(4):
        store.emit(first, kind="Scene", key=str(index), sha256="s")
    reviewed.do("moderation.review_scene", "3")

    reviewed.write_script(2, sha="t")

    assert {step.key for step in store.steps(reviewed.job_id) if step.stage == "voice.narrate"} == {"0", "1"}
    reviewed.run_all()
    assert reviewed.state is JobState.completed


# --- failures ---


def test_a_failed_attempt_waits_for_its_pause(store: SqlJobStore, job: Walker) -> None:
    store.fail(job.claim("moderation.review_brief"), error=ERROR, retry_in_s=3_600)

    assert store.ready() == ()
    assert store.claim(job.ref("moderation.review_brief"), owner="w", lease_s=60) is None
    assert store.reconcile() == ()
    assert job.state is JobState.running


def test_the_fifth_failed_attempt_ends_step_and_job(store: SqlJobStore, job: Walker) -> None:
    for _ in range(5):
        store.fail(job.claim("moderation.review_brief"), error=ERROR, retry_in_s=0)

    failed = store.job(job.job_id)
    assert failed.state is JobState.failed
    assert failed.error == ERROR
    assert job.states["moderation.review_brief/"] is StepState.dead
    assert store.ready() == ()


def test_a_failure_that_no_retry_helps_ends_the_job_at_once_and_its_siblings_too(store: SqlJobStore, reviewed: Walker) -> None:
    reviewed.write_script(2)
    first, second = (reviewed.claim("moderation.review_scene", key) for key in ("0", "1"))

    store.fail(first, error=ERROR, retry_in_s=None)

    assert reviewed.state is JobState.failed
    with pytest.raises(LeaseLost):
        store.heartbeat(second)
    assert set(reviewed.states.values()) == {StepState.done, StepState.dead, StepState.cancelled}


def test_a_resumed_job_keeps_what_is_done_and_runs_the_rest(store: SqlJobStore, reviewed: Walker) -> None:
    reviewed.write_script(2)
    reviewed.do("moderation.review_scene", "0")
    lost = reviewed.claim("voice.narrate", "0")
    for _ in range(5):
        store.fail(reviewed.claim("moderation.review_scene", "1"), error=ERROR, retry_in_s=0)

    resumed = store.resume(reviewed.job_id)

    assert (resumed.state, resumed.error, resumed.finished_at) == (JobState.running, None, None)
    assert names(store.reconcile()) == {"moderation.review_scene/1", "voice.narrate/0"}
    with pytest.raises(LeaseLost):
        reviewed.finish(lost)
    again = reviewed.run_all()
    assert "scripts.write/" not in again
    assert reviewed.state is JobState.completed


def test_only_a_failed_job_can_be_resumed(store: SqlJobStore, job: Walker) -> None:
    with pytest.raises(Conflict):
        store.resume(job.job_id)


# --- cancelling ---


def test_a_job_with_nothing_running_is_cancelled_at_once(store: SqlJobStore, job: Walker) -> None:
    assert store.cancel(job.job_id).state is JobState.cancelled
    assert store.ready() == ()


def test_a_running_step_learns_of_the_wish_and_ends_the_job(store: SqlJobStore, job: Walker) -> None:
    claim = job.claim("moderation.review_brief")

    assert not store.heartbeat(claim)
    assert store.cancel(job.job_id).state is JobState.running
    assert store.heartbeat(claim)
    store.cancelled(claim)

    assert job.state is JobState.cancelled


def test_a_result_that_comes_after_the_wish_opens_nothing(store: SqlJobStore, job: Walker) -> None:
    claim = job.claim("moderation.review_brief")
    store.cancel(job.job_id)

    assert job.finish(claim) == set()
    assert job.state is JobState.cancelled


def test_an_ended_job_cannot_be_cancelled(store: SqlJobStore, job: Walker) -> None:
    store.cancel(job.job_id)

    with pytest.raises(Conflict):
        store.cancel(job.job_id)


def test_a_step_whose_worker_stops_goes_back_without_an_attempt_spent(store: SqlJobStore, job: Walker) -> None:
    store.cancelled(job.claim("moderation.review_brief"))

    assert job.claim("moderation.review_brief").attempt == 1


# --- reviews ---


def test_a_held_job_waits_for_a_person(store: SqlJobStore, job: Walker) -> None:
    store.hold(job.claim("moderation.review_brief"), kind="BriefReview", sha256="r", stats={})

    assert job.state is JobState.awaiting_review
    assert store.ready() == store.reconcile() == ()
    assert store.claim(job.ref("scripts.write"), owner="w", lease_s=60) is None


def test_an_approved_job_goes_on(store: SqlJobStore, job: Walker) -> None:
    store.hold(job.claim("moderation.review_brief"), kind="BriefReview", sha256="r", stats={})

    assert store.approve(job.job_id, by="anna").state is JobState.running
    assert names(store.reconcile()) == {"scripts.write/"}
    job.run_all()
    assert job.state is JobState.completed
    assert any(event.data.get("by") == "anna" for event in store.events(job.job_id))


def test_a_declined_job_ends_rejected(store: SqlJobStore, job: Walker) -> None:
    store.hold(job.claim("moderation.review_brief"), kind="BriefReview", sha256="r", stats={})

    declined = store.decline(job.job_id, by="anna", detail="the claim is not proven")

    assert declined.state is JobState.rejected
    assert declined.error is not None
    assert declined.error.code == "review.declined"


def test_a_step_that_runs_while_the_job_is_held_may_finish(store: SqlJobStore, reviewed: Walker) -> None:
    reviewed.write_script(2)
    other = reviewed.claim("moderation.review_scene", "1")
    store.hold(reviewed.claim("moderation.review_scene", "0"), kind="SceneReview", sha256="r", stats={})

    assert reviewed.finish(other) == set()
    assert reviewed.state is JobState.awaiting_review
    store.approve(reviewed.job_id, by="anna")
    assert names(store.reconcile()) == {"voice.narrate/0", "voice.narrate/1"}


def test_a_failure_and_resume_are_no_way_past_a_review(store: SqlJobStore, reviewed: Walker) -> None:
    reviewed.write_script(2)
    sibling = reviewed.claim("moderation.review_scene", "1")
    store.hold(reviewed.claim("moderation.review_scene", "0"), kind="SceneReview", sha256="r", stats={})
    store.fail(sibling, error=ERROR, retry_in_s=None)
    assert reviewed.state is JobState.failed

    assert store.resume(reviewed.job_id).state is JobState.awaiting_review

    assert store.ready() == store.reconcile() == ()
    for stage, key in (("moderation.review_scene", "1"), ("voice.narrate", "0")):
        assert store.claim(reviewed.ref(stage, key), owner="w", lease_s=60) is None
    assert store.approve(reviewed.job_id, by="anna").state is JobState.running
    assert names(store.reconcile()) == {"moderation.review_scene/1", "voice.narrate/0"}
    reviewed.run_all()
    assert reviewed.state is JobState.completed


def test_a_review_that_was_approved_is_not_asked_for_again(store: SqlJobStore, job: Walker) -> None:
    store.hold(job.claim("moderation.review_brief"), kind="BriefReview", sha256="r", stats={})
    store.approve(job.job_id, by="anna")
    store.fail(job.claim("scripts.write"), error=ERROR, retry_in_s=None)

    assert store.resume(job.job_id).state is JobState.running


def test_only_a_held_job_can_be_approved(store: SqlJobStore, job: Walker) -> None:
    with pytest.raises(Conflict):
        store.approve(job.job_id, by="anna")


def test_a_blocked_brief_rejects_the_job_and_keeps_the_finding(store: SqlJobStore, job: Walker) -> None:
    store.reject(job.claim("moderation.review_brief"), kind="BriefReview", sha256="r", error=ERROR)

    rejected = store.job(job.job_id)
    assert (rejected.state, rejected.error) == (JobState.rejected, ERROR)
    assert ("BriefReview", "r") in {(row.kind, row.sha256) for row in store.documents(job.job_id)}


# --- the reconciler ---


def test_a_dead_workers_step_is_rung_again(store: SqlJobStore, job: Walker) -> None:
    job.claim("moderation.review_brief", lease_s=GONE)

    assert names(store.reconcile()) == {"moderation.review_brief/"}
    assert job.claim("moderation.review_brief").attempt == 2


def test_a_step_that_kills_every_worker_ends_the_job(store: SqlJobStore, job: Walker) -> None:
    for _ in range(5):
        job.claim("moderation.review_brief", lease_s=GONE)
        store.reconcile()

    failed = store.job(job.job_id)
    assert failed.error is not None
    assert (failed.state, failed.error.code) == (JobState.failed, "attempts_exhausted")


def test_a_cancelled_job_ends_though_its_worker_is_dead(store: SqlJobStore, job: Walker) -> None:
    job.claim("moderation.review_brief", lease_s=GONE)
    store.cancel(job.job_id)
    store.reconcile()

    assert job.state is JobState.cancelled


def test_a_freshly_rung_step_is_left_in_peace(database_url: str) -> None:
    patient = SqlJobStore(database_url, limits=Limits(ring_again_s=600))
    submit(patient)

    assert patient.reconcile() == ()
    patient.close()


def test_a_job_past_its_deadline_expires(database_url: str) -> None:
    strict = SqlJobStore(database_url, limits=Limits(deadline_s=0))
    job_id = submit(strict).job.id
    strict.reconcile()

    assert strict.job(job_id).state is JobState.expired
    strict.close()


def test_a_step_over_its_budget_is_given_up(store: SqlJobStore, job: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = job.claim("moderation.review_brief")
    monkeypatch.setattr("libs.common.jobs.reconcile._over_budget", lambda row, now: True)
    store.reconcile()

    failed = store.job(job.job_id)
    assert failed.error is not None
    assert failed.error.code == "step.over_budget"
    with pytest.raises(LeaseLost):
        store.heartbeat(claim)


def test_reconcilers_at_once_ring_each_step_once(store: SqlJobStore) -> None:
    walkers = [Walker(store, submit(store).job.id) for _ in range(6)]
    for walker in walkers:
        store.fail(walker.claim("moderation.review_brief"), error=ERROR, retry_in_s=0)
    patient = Limits(ring_again_s=600)
    store._limits = patient

    rung = [ref for refs in in_parallel(4, lambda _: store.reconcile()) for ref in refs]
    rung += store.reconcile()

    assert sorted(ref.job_id for ref in rung) == sorted(walker.job_id for walker in walkers)


# --- history and memory ---


def test_events_are_numbered_without_gaps_and_can_be_read_from_anywhere(store: SqlJobStore, job: Walker) -> None:
    job.run_all()
    events = store.events(job.job_id)

    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert store.events(job.job_id, after=3, limit=2) == events[3:5]
    assert events[-1].data["state"] == "completed"
    assert [e.data["state"] for e in events if e.type == "job.state"] == ["accepted", "queued", "running", "completed"]


def test_progress_is_told_and_never_leaves_its_range(store: SqlJobStore, job: Walker) -> None:
    claim = job.claim("moderation.review_brief")
    store.heartbeat(claim, progress=0.5)

    (told,) = [event.data for event in store.events(job.job_id) if event.type == "step.progress"]
    assert told["progress"] == 0.5
    assert 0 < told["job_progress"] < 1
    assert store.job(job.job_id).progress == told["job_progress"]


def test_finished_work_is_found_again_by_its_inputs(store: SqlJobStore) -> None:
    assert store.memo(stage="voice.narrate", input_sha256="i") is None
    store.remember(stage="voice.narrate", input_sha256="i", sha256="one")
    store.remember(stage="voice.narrate", input_sha256="i", sha256="two")

    assert store.memo(stage="voice.narrate", input_sha256="i") == "two"
    assert store.memo(stage="assets.select", input_sha256="i") is None


def in_parallel(count: int, work: Any) -> list[Any]:
    """Call `work(n)` in `count` threads that start together."""
    results: list[Any] = [None] * count
    errors: list[BaseException] = []
    gate = threading.Barrier(count)

    def run(n: int) -> None:
        try:
            gate.wait()
            results[n] = work(n)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results
