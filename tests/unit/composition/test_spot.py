"""Which sounds mark what is seen."""

from __future__ import annotations

from services.composition.sound.effects import CATALOGUE as SOUNDS
from services.composition.spot import OF_OVERLAYS, QUIET_TRANSITIONS
from services.composition.transitions import CATALOGUE as TRANSITIONS


def test_every_quiet_transition_is_one_of_the_catalogue():
    assert set(TRANSITIONS) >= QUIET_TRANSITIONS


def test_every_cue_has_a_sound():
    assert set(SOUNDS) >= {*OF_OVERLAYS.values(), "whoosh", "tick"}
