"""The seller's logo at the top left: the image, or the name as a word mark."""

from __future__ import annotations

import cv2
import numpy as np
import skia

from libs.common.media.timeline import Overlay
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.palette import INK, WHITE
from services.composition.pictures import read_rgba
from services.composition.text import Stroke, Type, set_text, width_of
from services.composition.theme import Theme

BOX_PX = (300.0, 96.0)
"""The image is fitted into this, at a short side of 1080."""
NAME_PX = 46.0


def draw(overlay: Overlay, theme: Theme, image: bytes | None) -> Patch:
    sheet = _name(overlay.text, theme) if image is None else _image(image, theme)
    sheet.lay_shadow(sigma_px=theme.px(8), strength=0.4, drop_px=theme.px(3))
    return sheet.patch()


def _image(image: bytes, theme: Theme) -> Sheet:
    picture = read_rgba(image, name="the logo")
    height, width = picture.shape[:2]
    scale = min(theme.px(BOX_PX[0]) / width, theme.px(BOX_PX[1]) / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    margin = round(theme.px(30))
    sheet = Sheet(theme.layout.left - margin, theme.layout.top - margin, size[0] + 2 * margin, size[1] + 2 * margin)
    straight = picture.astype(np.float32)
    straight[:, :, :3] *= straight[:, :, 3:] / 255
    fitted = cv2.resize(straight, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    x, y = theme.layout.left - sheet.left, theme.layout.top - sheet.top
    sheet.pixels[y : y + size[1], x : x + size[0]] = np.clip(np.rint(np.minimum(fitted, fitted[:, :, 3:])), 0, 255)
    return sheet


def _name(text: str, theme: Theme) -> Sheet:
    px = theme.px
    type = Type(px(NAME_PX), theme.language, spacing_px=px(1.5))
    height = px(BOX_PX[1])
    left, top = theme.layout.left, theme.layout.top
    width = px(12) + px(16) + width_of(text, type)
    sheet = Sheet(round(left - px(40)), round(top - px(40)), round(width + px(80)), round(height + px(80)))
    baseline = top + height / 2 + 0.36 * type.size_px
    mark = skia.Rect.MakeXYWH(left, baseline - 0.84 * type.size_px, px(12), 0.94 * type.size_px)
    sheet.canvas.drawRoundRect(mark, px(6), px(6), skia.Paint(AntiAlias=True, Color=theme.primary.argb()))
    set_text(sheet.canvas, text, left + px(28), baseline, type, WHITE.argb(), Stroke(px(5), INK.argb(0.5)))
    return sheet
