"""Making the patches that a plan asks for, once each, and naming the characters that no font can draw."""

from __future__ import annotations

from libs.common.blobs.base import BlobStore
from libs.common.media.timeline import Cut
from services.composition.captions import draw_caption
from services.composition.cards import draw_card_text
from services.composition.executors.base import Patch
from services.composition.overlays import draw_overlay
from services.composition.plan import all_clips
from services.composition.recipe import PatchKind, PatchPlan
from services.composition.text import missing_glyphs
from services.composition.theme import theme_of


class Drawing:
    """Draws on demand and keeps what is still needed: a long scene has hundreds of caption states."""

    def __init__(self, cut: Cut, plans: list[PatchPlan], blobs: BlobStore) -> None:
        self._cut, self._plans, self._blobs = cut, plans, blobs
        self._theme = theme_of(cut)
        self._kept: dict[int, Patch] = {}

    def patches(self, numbers: list[int]) -> dict[int, Patch]:
        """The patches of one frame; what a frame does not use is let go."""
        wanted = {number: self._kept.get(number) or self._draw(self._plans[number]) for number in numbers}
        self._kept = wanted
        return wanted

    def _draw(self, plan: PatchPlan) -> Patch:
        cut = self._cut
        if plan.kind is PatchKind.caption:
            assert plan.active is not None
            return draw_caption(cut.captions[plan.index], plan.active, cut.caption_style, self._theme)
        if plan.kind is PatchKind.card_text:
            return draw_card_text(all_clips(cut)[plan.index].text, self._theme)
        overlay = cut.overlays[plan.index]
        image = None if overlay.image is None else self._blobs.get(overlay.image.key)
        return draw_overlay(overlay, self._theme, image)


def unknown_characters(cut: Cut) -> str:
    """All characters of the cut that would be drawn as an empty box."""
    shown = "".join([c.text for c in cut.captions] + [o.text + o.subtext for o in cut.overlays] + [clip.text for clip in all_clips(cut)])
    return missing_glyphs(shown)
