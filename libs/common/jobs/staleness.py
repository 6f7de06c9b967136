"""What an edit makes stale, to the scene: later scenes only where they read the edited one."""

from __future__ import annotations

from collections.abc import Iterable

from libs.common.pipeline import STAGES, Item, inputs_of

StepKey = tuple[str, str]
"""Stage and key."""


def stale_steps(edited: Item, steps: Iterable[StepKey], *, scenes: int | None, presets: tuple[str, ...]) -> tuple[StepKey, ...]:
    """The steps that read `edited`, directly or through others. `steps` come in the order of the pipeline, then of the key."""
    stale, found = {edited}, []
    for name, key in steps:
        stage = STAGES[name]
        needs = inputs_of(stage, key, scenes=scenes, presets=presets)
        if needs is not None and any(item in stale for items in needs.items for item in items):
            stale.add((stage.writes, key))
            found.append((name, key))
    return tuple(found)
