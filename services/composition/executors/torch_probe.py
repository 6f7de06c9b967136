"""A torch executor that was seen to draw, or the reason why there is none."""

from __future__ import annotations

import numpy as np
import structlog
import torch

from services.composition.executors.choose import NoDevice
from services.composition.executors.torch_executor import TorchExecutor
from services.composition.planes import blank
from services.composition.recipe import PLAIN, Axis, FrameRecipe, Layer
from services.composition.settings import CompositionSettings

PROBE_PX = 64
CACHE_SHARE = 4
"""One part in so many of the device's free memory is for decoded frames, unless the settings say otherwise."""

_log = structlog.get_logger("reelsmith.composition")


def open_torch(settings: CompositionSettings) -> TorchExecutor:
    """Not warmed up yet: that is for whoever draws. Raises NoDevice, with the same words for the same failure: they may become part of a
    document."""
    try:
        device = torch.device(settings.device)
        if device.type == "cuda" and not torch.cuda.is_available():
            raise NoDevice("torch finds no CUDA device here")
        cache_bytes = _cache_bytes(device, settings.decode_cache_bytes)
        executor = TorchExecutor(device, cache_bytes=cache_bytes, nvdec=settings.nvdec, code_cache=settings.kernel_cache)
        if not _draws(executor):
            raise NoDevice("the device draws another picture than it should")
    except (RuntimeError, OSError, AssertionError, ValueError) as error:
        _log.warning("torch_does_not_work", device=settings.device, error=f"{type(error).__name__}: {str(error)[:500]}")
        raise NoDevice(f"torch does not work on {settings.device} here: {type(error).__name__}") from error
    _log.info("torch_draws", **executor.figures())
    return executor


def _cache_bytes(device: torch.device, wanted: int | None) -> int:
    if wanted is not None:
        return wanted
    return torch.cuda.mem_get_info(device)[0] // CACHE_SHARE if device.type == "cuda" else 0


def _draws(executor: TorchExecutor) -> bool:
    """A picture that is shown as it is comes back as it went."""
    source, target = blank(PROBE_PX, PROBE_PX), blank(PROBE_PX, PROBE_PX)
    source.y[:] = np.arange(PROBE_PX, dtype=np.uint8) * 3 + 20
    whole = Layer(view=0, x=Axis(1, 0), y=Axis(1, 0), left=0, top=0, width=PROBE_PX, height=PROBE_PX, look=0)
    executor.compose(target, FrameRecipe(layers=(whole,), stamps=(), times=()), views={0: source}, looks=[PLAIN], patches={})
    return all(np.array_equal(one, other) for one, other in zip(source.all(), target.all(), strict=True))
