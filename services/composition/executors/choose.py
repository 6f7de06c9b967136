"""Which executor runs here."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import structlog

from services.composition.executors.base import Executor
from services.composition.executors.kernel import KernelExecutor
from services.composition.executors.library import NoCompiler, build
from services.composition.executors.opencv import OpencvExecutor
from services.composition.settings import CompositionSettings, Drawing

if TYPE_CHECKING:
    from services.composition.executors.torch_executor import TorchExecutor

DRIVER = "libcuda.so.1"
_log = structlog.get_logger("reelsmith.composition")


class NoDevice(Exception):
    """Torch, or the device that it should draw on, is not there or does not work."""


def choose_executor(settings: CompositionSettings) -> tuple[Executor, str]:
    """The executor, and why it is not the one that was asked for, or not the compiled one where `auto` is left to the CPU; "" where there
    is nothing to say.

    Raises NoCompiler where the kernel was asked for by name.
    """
    reason = ""
    if settings.executor in (Drawing.auto, Drawing.torch):
        try:
            return _torch(settings), ""
        except NoDevice as error:
            _log.info("torch_not_used", reason=str(error))
            reason = str(error) if settings.executor is Drawing.torch else ""
    if settings.executor is Drawing.opencv:
        return OpencvExecutor(), ""
    try:
        return KernelExecutor(build(settings.kernel_cache, settings.compiler)), reason
    except NoCompiler as error:
        if settings.executor is Drawing.kernel:
            raise
        return OpencvExecutor(), "; ".join(filter(None, (reason, str(error))))


def _torch(settings: CompositionSettings) -> TorchExecutor:
    """Raises NoDevice. Torch is loaded only where a driver is: without one it would cost seconds and memory for nothing."""
    on_cpu = settings.device == "cpu"
    if on_cpu and settings.executor is not Drawing.torch:
        raise NoDevice("the settings name no CUDA device")
    if not on_cpu and not _driver():
        raise NoDevice("there is no NVIDIA driver here")
    try:
        from services.composition.executors.torch_probe import open_torch
    except ImportError as error:
        raise NoDevice("torch is not installed here") from error
    return open_torch(settings)


def _driver() -> bool:
    try:
        ctypes.CDLL(DRIVER)
    except OSError:
        return False
    return True
