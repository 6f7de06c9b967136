"""Frames of a preview, drawn by the engine, and what is made of them: a still row of pictures, and a short film."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from libs.common.media.encoders import encoder
from libs.common.media.errors import NotFound
from libs.common.media.timeline import Canvas, Cut, OverlayKind
from services.composition import captions, cards, effects, layouts, overlays, transitions
from services.composition.drawing import Drawing
from services.composition.executors.base import Executor
from services.composition.executors.opencv import OpencvExecutor
from services.composition.feeds import Feeds, Views
from services.composition.frames import SegmentWriter, Slot
from services.composition.plan import ScenePlan
from services.composition.planes import Planes, blank, to_rgb
from services.composition.plugins import Plugin
from services.composition.previews import cuts
from services.composition.theme import theme_of

CANVAS = Canvas(width_px=360, height_px=640, rate=cuts.RATE)
GAP_PX = 4
QUALITY = 88
SEARCH = Canvas(width_px=90, height_px=160, rate=cuts.RATE)
"""The moment that tells most is looked for on a small canvas."""
SEARCH_STEP = 4
_SEARCHER = OpencvExecutor()
"""One for all, so that every executor shows the same frame."""
STEPS = 5
"""Moments of a transition in a still."""


class Kind(StrEnum):
    effect = "effects"
    transition = "transitions"
    caption_style = "caption-styles"
    overlay = "overlays"
    card = "cards"
    layout = "layouts"


CATALOGUES: dict[Kind, dict[str, Plugin]] = {
    Kind.effect: effects.CATALOGUE,
    Kind.transition: transitions.CATALOGUE,
    Kind.caption_style: captions.CATALOGUE,
    Kind.overlay: overlays.CATALOGUE,
    Kind.card: cards.CATALOGUE,
    Kind.layout: layouts.CATALOGUE,
}


def require(kind: Kind, name: str) -> None:
    """Raises NotFound (`catalogue.unknown_name`)."""
    if name not in CATALOGUES[kind]:
        raise NotFound(f"the catalogue has no {name!r} among its {kind}", code="catalogue.unknown_name")


def still(kind: Kind, name: str, executor: Executor, canvas: Canvas = CANVAS, *, before: bool = True) -> NDArray[np.uint8]:
    """RGB. An effect: before, and at the moment that shows it best (`before` off leaves the first out); a transition: five moments; a
    caption style: Chinese and English; an overlay, a card and a layout: standing. Raises NotFound."""
    require(kind, name)
    if kind is Kind.effect:
        at = telling_frame(name)
        pictures = [_one(cuts.before_cut(name, canvas), at, executor)] if before else []
        return _row([*pictures, _one(cuts.effect_cut(name, canvas), at, executor)])
    if kind is Kind.transition:
        moments = [round((2 * step + 1) / (2 * STEPS) * (cuts.TRANSITION_LENGTH - 1)) for step in range(STEPS)]
        return _row(list(frames(cuts.transition_cut(name, canvas), moments, executor)))
    if kind is Kind.caption_style:
        return _row([_one(cuts.caption_cut(name, language, canvas), cuts.LENGTH // 3, executor) for language in cuts.languages()])
    return _row([_one(_whole(kind, name, canvas), cuts.LENGTH // 2, executor)])


def film(kind: Kind, name: str, executor: Executor, preset: str, canvas: Canvas = CANVAS) -> bytes:
    """Two seconds as MP4, H.264. Raises NotFound."""
    require(kind, name)
    writer = SegmentWriter(canvas, encoder(preset))
    slot, count = Slot(canvas), 0
    try:
        for cut, numbers in _parts(kind, name, canvas):
            for picture in frames(cut, numbers, executor):
                for target, plane in zip(slot.planes.all(), picture.all(), strict=True):
                    target[:] = plane
                writer.write(slot)
                count += 1
        return writer.finish(count)
    except BaseException:
        writer.abandon()
        raise


def jpeg(rgb: NDArray[np.uint8], *, quality: int = QUALITY) -> bytes:
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def frames(cut: Cut, numbers: Iterable[int], executor: Executor) -> Iterator[Planes]:
    """Frames of a cut without videos, in any order."""
    plan = ScenePlan(cut)
    feeds, views, drawing = Feeds(plan, theme_of(cut), cuts.store()), Views(plan), Drawing(cut, plan.patches, cuts.store())
    for number in numbers:
        recipe = plan.frame(number)
        target = blank(cut.canvas.width_px, cut.canvas.height_px)
        shown, patches = views.of(recipe, feeds.pictures(recipe)), drawing.patches([stamp.patch for stamp in recipe.stamps])
        executor.compose(target, recipe, views=shown, looks=plan.looks, patches=patches)
        yield target


def telling_frame(name: str) -> int:
    """The frame at which an effect changes most, or the one that its file names in `SHOWN_AT`, 0..1 of the clip."""
    shown_at = getattr(effects.CATALOGUE[name].module, "SHOWN_AT", None)
    if shown_at is not None:
        return round(float(shown_at) * (cuts.LENGTH - 1))
    numbers = range(0, cuts.LENGTH, SEARCH_STEP)
    after = frames(cuts.effect_cut(name, SEARCH), numbers, _SEARCHER)
    changes = [
        float(np.mean([np.abs(a.astype(int) - b).mean() for a, b in zip(one.all(), other.all(), strict=True)]))
        for one, other in zip(_before(cuts.scene_of(name)), after, strict=True)
    ]
    return numbers[int(np.argmax(np.round(changes, 1)))]


@lru_cache(maxsize=4)
def _before(scene: str) -> tuple[Planes, ...]:
    return tuple(frames(cuts.plain_cut(SEARCH, scene=scene), range(0, cuts.LENGTH, SEARCH_STEP), _SEARCHER))


def _parts(kind: Kind, name: str, canvas: Canvas) -> list[tuple[Cut, Sequence[int]]]:
    """What a film shows one after the other: cuts, and frames of them."""
    if kind is Kind.transition:
        old, transition = cuts.plain_cut(canvas, length=cuts.TRANSITION_LENGTH), cuts.transition_cut(name, canvas)
        return [(old, [0] * cuts.TRANSITION_START), (transition, range(transition.length))]
    if kind is Kind.caption_style:
        return [(cuts.caption_cut(name, language, canvas), range(cuts.LENGTH // 2)) for language in cuts.languages()]
    return [(_whole(kind, name, canvas), range(cuts.LENGTH))]


def _whole(kind: Kind, name: str, canvas: Canvas) -> Cut:
    if kind is Kind.effect:
        return cuts.effect_cut(name, canvas)
    if kind is Kind.layout:
        return cuts.layout_cut(name, canvas)
    return cuts.card_cut(name, canvas) if kind is Kind.card else cuts.overlay_cut(OverlayKind(name), canvas)


def _one(cut: Cut, number: int, executor: Executor) -> Planes:
    return next(frames(cut, [number], executor))


def _row(pictures: list[Planes]) -> NDArray[np.uint8]:
    shown = [to_rgb(picture) for picture in pictures]
    gap = np.full((shown[0].shape[0], GAP_PX, 3), 255, np.uint8)
    parts = [part for picture in shown for part in (gap, picture)][1:]
    return np.concatenate(parts, axis=1)
