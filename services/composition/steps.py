"""Composition root of the step workers: cut and arrange, render, mix."""

from __future__ import annotations

from functools import partial

from libs.common.blobs.base import BlobStore
from libs.common.runtime.context import StepBinding
from services.composition.arrange import arrange
from services.composition.cut import cut
from services.composition.render import render
from services.composition.salt import picture_salt, source_salt
from services.composition.settings import CompositionSettings
from services.composition.sound_steps import build_sound_steps


def build_steps(settings: CompositionSettings, *, blobs: BlobStore) -> dict[str, StepBinding]:
    return {
        "composition.cut": StepBinding(work=partial(cut, blobs=blobs), salt=source_salt),
        "composition.arrange": StepBinding(work=arrange, salt=source_salt),
        "composition.render": StepBinding(work=partial(render, blobs=blobs, settings=settings), salt=partial(picture_salt, settings)),
        **build_sound_steps(blobs=blobs),
    }
