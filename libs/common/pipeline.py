"""The pipeline is data: which step reads and writes which document, and which steps are ready now."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from libs.common.media.brief import Brief
from libs.common.media.edit import Arrangement, SoundPlan, Sources, Timeline
from libs.common.media.footage import Footage
from libs.common.media.music import CueSheet, MusicChoice
from libs.common.media.render import Master, Segment
from libs.common.media.rendition import Publication, Rendition
from libs.common.media.review import BriefReview, EditReview, SceneReview, VideoReview
from libs.common.media.sound import Soundtrack, Utterance
from libs.common.media.storyboard import Scene, Storyboard
from libs.common.media.timeline import Cut


class Scope(StrEnum):
    """How many of a thing a job has."""

    job = "job"
    """One; its key is the empty string."""
    scene = "scene"
    """One a scene; the key is the scene's index in decimal."""
    rendition = "rendition"
    """One a rendition; the key is the preset's name."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The document of the scene before; there is none for scene 0."""

    kind: type


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    name: str
    """`<service>.<verb>`."""
    scope: Scope = Scope.job
    reads: tuple[type | Previous, ...]
    """In the order of the work function's arguments. A document of the same scope is the one with the same key; one of job scope is
    the only one; where a job-scoped stage reads a scene- or rendition-scoped document it gets all, as a tuple in order."""
    writes: type
    emits: type | None = None
    """A scene-scoped document that the step hands out one by one while it runs; `writes` then closes the list in its field `lists`."""
    lists: str = "scenes"
    queue: str
    """Named for the resource it needs."""
    version: int = 1
    """Counts up when the same inputs give another result: what was made before is then made again."""
    reuse: bool = True
    """Whether a result may be taken over from an earlier job with equal inputs."""
    budget_s: int = 600
    """A step that runs longer is given up."""


RENDER = Stage(
    name="composition.render",
    scope=Scope.scene,
    reads=(Cut,),
    writes=Segment,
    queue="gpu.compose",
)

PIPELINE = (
    Stage(name="moderation.review_brief", reads=(Brief,), writes=BriefReview, queue="cpu.text"),
    Stage(name="assets.choose_music", reads=(Brief,), writes=MusicChoice, queue="io.library"),
    Stage(
        name="scripts.write",
        reads=(Brief, BriefReview),
        writes=Storyboard,
        emits=Scene,
        queue="io.llm",
    ),
    Stage(
        name="moderation.review_scene",
        scope=Scope.scene,
        reads=(Brief, Scene),
        writes=SceneReview,
        queue="cpu.text",
    ),
    Stage(
        name="voice.narrate",
        scope=Scope.scene,
        reads=(Brief, Scene, SceneReview),
        writes=Utterance,
        queue="cpu.voice",
        version=2,
    ),
    Stage(
        name="assets.select",
        scope=Scope.scene,
        reads=(Brief, Scene, Utterance, Previous(Footage)),
        writes=Footage,
        queue="io.library",
        version=2,
    ),
    Stage(
        name="composition.cut",
        scope=Scope.scene,
        reads=(Brief, MusicChoice, Scene, Utterance, Footage, Previous(Cut)),
        writes=Cut,
        queue="cpu.text",
    ),
    RENDER,
    Stage(name="composition.spot", reads=(Brief, Cut), writes=CueSheet, queue="cpu.text"),
    Stage(
        name="composition.mix",
        reads=(Brief, MusicChoice, CueSheet, Storyboard, Utterance),
        writes=Soundtrack,
        queue="cpu.sound",
    ),
    Stage(name="encoding.assemble", reads=(Storyboard, Segment, Soundtrack), writes=Master, queue="cpu.encode"),
    Stage(name="moderation.review_video", reads=(Brief, Master), writes=VideoReview, queue="cpu.encode"),
    Stage(
        name="encoding.encode",
        scope=Scope.rendition,
        reads=(Brief, Segment, Soundtrack, Master),
        writes=Rendition,
        queue="cpu.encode",
        version=3,
        budget_s=1_800,
    ),
    Stage(
        name="encoding.publish",
        reads=(Brief, Storyboard, Utterance, Footage, Cut, Segment, Soundtrack, Master, Rendition, VideoReview),
        writes=Publication,
        queue="cpu.encode",
        version=3,
    ),
)
"""From a brief. Order is the order of data; a job runs as wide as its inputs allow."""

