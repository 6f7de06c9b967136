"""A heading: bold type on a rounded dark ground, with a bar of the brand's colour."""

from __future__ import annotations

from dataclasses import replace

import skia

from libs.common.media.timeline import Overlay
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.lines import pieces, set_lines
from services.composition.palette import text_on
from services.composition.text import Type, set_text, width_of
from services.composition.theme import Theme

SIZE_PX = 76.0
LINE_HEIGHT = 1.3


def draw(overlay: Overlay, theme: Theme, image: bytes | None) -> Patch:
    layout, px = theme.layout, theme.px
    plain = Type(px(SIZE_PX), theme.language)
    words = pieces(overlay.text)
    inner = layout.right - layout.left - px(140)
    setting = set_lines(words, lambda text, size: width_of(text, replace(plain, size_px=size)), size_px=plain.size_px, limit_px=inner)
    type = replace(plain, size_px=setting.size_px)
    em = type.size_px
    texts = ["".join(words[start:end]).strip() for start, end in setting.lines]
    width = max(width_of(text, type) for text in texts)
    centre = theme.canvas.width_px / 2
    bar, gap = px(12), px(26)
    left, right = centre - (width + bar + gap) / 2 - px(34), centre + (width + bar + gap) / 2 + px(40)
    top, bottom = layout.heading_top, layout.heading_top + (len(texts) - 1) * LINE_HEIGHT * em + em + px(58)
    sheet = Sheet(round(left - px(50)), round(top - px(50)), round(right - left + px(100)), round(bottom - top + px(100)))
    ground = theme.secondary
    box = skia.Rect.MakeLTRB(left, top, right, bottom)
    sheet.canvas.drawRoundRect(box, px(26), px(26), skia.Paint(AntiAlias=True, Color=ground.argb(0.9)))
    stripe = skia.Rect.MakeXYWH(left + px(34), top + px(34), bar, bottom - top - px(68))
    sheet.canvas.drawRoundRect(stripe, bar / 2, bar / 2, skia.Paint(AntiAlias=True, Color=theme.primary.argb()))
    colour = text_on(ground)
    for number, text in enumerate(texts):
        baseline = top + px(29) + 0.88 * em + number * LINE_HEIGHT * em
        set_text(sheet.canvas, text, left + px(34) + bar + gap, baseline, type, colour.argb())
    sheet.lay_shadow(sigma_px=px(14), strength=0.35, drop_px=px(8))
    return sheet.patch()
