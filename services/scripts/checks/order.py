"""Roles in the order of the outline."""

from __future__ import annotations

from services.scripts.checks.draft import Draft


def scene(draft: Draft, index: int) -> str:
    found, slot = draft.scenes[index], draft.plan.slots[index]
    if found.index != index or found.role is not slot.role:
        return f"scene {found.index} is {found.role.value}, the outline has {slot.role.value} as scene {index}"
    return ""


def script(draft: Draft) -> str:
    if len(draft.scenes) != len(draft.plan.slots):
        return f"{len(draft.scenes)} scenes, the outline has {len(draft.plan.slots)}"
    return ""
