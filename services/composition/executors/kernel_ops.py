"""`Ops` of the compiled kernel: numpy's, and in C what numpy is slow at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.composition.executors.library import Library
from services.composition.filters.base import Picture, halve
from services.composition.filters.ops import NumpyOps
from services.composition.planes import KB, KG, KR

Float = NDArray[np.float32]

RED_OF_V, BLUE_OF_U = (2 - 2 * KR) / 224, (2 - 2 * KB) / 224
TO_COLOUR = np.array([1 / 219, RED_OF_V, BLUE_OF_U, -BLUE_OF_U * KB / KG, -RED_OF_V * KR / KG], np.float32)
"""R'G'B' of 0..1: red by y and v, blue by y and u, green by y, u and v (ITU-R BT.709 section 3, limited range)."""
LUMA = np.array([KR, KG, KB], np.float32)


class KernelOps(NumpyOps):
    def __init__(self, kernel: Library) -> None:
        super().__init__()
        self._kernel = kernel

    def double(self, plane: Float) -> Float:
        large = np.empty((plane.shape[0] * 2, plane.shape[1] * 2), np.float32)
        self._kernel.double(np.ascontiguousarray(plane, np.float32), large)
        return large

    def lut3d(self, picture: Picture, table: Float) -> Picture:
        """Luma at every sample, both chroma planes at theirs, each between the eight corners of its cell."""
        size, grey = table.shape[0], table @ LUMA
        u_v = np.stack(
            [(table[..., channel] - grey) * np.float32(224 / (2 - 2 * weight)) + 128 for channel, weight in ((2, KB), (0, KR))], -1
        )
        large = self._planes(picture.y, self.double(picture.u), self.double(picture.v))
        small = self._planes(halve(picture.y), picture.u, picture.v)
        y, u, v = np.empty_like(large[0]), np.empty_like(small[0]), np.empty_like(small[0])
        self._kernel.look_up(large, TO_COLOUR, _cells((grey * np.float32(219) + np.float32(16))[..., None]), size, y, None)
        self._kernel.look_up(small, TO_COLOUR, _cells(u_v), size, u, v)
        return Picture(y, u, v, picture.cover)

    @staticmethod
    def _planes(*planes: Float) -> list[Float]:
        return [np.ascontiguousarray(plane, np.float32) for plane in planes]


def _cells(values: Float) -> Float:
    """(size, size, size, n) to the four corners of each cell on its layer of blue: lower and upper red at lower green, then at upper."""
    red = np.concatenate([values[:, :, 1:], values[:, :, -1:]], axis=2)
    lower = np.concatenate([values, red], axis=3)
    upper = np.concatenate([lower[:, 1:], lower[:, -1:]], axis=1)
    return np.ascontiguousarray(np.concatenate([lower, upper], axis=3), np.float32)
