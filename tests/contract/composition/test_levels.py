"""What filters leave is laid down, and colours looked up, as numpy does it."""

import numpy as np
import pytest

from services.composition.executors import filtered
from services.composition.executors.kernel_ops import KernelOps
from services.composition.executors.library import Library
from services.composition.filters.base import Picture
from services.composition.filters.ops import NumpyOps
from services.composition.planes import Planes


def levels(width, height, covered=False):
    rng = np.random.default_rng(2)
    sides = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    planes = (rng.uniform(-20, 280, side).astype(np.float32) for side in sides)
    return Picture(*planes, rng.random((height, width)).astype(np.float32) if covered else None)


@pytest.mark.parametrize("mix", [1.0, 0.3])
@pytest.mark.parametrize("covered", [False, True])
@pytest.mark.parametrize("place", [(0, 0), (-14, 22), (40, -8)])
def test_kernel_and_numpy_lay_the_same_bytes(kernel_library, picture, monkeypatch, place, covered, mix):
    Library(kernel_library)
    laid = levels(90, 130, covered)
    first, second = (Planes(*(plane.copy() for plane in picture(100, 140).all())) for _ in range(2))
    filtered.lay_over(first, laid, *place, mix)
    monkeypatch.setattr(Library, "loaded", None)
    filtered.lay_over(second, laid, *place, mix)
    for one, other in zip(first.all(), second.all(), strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("size", [9, 17, 33])
def test_colours_are_looked_up_as_numpy_does(kernel_library, picture, size):
    side = np.linspace(0, 1, size, dtype=np.float32)
    blue, green, red = np.meshgrid(side, side, side, indexing="ij")
    table = np.stack([red**1.3, 0.8 * green + 0.2 * red, 1 - blue], -1).astype(np.float32)
    source = Picture(*(plane.astype(np.float32) for plane in picture(190, 334).all()))
    found, wanted = (ops.lut3d(source, table) for ops in (KernelOps(Library(kernel_library)), NumpyOps()))
    for one, other in ((found.y, wanted.y), (found.u, wanted.u), (found.v, wanted.v)):
        assert 10 * np.log10(255**2 / np.mean((one - other) ** 2)) >= 45
        assert np.abs(one - other).max() <= 2


def test_chroma_is_doubled_to_where_luma_lies(kernel_library):
    plane = levels(90, 130).u
    found, wanted = (ops.double(plane) for ops in (KernelOps(Library(kernel_library)), NumpyOps()))
    assert np.abs(found - wanted).max() <= 0.25
