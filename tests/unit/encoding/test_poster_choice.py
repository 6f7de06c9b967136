from collections.abc import Callable

import numpy as np

from libs.common.media.timeline import Cut
from services.encoding.poster import score, transition_frames

RNG = np.random.default_rng(1)
DETAIL = RNG.integers(60, 180, (120, 80)).astype(np.uint8)


def test_a_sharp_picture_beats_a_blurred_one():
    blurred = DETAIL.reshape(30, 4, 20, 4).mean(axis=(1, 3)).repeat(4, 0).repeat(4, 1).astype(np.uint8)

    assert score(DETAIL) > score(blurred)


def test_a_lit_picture_beats_a_dark_and_a_washed_out_one():
    dark, bright = (np.clip(DETAIL.astype(int) + shift, 0, 255).astype(np.uint8) for shift in (-110, 120))

    assert score(DETAIL) > score(dark)
    assert score(DETAIL) > score(bright)


def test_frames_of_transitions_are_known(make_cut: Callable[..., Cut]):
    assert transition_frames((make_cut(0, 31), make_cut(1, 40))) == frozenset(range(31, 43))
