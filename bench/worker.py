"""A render worker of its own process, as the house has them: what it takes is measured where nothing else runs."""

from __future__ import annotations

import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.process_tree import peak_rss_mb
from bench.standard import Sound
from libs.common.blobs.local import LocalBlobStore
from libs.common.media.music import CueSheet, MusicChoice
from libs.common.media.render import Master, Segment
from libs.common.media.timeline import Cut
from libs.common.runtime.context import RecordingContext
from services.composition.mix import mix
from services.composition.render import render
from services.composition.settings import CompositionSettings
from services.composition.sound.settings import SoundSettings
from services.encoding.assemble import assemble

STAGES = ("decode", "compose", "encode")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One scene. CPU seconds."""

    segment: Segment
    cpu_s: float
    """Of the whole process, all threads."""
    stages: dict[str, float]
    """Of the three threads."""
    wall_s: float
    peak_rss_mb: float
    """Highest resident set of the process so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """Sound and join. CPU seconds."""

    master: Master
    sound_cpu_s: float
    mux_cpu_s: float


def fresh_worker() -> ProcessPoolExecutor:
    """One process that has rendered nothing yet."""
    return ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))


def render_scene(store: Path, cut: Cut, settings: CompositionSettings) -> Rendered:
    """`composition.render`. The worker's imports lie before the clock; fonts and codecs that it opens for its first scene do not."""
    context, blobs = RecordingContext(), LocalBlobStore(store)
    begun_s, wall_s = time.process_time(), time.perf_counter()
    segment = render(cut, blobs=blobs, settings=settings, context=context)
    return Rendered(
        segment=segment,
        cpu_s=time.process_time() - begun_s,
        stages={stage: context.figures[f"{stage}_cpu_s"] for stage in STAGES},
        wall_s=time.perf_counter() - wall_s,
        peak_rss_mb=peak_rss_mb(os.getpid()),
    )


def finish(store: Path, sound: Sound, segments: tuple[Segment, ...]) -> Finished:
    """`composition.mix` and `encoding.assemble`."""
    blobs = LocalBlobStore(store)
    begun_s = time.process_time()
    track = mix(
        sound.brief,
        MusicChoice(),
        CueSheet(),
        sound.storyboard,
        sound.utterances,
        blobs=blobs,
        settings=SoundSettings(),
        context=RecordingContext(),
    )
    mixed_s = time.process_time()
    master = assemble(sound.storyboard, segments, track, blobs=blobs, content_producer=None, context=RecordingContext())
    return Finished(master=master, sound_cpu_s=mixed_s - begun_s, mux_cpu_s=time.process_time() - mixed_s)
