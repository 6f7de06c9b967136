"""The compiled kernel: built at first use, loaded, and its calls in Python's words. ctypes lets other threads run meanwhile."""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import uuid
from collections.abc import Sequence
from pathlib import Path
from struct import Struct
from typing import ClassVar

import numpy as np
import structlog
from numpy.typing import NDArray

from libs.common.documents import content_hash

SOURCES = tuple(Path(__file__).with_name(name) for name in ("kernel.c", "ink.c", "resample.c", "levels.c"))
LIBRARIES = ("-lm",)
FLAGS = ("-O3", "-ffp-contract=off", "-shared", "-fPIC")
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
_log = structlog.get_logger("reelsmith.composition")

ONE_Q15 = 32767
HEADER = Path(__file__).with_name("resample.h")
LAYER_PLANE = Struct("@P3qP3q4q3P2q")
"""`Plane` of kernel.c."""
INK_PLANE = Struct("@2P2qP3q")
"""`Ink` of kernel.c."""
RESAMPLE = Struct("@P3qPq3q2P3q2P")
"""`Resample` of resample.c."""
LAID_PLANE = Struct("@Pq2P5q")
"""`Laid` of levels.c."""
AXIS_LANES = 16
"""The tables of an axis are padded to this."""
Axis = tuple[NDArray[np.int32], NDArray[np.int16]]
"""Start of each sample, and the weights from there on: (taps, samples)."""


class NoCompiler(Exception):
    """The kernel is not built yet and cannot be built here."""


def build(cache: Path, compiler: str = "gcc") -> Path:
    """The compiled kernel, made once for each version of its source.

    The folder belongs to us alone (mode 0700), because what lies there is loaded as code. Raises NoCompiler.
    """
    source = b"".join(path.read_bytes() for path in (*SOURCES, HEADER))
    name = f"kernel-{content_hash(source + ' '.join(FLAGS).encode())[:16]}-{platform.machine()}.so"
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    if cache.stat().st_uid != os.getuid() or cache.stat().st_mode & 0o022:
        _log.warning("kernel_folder_open", folder=str(cache))
        raise NoCompiler("the folder of the compositing kernel can be written by others, so no code is loaded from it")
    built = cache / name
    if built.exists():
        return built
    partial = built.with_name(f"{name}.{uuid.uuid4().hex}")
    try:
        subprocess.run([compiler, *FLAGS, *map(str, SOURCES), "-o", str(partial), *LIBRARIES], check=True, capture_output=True, timeout=120)
    except (OSError, subprocess.SubprocessError) as error:
        partial.unlink(missing_ok=True)
        _log.warning("kernel_not_compiled", error=str(error), output=_output(error))
        raise NoCompiler(f"the compositing kernel cannot be compiled: {_reason(error, Path(compiler).name)}") from error
    os.replace(partial, built)  # two processes may build at once; the last one wins with equal bytes
    return built


def _reason(error: Exception, compiler: str) -> str:
    """The same words for the same failure: they become part of a document, so no path and nothing random may be in them."""
    if isinstance(error, subprocess.CalledProcessError):
        return f"{compiler} ended with status {error.returncode}"
    if isinstance(error, subprocess.TimeoutExpired):
        return f"{compiler} took too long"
    return f"{compiler} does not run here"


def _output(error: Exception) -> str:
    """What the compiler wrote, for the log."""
    if isinstance(error, subprocess.CalledProcessError | subprocess.TimeoutExpired):
        return (error.stderr or b"").decode("utf-8", "replace")
    return ""


