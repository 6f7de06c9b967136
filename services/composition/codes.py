"""QR codes (ISO/IEC 18004) in whole pixels, with their quiet zone."""

from __future__ import annotations

import segno
import skia

from libs.common.media.errors import InvalidInput
from services.composition.ink import Sheet
from services.composition.layout import Box
from services.composition.palette import INK, WHITE
from services.composition.panels import plate

QUIET = 4
"""Modules of white around it, ISO/IEC 18004 section 5.3.8."""
LEAST_MODULE_PX = 6
"""At a short side of 1080: after a rendition of half the size a module still has three pixels."""
Modules = tuple[tuple[int, ...], ...]
"""Rows, 1 for dark, without the quiet zone."""


def encode(text: str, level: str, *, field: str) -> Modules:
    """Raises InvalidInput at `field` for no text (`edit.text_missing`) and for more than a code holds (`edit.text_too_long`)."""
    if not text:
        raise InvalidInput("a QR code needs a text", code="edit.text_missing", field=field)
    try:
        if text.isascii():
            code = segno.make_qr(text, error=level, boost_error=False)
        else:  # left to itself it writes Chinese as Shift JIS, which phones take for something else
            code = segno.make_qr(text, error=level, boost_error=False, mode="byte", encoding="utf-8")
    except segno.DataOverflowError:
        raise InvalidInput(f"no QR code holds {len(text)} characters", code="edit.text_too_long", field=field) from None
    return tuple(tuple(int(module) for module in row) for row in code.matrix)


def count_of(code: Modules) -> int:
    """Modules of a side, quiet zone included."""
    return len(code) + 2 * QUIET


def least_module(unit: float) -> int:
    """Pixels of a module that phones read; `unit` as in the layout."""
    return max(2, round(LEAST_MODULE_PX * unit))


def draw_code(sheet: Sheet, code: Modules, left: int, top: int, module: int, *, below: float = 0.0) -> Box:
    """On a white plate that reaches `below` pixels further down; where the plate lies."""
    size = module * count_of(code)
    box = Box(left, top, left + size, top + size + below)
    plate(sheet, box, WHITE, radius=module * 2)
    ink = skia.Paint(AntiAlias=False, Color=INK.argb())
    for row, line in enumerate(code):
        for column, dark in enumerate(line):
            if dark:
                x, y = left + (column + QUIET) * module, top + (row + QUIET) * module
                sheet.canvas.drawRect(skia.Rect.MakeXYWH(x, y, module, module), ink)
    return box
