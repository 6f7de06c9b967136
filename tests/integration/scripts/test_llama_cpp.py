"""The real llama.cpp server: its grammar, its stream, and its death. Random weights write nonsense in the right form."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import pytest

from libs.common.media.brief import Brief
from libs.common.media.errors import Unavailable
from libs.common.media.review import BriefReview
from libs.common.runtime.context import RecordingContext
from services.scripts.check import failures
from services.scripts.facts import grounds_of
from services.scripts.incremental import ArrayReader
from services.scripts.llm.base import Message
from services.scripts.llm.openai import OpenAIModel
from services.scripts.plan import make_plan
from services.scripts.schema import request_schema
from services.scripts.settings import ScriptsSettings
from services.scripts.steps import build_steps
from services.scripts.write import ModelWriter, write


def small_schema(brief: Brief) -> dict[str, Any]:
    """The real schema with short strings, so that random weights come to an end."""
    grounds = grounds_of(brief)
    text = json.dumps(request_schema(make_plan(grounds).slots, grounds))
    for most in (600, 160, 40, 24):
        text = text.replace(f",{most}}}$", ",12}$")
    schema: dict[str, Any] = json.loads(text)
    for scene in schema["properties"]["scenes"]["prefixItems"]:
        scene["properties"]["narration"]["pattern"] = r'^[^\x00-\x1f"\\]{1,12}$'
    return schema


def test_the_grammar_holds_and_scenes_come_out_before_the_end(llama: Any, brief: Brief) -> None:
    model = OpenAIModel(llama.url, "tiny", stall_s=120)
    reader, after = ArrayReader("scenes"), []
    pieces = 0
    for piece in model.stream([Message("user", "go")], schema=small_schema(brief), seed=5, max_tokens=1500, deadline_s=240):
        pieces += 1
        after += [pieces for _ in reader.feed(piece)]
    scenes = reader.close()["scenes"]

    assert [scene["role"] for scene in scenes] == [slot.role.value for slot in make_plan(grounds_of(brief)).slots]
    assert after[0] < pieces
    assert all(1 <= len(scene["narration"]) <= 12 for scene in scenes)
    assert all(set(scene["fact_ids"]) <= {fact.id for fact in grounds_of(brief).facts} for scene in scenes)


def test_a_token_limit_is_a_failure_not_a_short_script(llama: Any, brief: Brief) -> None:
    model = OpenAIModel(llama.url, "tiny", stall_s=120)

    with pytest.raises(Unavailable) as failed:
        list(model.stream([Message("user", "go")], schema=small_schema(brief), seed=5, max_tokens=20, deadline_s=240))

    assert failed.value.code in {"llm.truncated", "llm.interrupted"}


def test_nonsense_climbs_the_ladder_down_to_the_template(llama: Any, brief: Brief, allowed: BriefReview) -> None:
    context = RecordingContext()
    writer = ModelWriter(model=OpenAIModel(llama.url, "tiny", stall_s=120), deadline_s=300)
    storyboard = write(brief, allowed, writer=writer, context=context)

    assert storyboard.degraded
    assert storyboard.degraded_reason
    assert context.figures["requests"] >= 2
    assert failures(storyboard.checks) == ()
    assert sum(scene.target_s for scene in storyboard.scenes) == brief.length_s


def test_leaving_a_stream_frees_the_server_for_the_next(llama: Any, brief: Brief) -> None:
    model = OpenAIModel(llama.url, "tiny", stall_s=120)
    for _ in range(3):
        with closing(model.stream([Message("user", "go")], schema=small_schema(brief), seed=5, max_tokens=1500, deadline_s=240)) as pieces:
            assert next(pieces)


def test_a_server_that_dies_in_mid_sentence_leaves_a_flagged_script(doomed_llama: Any, brief: Brief, allowed: BriefReview) -> None:
    class Doomed(OpenAIModel):
        def stream(self, *args: Any, **options: Any) -> Any:
            for piece in super().stream(*args, **options):
                yield piece
                doomed_llama.kill()

    writer = ModelWriter(model=Doomed(doomed_llama.url, "tiny", stall_s=120, attempts=2), deadline_s=300)
    storyboard = write(brief, allowed, writer=writer, context=RecordingContext())

    assert storyboard.degraded
    assert storyboard.degraded_reason.startswith("llm.")
    assert storyboard.generator == "template/1"
    assert failures(storyboard.checks) == ()


def test_the_settings_build_the_step_for_a_server(llama: Any, brief: Brief, allowed: BriefReview) -> None:
    binding = build_steps(ScriptsSettings(llm_url=llama.url, llm_model="tiny", llm_deadline_s=1), blobs=None)["scripts.write"]  # type: ignore[arg-type]
    storyboard = binding.work(brief, allowed, context=RecordingContext())

    assert storyboard.degraded
    assert "tiny@127.0.0.1" in binding.salt()
