"""Colours are shown as they were meant, whatever the source called them, and gradients keep their levels."""

from __future__ import annotations

import numpy as np
import pytest

from bench.colour import FRAMES, ciede2000, dark_gradient, errors, film, shown, steps, still, to_yuv
from bench.colour import chart as drawn_chart


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_colour_difference_is_the_published_one(one, other, difference) -> None:
    """Sharma, Wu and Dalal, 2005, table 1."""
    assert float(ciede2000(np.array(one), np.array(other))) == pytest.approx(difference, abs=1e-4)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(lambda: still(drawn_chart()), id="still"),
        pytest.param(lambda: film("BT.709"), id="film"),
        pytest.param(lambda: film("BT.601", full=True), id="film in BT.601 and full range"),
    ],
)
def test_patches_keep_their_colour_through_the_whole_chain(drawing, source) -> None:
    found = errors(shown(source(), drawing)[FRAMES // 2])

    assert float(found.max()) < 2
    assert float(found.mean()) < 0.5


def test_a_dark_gradient_keeps_its_levels(drawing) -> None:
    gradient = dark_gradient()
    levels, widest = steps(to_yuv(gradient.astype(float), "BT.709", full=False)[:, :, 0])

    for frame in shown(still(gradient), drawing):
        found, wide = steps(frame[:, :, 0])
        assert found >= levels - 1
        assert wide <= widest + 4
