"""`scripts.write`: a brief becomes scenes, each handed out as soon as it stands, and the storyboard that closes them.

With a model: an answer that is no such JSON is asked for again with another seed, a scene that fails a check goes back once with what
was wrong, and then the template finishes what the model has begun; the storyboard says so. Without one, the template writes it all.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field

from libs.common.media.brief import Brief
from libs.common.media.errors import Defect, DomainError, Rejected, Unavailable
from libs.common.media.review import BriefReview, Decision
from libs.common.media.storyboard import Check, Scene, Storyboard
from libs.common.runtime.context import StepContext
from services.scripts.ask import ask
from services.scripts.check import check_scene, check_script, failures
from services.scripts.checks.draft import Draft
from services.scripts.facts import Grounds, grounds_of
from services.scripts.llm.base import WORTH_ANOTHER, ChatModel
from services.scripts.plan import Plan, make_plan
from services.scripts.template.compose import GENERATOR, compose
from services.scripts.usable import unusable_facts

_LEAST_LEFT_S = 2.0
"""With less time than this another request is not worth beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelWriter:
    """A model and how long it may take for one script, all attempts together."""

    model: ChatModel
    deadline_s: float


class _Refused(Exception):
    """A scene failed its checks."""

    def __init__(self, found: tuple[Check, ...]) -> None:
        super().__init__(found[0].detail)
        self.found = found


@dataclass(slots=True)
class _Script:
    """The scenes that are out. What is out stays."""

    grounds: Grounds
    plan: Plan
    context: StepContext
    scenes: list[Scene] = field(default_factory=list)

    def add(self, scene: Scene) -> None:
        self.scenes.append(scene)
        self.context.emit(scene, str(scene.index))
        self.context.progress(len(self.scenes) / len(self.plan.slots))

    def add_checked(self, scene: Scene) -> None:
        found = failures(check_scene(Draft(self.grounds, self.plan, [*self.scenes, scene]), len(self.scenes)))
        if found:
            raise _Refused(found)
        self.add(scene)

    @property
    def complete(self) -> bool:
        return len(self.scenes) == len(self.plan.slots)

    def alive(self) -> None:
        self.context.progress(len(self.scenes) / len(self.plan.slots))


def write(brief: Brief, review: BriefReview, *, writer: ModelWriter | None, context: StepContext) -> Storyboard:
    """Scenes through `context.emit(scene, str(index))`, then the storyboard.

    Raises Rejected where the review blocks the brief, and InvalidInput where the brief contradicts itself or its length.
    """
    if review.decision is Decision.block:
        raise Rejected("the brief was blocked", code="brief.blocked")
    grounds = grounds_of(brief)
    unusable = unusable_facts(brief, review, grounds)
    plan = make_plan(grounds, unusable=unusable)
    script = _Script(grounds, plan, context)
    reason, asked = ("", 0) if writer is None else _dictate(writer, script)
    by_model = len(script.scenes)
    if not script.complete:
        for scene in compose(grounds, plan, script.scenes):
            script.add(scene)
    checks = check_script(Draft(grounds, plan, script.scenes))
    context.note(
        scenes=len(script.scenes),
        scenes_by_model=by_model,
        requests=asked,
        facts_left_out=unusable,
        facts_over_length=[fact for fact in plan.dropped if fact not in unusable],
        failed_checks=[check.code for check in failures(checks)],
    )
    return Storyboard(
        title=grounds.name,
        language=grounds.language,
        scenario=grounds.scenario,
        scenes=tuple(script.scenes),
        facts=grounds.facts,
        generator=_generator(writer, by_model, len(script.scenes)),
        degraded=writer is not None and by_model < len(script.scenes),
        degraded_reason=reason,
        checks=checks,
    )


def _dictate(writer: ModelWriter, script: _Script) -> tuple[str, int]:
    """Let the model write. Returns why it did not finish, empty where it did, and how many requests it took."""
    ends_at = time.monotonic() + writer.deadline_s
    asked, reseeds, repairs = 0, 1, 1
    complaints: tuple[Check, ...] = ()
    while True:
        left_s = ends_at - time.monotonic()
        if left_s < _LEAST_LEFT_S and asked:
            return "llm.timeout: not done in time", asked
        asked += 1
        try:
            with closing(_asked(writer, script, asked, left_s, complaints)) as scenes:
                for scene in scenes:
                    script.add_checked(scene)
            return "", asked
        except _Refused as refused:
            reason, complaints = f"check: {refused.found[0].code}: {refused.found[0].detail}", refused.found
            repairs -= 1
            if repairs < 0:
                return reason, asked
        except (Unavailable, Defect) as error:
            if not error.code.startswith("llm."):
                raise
            reseeds -= 1
            if script.complete or error.code not in WORTH_ANOTHER or reseeds < 0:
                return "" if script.complete else _reason(error), asked


def _asked(
    writer: ModelWriter, script: _Script, attempt: int, left_s: float, complaints: tuple[Check, ...]
) -> Generator[Scene, None, None]:
    return ask(
        writer.model,
        script.grounds,
        script.plan,
        tuple(script.scenes),
        seed=(script.grounds.seed + 7919 * (attempt - 1)) % 2**31,
        deadline_s=left_s,
        complaints=complaints,
        alive=script.alive,
    )


def _reason(error: DomainError) -> str:
    return f"{error.code}: {error.detail}"


def _generator(writer: ModelWriter | None, by_model: int, scenes: int) -> str:
    if writer is None or by_model == 0:
        return GENERATOR
    return writer.model.identity if by_model == scenes else f"{writer.model.identity}+{GENERATOR}"
