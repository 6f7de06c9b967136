"""What must appear nowhere is neither spoken nor shown."""

from __future__ import annotations

from services.scripts.checks.draft import Draft
from services.scripts.phrases import first_said


def scene(draft: Draft, index: int) -> str:
    found = draft.scenes[index]
    hit = first_said(f"{found.narration}\n{found.on_screen_text}", draft.grounds.banned)
    return f"says what /product/must_not_say/{hit} forbids" if hit is not None else ""
