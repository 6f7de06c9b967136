"""Every executor there is, on this machine."""

from pathlib import Path

import numpy as np
import pytest

from services.composition.executors.kernel import KernelExecutor
from services.composition.executors.library import build
from services.composition.planes import Planes


@pytest.fixture(scope="session")
def kernel_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("kernel"))


@pytest.fixture(scope="session")
def kernel(kernel_library):
    return KernelExecutor(kernel_library)


@pytest.fixture(scope="session")
def portable_kernel(kernel_library):
    return KernelExecutor(kernel_library, portable=True)


@pytest.fixture
def picture():
    """Smooth areas and edges, as footage has; made from a seed."""

    def make(width, height, seed=0):
        rng = np.random.default_rng(seed)

        def plane(w, h, low, high):
            y, x = np.mgrid[0:h, 0:w].astype(np.float32)
            waves = np.sin(x / rng.uniform(5, 30) + seed) + np.cos(y / rng.uniform(5, 30))
            edges = ((x // rng.integers(20, 60) + y // rng.integers(20, 60)) % 2) * 0.6
            level = (waves / 4 + 0.5) * 0.7 + edges * 0.4
            return np.clip(low + (high - low) * level, low, high).astype(np.uint8)

        return Planes(plane(width, height, 16, 235), plane(width // 2, height // 2, 60, 200), plane(width // 2, height // 2, 60, 200))

    return make
