"""Composition root of the step workers."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from libs.common.blobs.base import BlobStore
from libs.common.runtime.context import StepBinding
from libs.common.runtime.fingerprint import source_fingerprint
from services.scripts.llm.openai import OpenAIModel
from services.scripts.prompt import VERSION
from services.scripts.settings import ScriptsSettings
from services.scripts.template.compose import GENERATOR
from services.scripts.write import ModelWriter, write


def build_writer(settings: ScriptsSettings) -> ModelWriter | None:
    """The model of the settings; None where there is none."""
    if settings.llm_url is None:
        return None
    model = OpenAIModel(
        settings.llm_url,
        settings.llm_model,
        token=settings.llm_key.get_secret_value() if settings.llm_key else None,
        ca=settings.llm_ca,
        temperature=settings.llm_temperature,
        stall_s=settings.llm_stall_s,
        attempts=settings.llm_attempts,
    )
    return ModelWriter(model=model, deadline_s=settings.llm_deadline_s)


def build_steps(settings: ScriptsSettings, *, blobs: BlobStore) -> dict[str, StepBinding]:
    """Stage name to binding; scripts read and write no blobs. Another model, prompt, line or rule makes old scripts void."""
    writer = build_writer(settings)
    template = f"{GENERATOR} {source_fingerprint(Path(__file__).parent)}"
    salt = template if writer is None else f"{writer.model.identity} {VERSION} {settings.llm_temperature} {template}"
    return {"scripts.write": StepBinding(work=partial(write, writer=writer), salt=lambda: salt)}