EDIT_PIPELINE = (
    Stage(name="moderation.review_edit", reads=(Timeline,), writes=EditReview, queue="cpu.text"),
    Stage(name="assets.resolve", reads=(Timeline, EditReview), writes=Sources, queue="io.library", version=2),
    Stage(name="composition.arrange", reads=(Timeline, Sources), writes=Arrangement, emits=Cut, lists="cuts", queue="cpu.text", version=2),
    RENDER,
    Stage(name="composition.lay_sound", reads=(Timeline, Sources), writes=SoundPlan, queue="cpu.text", version=2),
    Stage(name="composition.mix_edit", reads=(SoundPlan,), writes=Soundtrack, queue="cpu.sound"),
    Stage(name="encoding.assemble_edit", reads=(Arrangement, Segment, Soundtrack), writes=Master, queue="cpu.encode", version=2),
    Stage(name="moderation.review_edited", reads=(Master,), writes=VideoReview, queue="cpu.encode"),
    Stage(
        name="encoding.encode_edit",
        scope=Scope.rendition,
        reads=(Segment, Soundtrack, Master),
        writes=Rendition,
        queue="cpu.encode",
        version=2,
        budget_s=1_800,
    ),
    Stage(
        name="encoding.publish_edit",
        reads=(Timeline, Sources, Arrangement, Segment, Soundtrack, Master, Rendition, VideoReview),
        writes=Publication,
        queue="cpu.encode",
    ),
)
"""From an edit: what a brief gets written, spoken, searched and cut is there already. The pieces of its picture are the scenes."""

PIPELINES: dict[type, tuple[Stage, ...]] = {Brief: PIPELINE, Timeline: EDIT_PIPELINE}
"""By the document that a job begins with, its root."""

STAGES = {stage.name: stage for pipeline in PIPELINES.values() for stage in pipeline}
QUEUES = tuple(dict.fromkeys(stage.queue for stage in STAGES.values()))

SCOPES: dict[type, Scope] = (
    dict.fromkeys(PIPELINES, Scope.job)
    | {stage.writes: stage.scope for stage in STAGES.values()}
    | {stage.emits: Scope.scene for stage in STAGES.values() if stage.emits is not None}
)
"""Scope of each document."""

Item = tuple[type, str]
"""A document of a job: its class and its key."""


@dataclass(frozen=True, slots=True)
class Needs:
    """The documents that a step reads, one tuple of items for each entry of `reads`."""

    items: tuple[tuple[Item, ...], ...]


def inputs_of(stage: Stage, key: str, *, scenes: int | None, presets: tuple[str, ...]) -> Needs | None:
    """What the step (`stage`, `key`) reads; None while the number of `scenes` is not known and it has to be."""
    found: list[tuple[Item, ...]] = []
    for read in stage.reads:
        if isinstance(read, Previous):
            found.append(() if key == "0" else ((read.kind, str(int(key) - 1)),))
        elif SCOPES[read] is Scope.job:
            found.append(((read, ""),))
        elif SCOPES[read] is stage.scope:
            found.append(((read, key),))
        elif SCOPES[read] is Scope.rendition:
            found.append(tuple((read, name) for name in presets))
        elif scenes is None:
            return None
        else:
            found.append(tuple((read, str(index)) for index in range(scenes)))
    return Needs(tuple(found))


def is_ready(stage: Stage, key: str, *, present: Set[Item], scenes: int | None, presets: tuple[str, ...]) -> bool:
    """A step is ready when its inputs exist. That is all the scheduling there is."""
    needs = inputs_of(stage, key, scenes=scenes, presets=presets)
    return needs is not None and all(item in present for items in needs.items for item in items)
