"""Composition root of the encoding steps."""

from __future__ import annotations

from functools import partial

from libs.common.blobs.base import BlobStore
from libs.common.media.encoders import ENCODERS
from libs.common.runtime.context import StepBinding
from services.encoding.assemble import assemble, assemble_edit
from services.encoding.encode import encode, encode_edit
from services.encoding.publish import publish
from services.encoding.publish_edit import publish_edit
from services.encoding.settings import EncodingSettings


def build_steps(settings: EncodingSettings, *, blobs: BlobStore) -> dict[str, StepBinding]:
    """Stage name to binding. What decides the bytes besides the documents is part of the key."""

    def label_salt() -> str:
        return settings.content_producer or ""

    def encoder_salt() -> str:
        return f"{settings.threads} threads {sorted(ENCODERS.values(), key=lambda preset: preset.name)!r}"

    return {
        "encoding.assemble": StepBinding(
            work=partial(assemble, blobs=blobs, content_producer=settings.content_producer),
            salt=label_salt,
        ),
        "encoding.encode": StepBinding(work=partial(encode, blobs=blobs, threads=settings.threads), salt=encoder_salt),
        "encoding.publish": StepBinding(work=partial(publish, blobs=blobs)),
        "encoding.assemble_edit": StepBinding(
            work=partial(assemble_edit, blobs=blobs, content_producer=settings.content_producer),
            salt=label_salt,
        ),
        "encoding.encode_edit": StepBinding(work=partial(encode_edit, blobs=blobs, threads=settings.threads), salt=encoder_salt),
        "encoding.publish_edit": StepBinding(work=partial(publish_edit, blobs=blobs)),
    }
