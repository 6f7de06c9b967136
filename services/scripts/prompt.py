"""The messages of a request. What never changes comes first and the brief last, so that servers find the start in their prefix cache.

The brief goes in as JSON between marks, cleaned of control tokens, and the rules call it material: an instruction inside it is text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from libs.common import documents
from libs.common.media.brief import Brief, Language
from libs.common.media.storyboard import Check, Scene
from services.scripts import speech
from services.scripts.facts import Grounds, grounds_of
from services.scripts.llm.base import Message
from services.scripts.plan import Plan, Slot, make_plan

VERSION = "v1"
_UNITS = {Language.zh: "字", Language.en: "words"}


def messages(grounds: Grounds, plan: Plan, written: Sequence[Scene], complaints: Sequence[Check] = ()) -> list[Message]:
    """Ask for the scenes from `len(written)` on; `complaints` are about the first of them, as an earlier answer had it."""
    head = [Message("system", f"{_text(f'system.{grounds.language.value}.txt')}\n{_text(_scenario(grounds))}")]
    for example in _examples(grounds.language):
        head += [Message("user", example[0]), Message("assistant", example[1])]
    return [*head, Message("user", _request(grounds, plan, written, complaints))]


def _request(grounds: Grounds, plan: Plan, written: Sequence[Scene], complaints: Sequence[Check]) -> str:
    parts = ["BRIEF", _json(_brief(grounds)), "OUTLINE", _json([_slot(slot, grounds) for slot in plan.slots[len(written) :]])]
    if written:
        parts += ["ALREADY WRITTEN", _json([{"role": scene.role.value, "narration": scene.narration} for scene in written])]
    if complaints:
        found = [{"scene": check.scene, "check": check.code, "problem": check.detail} for check in complaints]
        parts += ["YOUR LAST ANSWER WAS REFUSED", _json(found)]
    return "\n".join(parts)


def _brief(grounds: Grounds) -> dict[str, Any]:
    return {
        "subject": grounds.name,
        "category": grounds.category,
        "audience": grounds.audience,
        "language": grounds.language.value,
        "scenario": grounds.scenario.value,
        "tone": grounds.tone.value,
        "facts": [{"id": fact.id, "kind": fact.kind, "text": fact.text} for fact in grounds.facts],
        "forbidden": list(grounds.banned),
    }


def _slot(slot: Slot, grounds: Grounds) -> dict[str, Any]:
    units = float(speech.budget_units(slot.target_s, grounds.language))
    return {
        "scene": slot.index,
        "role": slot.role.value,
        "seconds": float(slot.target_s),
        "length": f"{round(units * 0.85)}-{round(units * 1.1)} {_UNITS[grounds.language]}",
        "must_tell": list(slot.facts),
    }


@cache
def _examples(language: Language) -> tuple[tuple[str, str], ...]:
    """`(request, answer)` of worked examples, in the very form of a real request."""
    found = []
    for example in example_scripts(language):
        brief, scenes = example
        grounds = grounds_of(brief)
        found.append((_request(grounds, make_plan(grounds), (), ()), json.dumps({"scenes": scenes}, ensure_ascii=False)))
    return tuple(found)


def example_scripts(language: Language) -> list[tuple[Brief, list[dict[str, Any]]]]:
    """The worked examples of the prompt: briefs and the scenes that answer them."""
    raw = json.loads(_text(f"examples.{language.value}.json"))
    return [(documents.load(Brief, _document(example["brief"])), example["scenes"]) for example in raw]


def _document(brief: dict[str, Any]) -> bytes:
    return json.dumps({"schema": "Brief", "version": documents.VERSIONS[Brief], "body": brief}).encode()


def _scenario(grounds: Grounds) -> str:
    return f"{grounds.scenario.value}.{grounds.language.value}.txt"


@cache
def _text(name: str) -> str:
    return files("services.scripts.prompts").joinpath(VERSION, name).read_text(encoding="utf-8").strip()


def _json(value: object) -> str:
    return "<<<\n" + json.dumps(value, ensure_ascii=False) + "\n>>>"
