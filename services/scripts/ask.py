"""Asks a model for scenes and hands each one out as it closes."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Annotated, Any

from annotated_types import Len
from pydantic import TypeAdapter, ValidationError

from libs.common.media.errors import Unavailable
from libs.common.media.storyboard import Check, Mood, Scene, SceneRole
from services.scripts.facts import Grounds
from services.scripts.incremental import ArrayReader, MalformedStream
from services.scripts.llm.base import ChatModel
from services.scripts.plan import Plan, Slot
from services.scripts.prompt import messages
from services.scripts.sanitize import clean
from services.scripts.schema import (
    KEYWORD_CHARS,
    MOST_KEYWORDS,
    QUERY_CHARS,
    TITLE_CHARS,
    TRANSITIONS,
    max_tokens,
    narration_chars,
    request_schema,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """One scene as a model writes it. What the schema bounds is bounded here again: not every server keeps to it."""

    role: SceneRole
    narration: str
    on_screen_text: Annotated[str, Len(0, TITLE_CHARS)]
    visual_query: Annotated[str, Len(1, QUERY_CHARS)]
    keywords: Annotated[tuple[Annotated[str, Len(1, KEYWORD_CHARS)], ...], Len(1, MOST_KEYWORDS)]
    fact_ids: tuple[str, ...]
    mood: Mood
    transition: str


_ANSWER = TypeAdapter(_Answer)


def ask(
    model: ChatModel,
    grounds: Grounds,
    plan: Plan,
    written: Sequence[Scene],
    *,
    seed: int,
    deadline_s: float,
    complaints: Sequence[Check] = (),
    alive: Callable[[], None] = lambda: None,
) -> Generator[Scene, None, None]:
    """The scenes from `len(written)` on, each as soon as it is complete. `alive` is called with every piece.

    Raises what the model raises, and Unavailable (`llm.garbage`) where the text is not what the schema asks for.
    """
    slots = plan.slots[len(written) :]
    reader = ArrayReader("scenes")
    count = 0
    pieces = model.stream(
        messages(grounds, plan, written, complaints),
        schema=request_schema(slots, grounds),
        seed=seed,
        max_tokens=max_tokens(slots, grounds),
        deadline_s=deadline_s,
    )
    with closing(pieces):
        for piece in pieces:
            alive()
            for raw in _fed(reader, piece):
                if count == len(slots):
                    raise Unavailable("wrote more scenes than were asked for", code="llm.garbage")
                yield _scene(raw, slots[count], grounds)
                count += 1
    _closed(reader)
    if count < len(slots):
        raise Unavailable("wrote fewer scenes than were asked for", code="llm.garbage")


def _fed(reader: ArrayReader, piece: str) -> list[dict[str, Any]]:
    try:
        return reader.feed(piece)
    except MalformedStream as error:
        raise Unavailable(f"wrote no such JSON: {error}", code="llm.garbage") from error


def _closed(reader: ArrayReader) -> None:
    try:
        reader.close()
    except MalformedStream as error:
        raise Unavailable(f"wrote no such JSON: {error}", code="llm.garbage") from error


def _scene(raw: dict[str, Any], slot: Slot, grounds: Grounds) -> Scene:
    try:
        answer = _ANSWER.validate_json(json.dumps(raw), extra="forbid")
    except (ValidationError, UnicodeEncodeError) as error:
        raise Unavailable(f"scene {slot.index} does not fit the schema", code="llm.garbage") from error
    if answer.transition not in TRANSITIONS or len(answer.narration) > narration_chars(slot, grounds):
        raise Unavailable(f"scene {slot.index} does not fit the schema", code="llm.garbage")
    return Scene(
        index=slot.index,
        role=answer.role,
        language=grounds.language,
        narration=clean(answer.narration),
        on_screen_text=clean(answer.on_screen_text),
        visual_query=clean(answer.visual_query),
        keywords=tuple(dict.fromkeys(word for keyword in answer.keywords if (word := clean(keyword)))),
        target_s=slot.target_s,
        fact_ids=tuple(dict.fromkeys(answer.fact_ids)),
        mood=answer.mood,
        transition="cut" if slot.index == 0 else answer.transition,
    )
