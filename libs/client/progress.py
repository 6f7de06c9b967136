"""A job on the screen: one bar a stage while it runs; one line a finished stage where the output is no terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from libs.client.models import JobDetail, Step

STAGES = {
    "moderation.review_brief": "review of the brief",
    "scripts.write": "script",
    "moderation.review_scene": "review of the script",
    "voice.narrate": "voice",
    "assets.select": "footage",
    "composition.cut": "cut",
    "composition.render": "picture",
    "composition.mix": "sound",
    "encoding.assemble": "join",
    "moderation.review_video": "review of the video",
    "encoding.encode": "renditions",
    "encoding.publish": "publication",
    "moderation.review_edit": "review of the edit",
    "assets.resolve": "media",
    "composition.arrange": "arrangement",
    "composition.lay_sound": "sounds",
    "composition.mix_edit": "mix",
    "encoding.assemble_edit": "join",
    "moderation.review_edited": "review of the video",
    "encoding.encode_edit": "renditions",
    "encoding.publish_edit": "publication",
}


class Shown(Protocol):
    def show(self, job: JobDetail) -> None: ...


@contextmanager
def job_progress(console: Console, *, quiet: bool) -> Iterator[Shown]:
    if quiet:
        yield _Nothing()
    elif console.is_terminal:
        with Progress(
            TextColumn("{task.description:<20}"), BarColumn(), TextColumn("{task.fields[count]}"), TimeElapsedColumn(), console=console
        ) as bars:
            yield _Bars(bars)
    else:
        yield _Lines(console)


def stage_rows(job: JobDetail) -> Iterator[tuple[str, list[Step]]]:
    """The stages that have steps, in the order of the job's pipeline."""
    for stage in dict.fromkeys(step["stage"] for step in job["steps"] if step["stage"] in STAGES):
        if steps := [step for step in job["steps"] if step["stage"] == stage]:
            yield stage, steps


class _Nothing:
    def show(self, job: JobDetail) -> None:
        return


@dataclass(slots=True)
class _Bars:
    bars: Progress
    tasks: dict[str, TaskID] = field(default_factory=dict)

    def show(self, job: JobDetail) -> None:
        for stage, steps in stage_rows(job):
            if all(step["state"] == "blocked" for step in steps) and stage not in self.tasks:
                continue
            if stage not in self.tasks:
                self.tasks[stage] = self.bars.add_task(STAGES[stage], total=1.0, count="")
            done = sum(step["state"] == "done" for step in steps)
            parts = sum(1.0 if step["state"] == "done" else step["progress"] for step in steps)
            self.bars.update(self.tasks[stage], completed=parts, total=float(len(steps)), count=f"{done}/{len(steps)}")


@dataclass(slots=True)
class _Lines:
    console: Console
    told: set[str] = field(default_factory=set)

    def show(self, job: JobDetail) -> None:
        for stage, steps in stage_rows(job):
            if stage not in self.told and all(step["state"] == "done" for step in steps) and _is_whole(stage, job):
                self.told.add(stage)
                reused = sum(step["reused"] for step in steps)
                taken = f", {reused} from before" if reused else ""
                self.console.print(f"{STAGES[stage]}: {len(steps)} done{taken}")


def _is_whole(stage: str, job: JobDetail) -> bool:
    """Scenes come one by one while the script is written or the edit arranged: a stage of scenes is whole when that is."""
    return all(step["state"] == "done" for step in job["steps"] if step["stage"] in ("scripts.write", "composition.arrange"))
