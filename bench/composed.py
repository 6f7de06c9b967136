"""The composed frames of a cut before they are encoded: what floors and quality are measured against."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from libs.common.blobs.base import BlobStore
from libs.common.media.timeline import Cut
from services.composition.drawing import Drawing
from services.composition.feeds import Feeds, Views
from services.composition.frames import Slot
from services.composition.plan import ScenePlan
from services.composition.render import executor_of
from services.composition.settings import CompositionSettings
from services.composition.theme import theme_of

Packed = NDArray[np.uint8]
"""An I420 frame: (height * 3 / 2, width), all of Y, then U, then V."""


def composed(cut: Cut, *, blobs: BlobStore, settings: CompositionSettings) -> Iterator[Packed]:
    """The frames that `composition.render` encodes for this cut, one by one."""
    executor, _ = executor_of(settings)
    plan = ScenePlan(cut, blobs)
    feeds, views, drawing, slot = Feeds(plan, theme_of(cut), blobs), Views(plan), Drawing(cut, plan.patches, blobs), Slot(cut.canvas)
    try:
        for number in range(cut.length):
            recipe = plan.frame(number)
            executor.compose(
                slot.planes,
                recipe,
                views=views.of(recipe, feeds.pictures(recipe)),
                looks=plan.looks,
                patches=drawing.patches([stamp.patch for stamp in recipe.stamps]),
            )
            yield packed(slot)
    finally:
        feeds.close()


def packed(slot: Slot) -> Packed:
    """A copy."""
    width = slot.planes.width
    return np.concatenate([plane.reshape(-1) for plane in slot.planes.all()]).reshape(-1, width)


def unpack(frame: Packed, slot: Slot) -> None:
    """Draw a packed frame into the slot."""
    rest = frame.reshape(-1)
    for plane in slot.planes.all():
        plane[:] = rest[: plane.size].reshape(plane.shape)
        rest = rest[plane.size :]
