"""Views are scaled to the same bytes with and without the compiled kernel, and as OpenCV does to within a level."""

import cv2
import numpy as np
import pytest

from services.composition.executors.library import Library
from services.composition.executors.scaling import blur_taps, by_numpy, taps
from services.composition.planes import scale_plane

SIZES = {
    "grown": (118, 210),
    "grown a lot": (305, 333),
    "shrunk": (53, 61),
    "shrunk by a whole number": (47, 50),
    "shrunk to little": (17, 23),
    "wider and lower": (140, 40),
    "as it is": (94, 150),
}


def source():
    rng = np.random.default_rng(4)
    return np.asarray(cv2.resize(rng.integers(0, 256, (40, 30), dtype=np.uint8), (94, 150), interpolation=cv2.INTER_CUBIC), np.uint8)


def made(library, size):
    width, height = size
    plane, target = np.pad(source(), ((0, 0), (0, 13)))[:, :94], np.empty((height, width), np.uint8)
    axes = taps(94, width), taps(150, height)
    library.resample(plane, target, *((axis.start, axis.weight) for axis in axes))
    return target, by_numpy(plane, *axes)


@pytest.mark.parametrize("portable", [False, True])
@pytest.mark.parametrize("name", SIZES)
def test_kernel_and_numpy_scale_to_the_same_bytes(kernel_library, name, portable):
    assert np.array_equal(*made(Library(kernel_library, portable=portable), SIZES[name]))


@pytest.mark.parametrize("name", SIZES)
def test_sizes_are_made_as_opencv_makes_them(kernel_library, name):
    width, height = SIZES[name]
    if name == "wider and lower":
        half = cv2.resize(source().astype(np.float32), (94, height), interpolation=cv2.INTER_AREA)
        expected = np.clip(np.rint(cv2.resize(half, (width, height), interpolation=cv2.INTER_CUBIC)), 0, 255)
    else:
        expected = scale_plane(source(), width, height, cv2.INTER_AREA if width < 94 else cv2.INTER_CUBIC)
    found, _ = made(Library(kernel_library), SIZES[name])
    assert np.abs(found.astype(int) - expected.astype(int)).max() <= 1


@pytest.mark.parametrize("sigma", [1.3, 4.0])
def test_a_blur_is_the_same_with_and_without_the_kernel_and_as_opencv_makes_it(kernel_library, sigma):
    plane, axes, found = source(), (blur_taps(94, sigma), blur_taps(150, sigma)), []
    for portable in (False, True):
        found.append(np.empty_like(plane))
        Library(kernel_library, portable=portable).resample(plane, found[-1], *((axis.start, axis.weight) for axis in axes))
    expected = cv2.GaussianBlur(plane, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    assert np.array_equal(found[0], by_numpy(plane, *axes))
    assert np.array_equal(*found)
    assert np.abs(found[0].astype(int) - expected.astype(int)).max() <= 1
