"""Which executor runs here."""

from __future__ import annotations

from services.composition.executors.base import Executor
from services.composition.executors.kernel import KernelExecutor, NoCompiler, build
from services.composition.executors.opencv import OpencvExecutor
from services.composition.settings import CompositionSettings, Drawing


def choose_executor(settings: CompositionSettings) -> tuple[Executor, str]:
    """The executor, and why it is not the compiled one ("" where it is, or where OpenCV was asked for).

    Raises NoCompiler where the kernel was asked for by name.
    """
    if settings.executor is Drawing.opencv:
        return OpencvExecutor(), ""
    try:
        return KernelExecutor(build(settings.kernel_cache, settings.compiler)), ""
    except NoCompiler as error:
        if settings.executor is Drawing.kernel:
            raise
        return OpencvExecutor(), str(error)
