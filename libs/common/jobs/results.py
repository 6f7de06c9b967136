"""What a step leaves behind: documents handed out on the way, and the result, which counts once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select

from libs.common.jobs.base import Claim, JobError, JobState, StepRef, StepState
from libs.common.jobs.claims import held
from libs.common.jobs.locked import LockedJob
from libs.common.jobs.rows import KINDS, upsert
from libs.common.jobs.schema import document, step
from libs.common.jobs.staleness import stale_steps
from libs.common.media.errors import Defect
from libs.common.pipeline import SCOPES, STAGES, Scope


def emit(connection: Connection, claim: Claim, *, kind: str, key: str, sha256: str) -> tuple[StepRef, ...]:
    emits = STAGES[claim.ref.stage].emits
    if emits is None or emits.__name__ != kind:
        raise Defect(f"{claim.ref.stage} emits no {kind}", code="step.wrong_document")
    locked = held(connection, claim)
    here = (document.c.job_id == locked.id, document.c.kind == kind, document.c.key == key)
    before = connection.execute(select(document.c.sha256).where(*here)).scalar()
    if before == sha256:
        return ()
    _write(locked, kind, key, sha256)
    if before is None:
        locked.add_steps(Scope.scene, (key,), first=int(key))
    else:
        _set_back(locked, emits, key)
    locked.record("scene.written", scene=int(key), rewritten=before is not None)
    return locked.open_steps()


def finish(
    connection: Connection, claim: Claim, *, kind: str, sha256: str, reused: bool, stats: dict[str, Any], scenes: int | None
) -> tuple[StepRef, ...]:
    locked = held(connection, claim)
    _done(locked, claim, kind=kind, sha256=sha256, reused=reused, stats=stats)
    if scenes is not None:
        _close_scenes(locked, scenes)
    ready = locked.open_steps()
    locked.measure()
    locked.settle()
    return ready


def hold(connection: Connection, claim: Claim, *, kind: str, sha256: str, stats: dict[str, Any]) -> None:
    locked = held(connection, claim)
    _done(locked, claim, kind=kind, sha256=sha256, reused=False, stats=stats)
    locked.ask_for_review(pending=True)
    if locked.cancel_requested:
        locked.settle()
        return
    if locked.state is not JobState.awaiting_review:
        locked.move(JobState.awaiting_review, step=claim.ref.name)
    locked.open_steps()
    locked.measure()


def reject(connection: Connection, claim: Claim, *, kind: str, sha256: str, error: JobError) -> None:
    locked = held(connection, claim)
    _done(locked, claim, kind=kind, sha256=sha256, reused=False, stats={})
    locked.move(JobState.rejected, error=error)


def _done(locked: LockedJob, claim: Claim, *, kind: str, sha256: str, reused: bool, stats: dict[str, Any]) -> None:
    ref = claim.ref
    if STAGES[ref.stage].writes.__name__ != kind:
        raise Defect(f"{ref.stage} writes no {kind}", code="step.wrong_document")
    _write(locked, kind, ref.key, sha256)
    ended = {"finished_at": locked.now, "lease_until": None, "error_code": None, "error_detail": None}
    told = {"reused": reused, "stats": stats}
    locked.move_step(ref.stage, ref.key, StepState.done, told=told, progress=1.0, **told, **ended)


def _write(locked: LockedJob, kind: str, key: str, sha256: str) -> None:
    row = {"job_id": locked.id, "kind": kind, "key": key, "sha256": sha256, "created_at": locked.now}
    upsert(locked.connection, document, row)


def _set_back(locked: LockedJob, kind: type, key: str) -> None:
    """Another document lies where one was read already: take back all that was made from it."""
    rows = {(row.stage, row.key): row for row in locked.steps()}
    for stage, at in stale_steps((kind, key), rows, scenes=locked.scenes, presets=locked.presets):
        row = rows[stage, at]
        locked.forget_document(STAGES[stage].writes, at)
        if row.state != StepState.blocked:
            afresh = {"attempt": 0, "fence": row.fence + 1, "progress": 0.0, "reused": False, "stats": {}}
            nothing = dict.fromkeys(("owner", "lease_until", "started_at", "finished_at", "error_code", "error_detail"))
            locked.move_step(stage, at, StepState.blocked, **afresh, **nothing)


def _close_scenes(locked: LockedJob, scenes: int) -> None:
    """An earlier attempt may have written more scenes than the one that counts: those go."""
    handed_out = {int(row.key) for row in locked.steps() if STAGES[row.stage].scope is Scope.scene}
    if not handed_out >= set(range(scenes)):
        raise Defect(f"{scenes} scenes, but only {sorted(handed_out)} were handed out", code="step.scenes_missing")
    locked.scenes = scenes
    locked.change(scenes=scenes)
    surplus = [str(index) for index in sorted(handed_out) if index >= scenes]
    if surplus:
        of_scene = [kind for kind, found in KINDS.items() if SCOPES[found] is Scope.scene]
        stages = [name for name, stage in STAGES.items() if stage.scope is Scope.scene]
        lost_documents = (document.c.job_id == locked.id, document.c.kind.in_(of_scene), document.c.key.in_(surplus))
        lost_steps = (step.c.job_id == locked.id, step.c.stage.in_(stages), step.c.key.in_(surplus))
        locked.connection.execute(delete(document).where(*lost_documents))
        locked.connection.execute(delete(step).where(*lost_steps))
