"""Each scene can be spoken in its time, and the whole keeps within a tenth of the length that was asked for."""

from __future__ import annotations

from fractions import Fraction

from services.scripts import speech
from services.scripts.checks.draft import Draft

SCENE_MOST, SCENE_LEAST = Fraction(13, 10), Fraction(7, 10)
"""Of a scene's time: the voice evens out this much by its pace and by breath."""
SLACK_S = Fraction(3, 5)
"""Short scenes may be off by a syllable or two."""
DRIFT = Fraction(1, 10)


def scene(draft: Draft, index: int) -> str:
    found = draft.scenes[index]
    needed = speech.seconds(found.narration, draft.grounds.language)
    if needed > found.target_s * SCENE_MOST + SLACK_S:
        return f"takes {float(needed):.1f} s to say, has {float(found.target_s):.1f} s"
    if needed < found.target_s * SCENE_LEAST - SLACK_S:
        return f"takes only {float(needed):.1f} s to say, has {float(found.target_s):.1f} s"
    drift = sum((_needed(draft, i) - draft.scenes[i].target_s for i in range(index + 1)), Fraction(0))
    if abs(drift) > max(draft.plan.length_s * DRIFT, SLACK_S * 2):
        return f"the script so far is {float(drift):+.1f} s off its time"
    return ""


def script(draft: Draft) -> str:
    total = sum((found.target_s for found in draft.scenes), Fraction(0))
    said = sum((_needed(draft, i) for i in range(len(draft.scenes))), Fraction(0))
    if total != draft.plan.length_s:
        return f"scenes add up to {float(total):.1f} s, not {float(draft.plan.length_s):.1f} s"
    if abs(said - draft.plan.length_s) > draft.plan.length_s * DRIFT:
        return f"takes {float(said):.1f} s to say, should take {float(draft.plan.length_s):.1f} s"
    return ""


def _needed(draft: Draft, index: int) -> Fraction:
    return speech.seconds(draft.scenes[index].narration, draft.grounds.language)