class Library:
    """The functions of the kernel. `portable` keeps to the path without vector intrinsics; it gives the same bytes, slower."""

    loaded: ClassVar[Library | None] = None
    """The one of this process, if any: for what gives the same bytes without it, only slower."""

    def __init__(self, path: Path, *, portable: bool = False) -> None:
        self._portable = int(portable)
        kernel = ctypes.CDLL(str(path))
        self._layer, self._stamp = kernel.rs_layer, kernel.rs_stamp
        self._layer.argtypes, self._layer.restype = (ctypes.c_char_p, ctypes.c_int, ctypes.c_int), ctypes.c_int
        self._stamp.argtypes, self._stamp.restype = (ctypes.c_char_p, ctypes.c_int, ctypes.c_int), None
        pointer, number, long = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
        self._ink, self._under = kernel.rs_ink, kernel.rs_under
        self._ink.argtypes, self._ink.restype = (pointer, long, number, number, *[pointer] * 6), None
        self._under.argtypes, self._under.restype = (pointer, long, pointer, long, *[number] * 6), None
        self._resample = kernel.rs_resample
        self._resample.argtypes, self._resample.restype = (ctypes.c_char_p, number), number
        self._lay, self._look_up = kernel.rs_lay, kernel.rs_look_up
        self._lay.argtypes, self._lay.restype = (ctypes.c_char_p, ctypes.c_float), None
        self._look_up.argtypes, self._look_up.restype = (*[pointer] * 3, long, pointer, pointer, number, pointer, pointer), None
        self._double = kernel.rs_double
        self._double.argtypes, self._double.restype = (pointer, long, long, long, pointer), None
        Library.loaded = self

    def layer(self, planes: bytes, mix_q15: int) -> None:
        """Three of LAYER_PLANE. Raises MemoryError."""
        if self._layer(planes, mix_q15, self._portable):
            raise MemoryError("no memory for a row of the picture")

    def stamp(self, planes: bytes, opacity_q8: int) -> None:
        """Three of INK_PLANE."""
        self._stamp(planes, opacity_q8, self._portable)

    def ink(self, rgba: Bytes, weights: NDArray[np.int32], *planes: Bytes) -> None:
        """`planes` are y, u, v, keep and half-size keep, to be written."""
        height, width = rgba.shape[:2]
        self._ink(address(rgba), rgba.strides[0], width, height, address(weights), *map(address, planes))

    def under(self, rgba: Bytes, shadow: Bytes, strength_q8: int, colour: tuple[int, int, int]) -> None:
        height, width = rgba.shape[:2]
        self._under(address(rgba), rgba.strides[0], address(shadow), shadow.strides[0], width, height, strength_q8, *colour)

    def resample(self, source: Bytes, target: Bytes, across: Axis, down: Axis) -> None:
        """Raises MemoryError."""
        height, width = source.shape
        axes = [
            (count, start.shape[0], weight.shape[0], address(start), address(weight))
            for count, (start, weight) in ((target.shape[1], across), (target.shape[0], down))
        ]
        packed = RESAMPLE.pack(address(source), source.strides[0], width, height, address(target), target.strides[0], *axes[0], *axes[1])
        if self._resample(packed, self._portable):
            raise MemoryError("no memory for a row of the picture")

    def lay(self, planes: bytes, mix: float) -> None:
        """Three of LAID_PLANE."""
        self._lay(planes, mix)

    def double(self, plane: Floats, into: Floats) -> None:
        height, width = plane.shape
        self._double(address(plane), plane.strides[0] // 4, width, height, address(into))

    def look_up(self, planes: Sequence[Floats], matrix: Floats, cells: Floats, size: int, first: Floats, second: Floats | None) -> None:
        """`cells` has the four corners of each cell on its layer of blue, of one value each, or of two where there is a `second`."""
        y, u, v = map(address, planes)
        into = (address(first), 0 if second is None else address(second))
        self._look_up(y, u, v, planes[0].size, address(matrix), address(cells), size, *into)


def address(array: NDArray[np.generic]) -> int:
    """Where the first element lies. Rows may be padded, but the elements of a row lie side by side; the caller keeps the array alive."""
    assert array.strides[-1] == array.itemsize
    return int(array.__array_interface__["data"][0])
