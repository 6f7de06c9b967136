"""Composition root of the sound: `composition.spot`, `composition.mix` and their kin for edits."""

from __future__ import annotations

from functools import partial

from libs.common.blobs.base import BlobStore
from libs.common.runtime.context import StepBinding
from services.composition.arrange_sound import lay_sound
from services.composition.mix import mix
from services.composition.mix_edit import mix_edit
from services.composition.salt import library_salt, source_salt
from services.composition.sound.settings import SoundSettings
from services.composition.spot import spot


def build_sound_steps(settings: SoundSettings | None = None, *, blobs: BlobStore) -> dict[str, StepBinding]:
    """Stage name to binding. Settings and code decide the sound, so both are part of the key under which a soundtrack is found again."""
    sound = settings or SoundSettings()
    salt = f"{source_salt()} {library_salt()} {sound.model_dump_json()}"
    return {
        "composition.spot": StepBinding(work=spot, salt=lambda: salt),
        "composition.mix": StepBinding(work=partial(mix, blobs=blobs, settings=sound), salt=lambda: salt),
        "composition.lay_sound": StepBinding(work=lay_sound, salt=lambda: salt),
        "composition.mix_edit": StepBinding(work=partial(mix_edit, blobs=blobs, settings=sound), salt=lambda: salt),
    }
