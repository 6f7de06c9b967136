"""Composition root of the sound: `composition.spot`, `composition.mix` and their kin for edits."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from libs.common.blobs.base import BlobStore
from libs.common.runtime.context import StepBinding
from libs.common.runtime.fingerprint import source_fingerprint
from services.composition.arrange_sound import lay_sound
from services.composition.mix import mix
from services.composition.mix_edit import mix_edit
from services.composition.sound.settings import SoundSettings
from services.composition.spot import spot


def build_sound_steps(settings: SoundSettings | None = None, *, blobs: BlobStore) -> dict[str, StepBinding]:
    """Stage name to binding. Settings and code decide the sound, so both are part of the key under which a soundtrack is found again."""
    sound = settings or SoundSettings()
    salt = f"{source_fingerprint(Path(__file__).parent)} {sound.model_dump_json()}"
    return {
        "composition.spot": StepBinding(work=spot, salt=lambda: salt),
        "composition.mix": StepBinding(work=partial(mix, blobs=blobs, settings=sound), salt=lambda: salt),
        "composition.lay_sound": StepBinding(work=lay_sound, salt=lambda: salt),
        "composition.mix_edit": StepBinding(work=partial(mix_edit, blobs=blobs, settings=sound), salt=lambda: salt),
    }
