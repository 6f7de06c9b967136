"""Grounds and pictures that overlays and cards share."""

from __future__ import annotations

import cv2
import numpy as np
import skia

from services.composition.ink import Sheet
from services.composition.layout import Box
from services.composition.palette import Colour
from services.composition.pictures import read_rgba
from services.composition.planes import Pixels


def sheet_over(box: Box, margin: float) -> Sheet:
    """A sheet that reaches over the box by a margin, for shadows."""
    return Sheet(round(box.left - margin), round(box.top - margin), round(box.width + 2 * margin), round(box.height + 2 * margin))


def rect(box: Box) -> skia.Rect:
    return skia.Rect.MakeLTRB(box.left, box.top, box.right, box.bottom)


def plate(sheet: Sheet, box: Box, colour: Colour, *, opacity: float = 1.0, radius: float = 0.0) -> None:
    radius = min(radius, box.width / 2, box.height / 2)
    sheet.canvas.drawRoundRect(rect(box), radius, radius, skia.Paint(AntiAlias=True, Color=colour.argb(opacity)))


def fitted(box: Box, width: float, height: float, *, x: float = 0.5, y: float = 0.5) -> Box:
    """The largest box of a shape inside another; `x` and `y` say where, 0 at its left and top."""
    scale = min(box.width / width, box.height / height)
    left, top = box.left + x * (box.width - width * scale), box.top + y * (box.height - height * scale)
    return Box(left, top, left + width * scale, top + height * scale)


def paste(sheet: Sheet, image: bytes, box: Box, *, name: str, opacity: float = 1.0, radius: float = 0.0) -> Box:
    """The picture, whole, in the middle of the box; where it came to lie. Raises InvalidInput (`media.unreadable`)."""
    picture = read_rgba(image, name=name)
    height, width = picture.shape[:2]
    shown = fitted(box, width, height)
    left, top = round(shown.left) - sheet.left, round(shown.top) - sheet.top
    size = (max(1, round(shown.width)), max(1, round(shown.height)))
    straight = picture.astype(np.float32)
    straight[:, :, :3] *= straight[:, :, 3:] / 255
    how = cv2.INTER_AREA if size[0] < width else cv2.INTER_CUBIC
    scaled = np.asarray(cv2.resize(straight, size, interpolation=how), np.float32)
    scaled = np.asarray(np.clip(np.minimum(scaled, scaled[:, :, 3:]), 0, 255) * opacity, np.float32)
    if radius:
        scaled = np.asarray(scaled * _rounded(size, radius)[:, :, None], np.float32)
    target = sheet.pixels[top : top + size[1], left : left + size[0]]
    part = scaled[: target.shape[0], : target.shape[1]]
    target[...] = np.rint(part + target * (1 - part[:, :, 3:] / 255))
    return Box(left + sheet.left, top + sheet.top, left + sheet.left + size[0], top + sheet.top + size[1])


def _rounded(size: tuple[int, int], radius: float) -> Pixels:
    mask = np.zeros((size[1], size[0]), np.uint8)
    form = skia.ImageInfo.Make(size[0], size[1], skia.kAlpha_8_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(form, mask)
    radius = min(radius, size[0] / 2, size[1] / 2)
    surface.getCanvas().drawRoundRect(skia.Rect.MakeWH(*size), radius, radius, skia.Paint(AntiAlias=True, Color=0xFF000000))
    surface.flushAndSubmit()
    return np.asarray(mask / 255, np.float32)
