"""What the catalogues of drawings and cards say of those of an edit."""

from __future__ import annotations

from collections.abc import Iterable

from libs.common.media.captions import Caption
from libs.common.media.edit import Drawn
from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Clip, Cut, Overlay, OverlayKind
from services.composition.arrange_grid import Remarks
from services.composition.captions import placed_words
from services.composition.cards import draw_card
from services.composition.overlays import CATALOGUE, draw_overlay
from services.composition.plugins import params_of
from services.composition.theme import theme_of

WITH_IMAGE = frozenset({OverlayKind.image})
EITHER = frozenset({OverlayKind.logo})
WITHOUT_TEXT = frozenset({OverlayKind.countdown, OverlayKind.progress_bar})


def check_fits(
    overlays: Iterable[tuple[str, Overlay]],
    captions: Iterable[Caption],
    cards: Iterable[tuple[str, Clip]],
    cut: Cut,
    remarks: Remarks,
) -> None:
    """Whether texts can be read where they stand: each is set once, as the renderer will. `cut` gives canvas, safe area and fonts."""
    theme = theme_of(cut)
    for field, overlay in overlays:
        if overlay.kind in WITH_IMAGE or overlay.image is not None:
            continue
        try:
            draw_overlay(overlay, theme, None, field=field)
        except InvalidInput as error:
            remarks.caught(error, field)
    for number, caption in enumerate(captions):
        try:
            placed_words(caption, cut.caption_style, theme, cut.caption_params, field=f"/captions/phrases/{number}")
        except InvalidInput as error:
            remarks.caught(error, f"/captions/phrases/{number}")
    for field, clip in cards:
        try:
            draw_card(clip, theme, field=field)
        except InvalidInput as error:
            remarks.caught(error, field)


def check_drawing(drawn: Drawn, field: str, remarks: Remarks) -> None:
    plugin = CATALOGUE.get(drawn.kind.value)
    if plugin is None:
        known = ", ".join(CATALOGUE)
        remarks.error("edit.unknown_overlay", f"{drawn.kind.value!r} cannot be drawn; there are: {known}", f"{field}/kind")
        return
    try:
        params_of(plugin, drawn.params, field=f"{field}/params")
    except InvalidInput as error:
        remarks.caught(error, f"{field}/params")
    if drawn.kind in WITH_IMAGE and drawn.image is None:
        remarks.error("edit.image_missing", "there is nothing to draw without an image", f"{field}/image")
    if drawn.kind in EITHER and drawn.image is None and not drawn.text.strip():
        remarks.error("edit.image_missing", "a logo is an image or a text", f"{field}/image")
    if drawn.kind not in WITH_IMAGE | EITHER | WITHOUT_TEXT and not drawn.text.strip():
        remarks.error("edit.text_missing", "there is nothing to draw without a text", f"{field}/text")
