"""Composition root of the sound: `composition.mix`."""

from __future__ import annotations

from functools import partial

from libs.common.blobs.base import BlobStore
from libs.common.runtime.context import StepBinding
from services.composition.mix import mix
from services.composition.sound.settings import SoundSettings


def build_sound_steps(settings: SoundSettings | None = None, *, blobs: BlobStore) -> dict[str, StepBinding]:
    """Stage name to binding. The settings decide the sound, so they are part of the key under which a soundtrack is found again."""
    sound = settings or SoundSettings()
    return {"composition.mix": StepBinding(work=partial(mix, blobs=blobs, settings=sound), salt=sound.model_dump_json)}
