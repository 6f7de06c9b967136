"""Making the patches that a plan asks for, once each, and saying what of a cut's texts cannot be drawn."""

from __future__ import annotations

from libs.common.blobs.base import BlobStore
from libs.common.media.timeline import Cut
from services.composition.captions import draw_caption, placed_words
from services.composition.cards import draw_card
from services.composition.executors.base import Patch
from services.composition.overlays import draw_overlay, overlay_params, overlay_state
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
            return draw_caption(
                cut.captions[plan.index],
                plan.active,
                cut.caption_style,
                self._theme,
                cut.caption_params,
                arrived=plan.arrived,
                field=f"/captions/{plan.index}",
            )
        if plan.kind is PatchKind.card_text:
            return draw_card(all_clips(cut)[plan.index], self._theme, field=clip_field(cut, plan.index))
        overlay = cut.overlays[plan.index]
        image = None if overlay.image is None else self._blobs.get(overlay.image.key)
        return draw_overlay(overlay, self._theme, image, plan.active or 0, field=f"/overlays/{plan.index}")


def check_drawings(cut: Cut, blobs: BlobStore | None = None) -> None:
    """Everything that is drawn over the pictures, tried once. Raises InvalidInput that names the field: an unknown style, card or
    parameter, a text that is too long to be read, a place outside the safe area, a code that is too small. Without `blobs`, overlays with
    an image are only looked at."""
    theme = theme_of(cut)
    for number, caption in enumerate(cut.captions):
        placed_words(caption, cut.caption_style, theme, cut.caption_params, field=f"/captions/{number}")
    for number, overlay in enumerate(cut.overlays):
        field = f"/overlays/{number}"
        params = overlay_params(overlay, field=field)
        if overlay.image is None or blobs is not None:
            image = None if overlay.image is None or blobs is None else blobs.get(overlay.image.key)
            draw_overlay(overlay, theme, image, overlay_state(overlay, params, 0, cut.canvas), field=field)
    for number, clip in enumerate(all_clips(cut)):
        if clip.text or clip.params:
            draw_card(clip, theme, field=clip_field(cut, number))


def clip_field(cut: Cut, number: int) -> str:
    """The JSON pointer to a clip of `all_clips`."""
    if number < len(cut.clips):
        return f"/clips/{number}"
    inset = number - len(cut.clips)
    return f"/insets/{inset}" if inset < len(cut.insets) else "/transition/outgoing"


def unknown_characters(cut: Cut) -> str:
    """All characters of the cut that would be drawn as an empty box."""
    shown = "".join(
        [c.text for c in cut.captions]
        + [o.text + o.subtext for o in cut.overlays]
        + [clip.text + clip.subtext + "".join(str(value) for value in clip.params.values()) for clip in all_clips(cut)]
    )
    return missing_glyphs(shown)
