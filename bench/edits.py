"""The standard timeline as an edit, and a house that renders edits through the real steps: claim, look for earlier work, run, record."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from bench.standard import BLURRED, FORMER_PRICE, IN_POINT, OVERLAP, PRICE, PRICE_SHOT, PRICE_START, SHOT_FRAMES, logo_png, sound, standard
from libs.common.blobs.base import BlobStore, store_content, store_document
from libs.common.jobs.base import JobState, StepRef
from libs.common.jobs.sql import SqlJobStore
from libs.common.media.brief import ImageRef
from libs.common.media.captions import Caption
from libs.common.media.edit import (
    CaptionTrack,
    Drawn,
    MusicBed,
    Phrase,
    PictureSource,
    SoundClip,
    SoundRole,
    SoundSource,
    TimedWord,
    Timeline,
    Track,
    TrackClip,
    TransitionIn,
)
from libs.common.media.timeline import Cut, Fit, OverlayKind
from libs.common.runtime.context import StepBinding
from libs.common.runtime.doorbell import SilentDoorbell
from libs.common.runtime.steps import run_step
from libs.common.runtime.stores import open_blobs, open_jobs
from services.assets.library import FixedLibrary
from services.assets.steps import build_steps as build_assets_steps
from services.composition.music import STYLES
from services.composition.settings import CompositionSettings
from services.composition.steps import build_steps as build_composition_steps
from services.encoding.settings import EncodingSettings
from services.encoding.steps import build_steps as build_encoding_steps
from services.moderation.settings import ModerationSettings
from services.moderation.steps import build_steps as build_moderation_steps
from services.standalone.folder import DataFolder

FPS = 30
STEP_FRAMES = SHOT_FRAMES - OVERLAP
TENANT = "bench"


@dataclass(slots=True)
class Ran:
    """One job, from submission to the finished files."""

    cpu_s: float
    """Of the whole process, the stores' work included."""
    renders: Counter[bool] = field(default_factory=Counter)
    """How many segments were rendered (False) and how many taken from before (True)."""
    stages: Counter[str] = field(default_factory=Counter)
    """CPU seconds of each stage that was run, as its steps noted them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    jobs: SqlJobStore
    blobs: BlobStore
    bindings: dict[str, StepBinding]

    def run(self, edit: Timeline) -> Ran:
        """All steps of the edit, one after the other in this process."""
        begun_s = time.process_time()
        root = store_document(self.blobs, edit)
        job = self.jobs.submit(tenant=TENANT, root=Timeline, root_sha256=root, title=edit.title, presets=edit.renditions).job
        while refs := self.jobs.ready(limit=1):
            self._step(refs[0])
        ran = Ran(time.process_time() - begun_s)
        ended = self.jobs.job(job.id)
        if ended.state is not JobState.completed:
            raise SystemExit(f"{edit.title}: {ended.state}, {ended.error}")
        for step in self.jobs.steps(job.id):
            if step.stage == "composition.render":
                ran.renders[step.reused] += 1
            if not step.reused:
                ran.stages[step.stage] += step.stats.get("cpu_s", 0.0)
        return ran

    def _step(self, ref: StepRef) -> None:
        run_step(
            ref, jobs=self.jobs, blobs=self.blobs, bindings=self.bindings, owner="bench", doorbell=SilentDoorbell(), lease_s=600, alone=True
        )


@contextmanager
def open_house(folder: Path) -> Iterator[House]:
    """Stores as the all-in-one mode has them: SQLite and sealed files."""
    data = DataFolder(folder)
    jobs, blobs = open_jobs(data.database), open_blobs(data.storage)
    bindings = {
        **build_moderation_steps(ModerationSettings(), blobs=blobs),
        **build_assets_steps(blobs=blobs, library=FixedLibrary()),
        **build_composition_steps(CompositionSettings(), blobs=blobs),
        **build_encoding_steps(EncodingSettings(), blobs=blobs),
    }
    try:
        yield House(jobs=jobs, blobs=blobs, bindings=bindings)
    finally:
        jobs.close()


def standard_edit(blobs: BlobStore, preset: str) -> Timeline:
    """The standard timeline in the size of `preset`: one clip a shot, everything else laid over them; voice and music."""
    cuts = standard(blobs)
    voices = sound(blobs, cuts).utterances
    logo = store_content(blobs, "uploads", logo_png(), "png")
    length = _s(sum(cut.length for cut in cuts))
    tag = _s(PRICE_SHOT * STEP_FRAMES + PRICE_START)
    return Timeline(
        title="The standard timeline",
        presets=(preset,),
        tracks=(Track(clips=tuple(_clip(cut) for cut in cuts)),),
        captions=CaptionTrack(phrases=tuple(_phrase(caption, cut) for cut in cuts for caption in cut.captions)),
        overlays=(
            Drawn(kind=OverlayKind.logo, start=Fraction(0), length=length, image=ImageRef(upload=logo.key)),
            Drawn(
                kind=OverlayKind.price_tag,
                start=tag,
                length=_s(STEP_FRAMES - PRICE_START),
                text=PRICE,
                subtext=FORMER_PRICE,
            ),
        ),
        sounds=(
            *(
                SoundClip(media=SoundSource(stored=voice.audio.key), start=_s(number * STEP_FRAMES), role=SoundRole.voice)
                for number, voice in enumerate(voices)
            ),
            SoundClip(media=SoundSource(music=MusicBed(style=next(iter(STYLES)), seed=1)), role=SoundRole.music),
        ),
    )


def _clip(cut: Cut) -> TrackClip:
    (clip,) = cut.clips
    assert clip.media.blob is not None
    return TrackClip(
        media=PictureSource(stored=clip.media.blob.key),
        start=_s(cut.scene * STEP_FRAMES),
        length=_s(cut.length),
        source_in=_s(IN_POINT),
        fit=Fit.blur if cut.scene in BLURRED else Fit.fill,
        motion=clip.motion,
        effects=clip.effects,
        transition=None if cut.transition is None else TransitionIn(name=cut.transition.name, length=_s(OVERLAP)),
    )


def _phrase(caption: Caption, cut: Cut) -> Phrase:
    at = cut.scene * STEP_FRAMES
    words = tuple(TimedWord(text=word.text, start=_s(at + word.start), length=_s(word.length)) for word in caption.words)
    return Phrase(start=_s(at + caption.start), length=_s(caption.length), words=words)


def _s(frames: int) -> Fraction:
    return Fraction(frames, FPS)
