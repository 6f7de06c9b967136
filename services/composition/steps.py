"""Composition root of the step workers: cut and arrange, render, mix."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from libs.common.blobs.base import BlobStore
from libs.common.media.encoders import encoder
from libs.common.runtime.context import StepBinding
from libs.common.runtime.fingerprint import source_fingerprint
from services.composition.arrange import arrange
from services.composition.cut import cut
from services.composition.nvenc import codec_of
from services.composition.render import executor_of, render
from services.composition.settings import CompositionSettings
from services.composition.sound_steps import build_sound_steps


def picture_salt(settings: CompositionSettings) -> str:
    """What decides the pixels besides the cut."""
    return (
        f"{source_fingerprint(Path(__file__).parent)} {executor_of(settings)[0].name} {encoder(settings.encoder)!r} {codec_of(settings)[0]}"
    )


def build_steps(settings: CompositionSettings, *, blobs: BlobStore) -> dict[str, StepBinding]:
    source = source_fingerprint(Path(__file__).parent)
    return {
        "composition.cut": StepBinding(work=partial(cut, blobs=blobs), salt=lambda: source),
        "composition.arrange": StepBinding(work=arrange, salt=lambda: source),
        "composition.render": StepBinding(work=partial(render, blobs=blobs, settings=settings), salt=partial(picture_salt, settings)),
        **build_sound_steps(blobs=blobs),
    }
