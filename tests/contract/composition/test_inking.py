"""Drawings become the same ink with and without the compiled kernel."""

import numpy as np
import pytest

from services.composition.executors import inking
from services.composition.executors.library import Library
from services.composition.planes import halve, yuv_of


@pytest.fixture
def library(kernel_library):
    return Library(kernel_library)


def drawing(height=46, width=70):
    """Premultiplied, with clear, opaque and half-clear parts."""
    rng = np.random.default_rng(5)
    alpha = np.kron(rng.choice([0, 90, 255], (height // 2, width // 2)), np.ones((2, 2))).astype(np.uint8)
    colour = rng.integers(0, 256, (height, width, 3))
    return np.dstack([(colour * alpha[:, :, None] // 255).astype(np.uint8), alpha])


def parts(patch):
    return [*patch.ink.all(), patch.keep, patch.keep_half]


def test_kernel_and_numpy_make_the_same_ink(library):
    with_border = drawing()
    inside = with_border[4:44, 2:66]
    by_kernel, by_numpy = inking._by_kernel(library, inside, 8, 6), inking._by_numpy(inside, 8, 6)
    for one, other in zip(parts(by_kernel), parts(by_numpy), strict=True):
        assert np.array_equal(one, other)


def test_ink_is_the_conversion_of_the_standard_to_within_a_rounding(library):
    rgba = drawing()
    patch = inking.ink_of(rgba, 0, 0)
    exact = yuv_of(rgba.astype(np.float32))
    assert np.abs(patch.ink.y - exact[:, :, 0]).max() <= 0.51
    assert np.abs(patch.ink.v - halve(np.ascontiguousarray(exact[:, :, 2]))).max() <= 0.51
    assert np.array_equal(patch.keep, 255 - rgba[:, :, 3])


def test_kernel_and_numpy_lay_the_same_shadow(library, monkeypatch):
    shadow = np.random.default_rng(8).integers(0, 256, (46, 70)).astype(np.uint8)
    drawn = [drawing(), drawing()]
    inking.lay_under(drawn[0], shadow, 0.7, (255, 120, 0))
    monkeypatch.setattr(Library, "loaded", None)
    inking.lay_under(drawn[1], shadow, 0.7, (255, 120, 0))
    assert np.array_equal(*drawn)
    assert not np.array_equal(drawn[0], drawing())
