"""Setting type with skia: fonts of the system by name, shaping by HarfBuzz, colour emoji where the face has no glyph."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from functools import lru_cache

import skia

from libs.common.media.errors import Unavailable
from services.composition.bidi import CONTROLS, isolated

FAMILY = "Noto Sans CJK SC"
"""The simplified Chinese face by name: the collection's first one has Japanese glyphs. Latin is set in the same family."""
EMOJI_FAMILY = "Noto Color Emoji"
FALLBACKS = ("Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai", "Noto Sans Devanagari", "DejaVu Sans")
"""For scripts that the family lacks, where they are installed; skia asks the system for the rest."""
LOCALES = {"zh": "zh-Hans", "en": "en"}
BLANK_EM = 0.26
"""Width of a blank."""
CAP_HEIGHT_EM = 0.733
"""Height of a capital of the family, measured on its H."""

_HEAD = int.from_bytes(b"head", "big")
_local = threading.local()


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set."""

    size_px: float
    language: str = "zh"
    bold: bool = True
    spacing_px: float = 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    width_px: float
    argb: int


def width_of(text: str, type: Type) -> float:
    """Advance in pixels, blanks at the ends included."""
    bare = text.strip()
    blanks = (len(text) - len(bare)) * BLANK_EM * type.size_px
    return blanks + (_measured(bare, type) if bare else 0.0)


def set_text(
    canvas: skia.Canvas, text: str, x: float, baseline: float, type: Type, fill: int | skia.Paint, stroke: Stroke | None = None
) -> None:
    """Text from `x` on its baseline, in a colour (ARGB) or with a paint; with `stroke`, the outline first."""
    text = text.strip()
    if not text:
        return
    if stroke is not None and stroke.width_px > 0:
        paint = skia.Paint(
            AntiAlias=True,
            Style=skia.Paint.kStroke_Style,
            StrokeWidth=stroke.width_px,
            StrokeJoin=skia.Paint.kRound_Join,
            Color=stroke.argb,
        )
        outline = _paragraph(text, type, paint)
        outline.paint(canvas, x, baseline - outline.AlphabeticBaseline)
    if isinstance(fill, int):
        if not fill >> 24:
            return
        fill = skia.Paint(AntiAlias=True, Color=fill)
    inside = _paragraph(text, type, fill)
    inside.paint(canvas, x, baseline - inside.AlphabeticBaseline)


def missing_glyphs(text: str) -> str:
    """The characters of `text` that no font here can draw, each once, in order."""
    return "".join(dict.fromkeys(char for char in text if not char.isspace() and not _drawable(char)))


@lru_cache(maxsize=2048)
def _measured(text: str, type: Type) -> float:
    return float(_paragraph(text, type, None).MaxIntrinsicWidth)


def _paragraph(text: str, type: Type, paint: skia.Paint | None) -> skia.textlayout.Paragraph:
    style = skia.textlayout.TextStyle()
    style.setFontFamilies([FAMILY, EMOJI_FAMILY, *FALLBACKS])
    style.setFontSize(type.size_px)
    style.setFontStyle(skia.FontStyle.Bold() if type.bold else skia.FontStyle.Normal())
    style.setLocale(LOCALES.get(type.language, type.language))
    style.setLetterSpacing(type.spacing_px)
    if paint is not None:
        style.setForegroundPaint(paint)
    builder = skia.textlayout.ParagraphBuilder.make(skia.textlayout.ParagraphStyle(), _fonts(), _unicode())
    builder.pushStyle(style)
    builder.addText(isolated(text))
    paragraph = builder.Build()
    paragraph.layout(100_000)
    return paragraph


def _fonts() -> skia.textlayout.FontCollection:
    """One for each thread: skia's font collection caches without a lock."""
    if not hasattr(_local, "fonts"):
        require_fonts()
        _local.fonts = skia.textlayout.FontCollection()
        _local.fonts.setDefaultFontManager(skia.FontMgr())
    return _local.fonts


def _unicode() -> skia.Unicode:
    if not hasattr(_local, "unicode"):
        _local.unicode = skia.Unicode()
    return _local.unicode


@lru_cache(maxsize=1)
def require_fonts() -> None:
    """Raises Unavailable (`fonts.missing`) on a machine without the family: any other face would draw wrong forms."""
    found = skia.Typeface.MakeFromName(FAMILY, skia.FontStyle.Bold())
    if found is None or found.getFamilyName() != FAMILY:
        raise Unavailable(f"the font {FAMILY!r} is not installed (package fonts-noto-cjk)", code="fonts.missing")


@lru_cache(maxsize=1)
def fonts_fingerprint() -> str:
    """12 hex digits that change with the fonts that stand behind our families here. Raises Unavailable as `require_fonts` does.

    A font's `head` table has its revision and a checksum of all of it (OpenType 1.9, "head")."""
    require_fonts()
    digest = hashlib.sha256()
    for name in (FAMILY, EMOJI_FAMILY, *FALLBACKS):
        for weight in (skia.FontStyle.Bold(), skia.FontStyle.Normal()):
            face = skia.Typeface.MakeFromName(name, weight)
            digest.update(b"-" if face is None else face.getFamilyName().encode() + face.getTableData(_HEAD))
    return digest.hexdigest()[:12]


@lru_cache(maxsize=4096)
def _drawable(char: str) -> bool:
    if char in "\u200c\u200d\ufe0e\ufe0f" or char in CONTROLS:  # these have no glyph of their own
        return True
    faces = (skia.Typeface.MakeFromName(name, skia.FontStyle.Bold()) for name in (FAMILY, EMOJI_FAMILY))
    if any(face is not None and face.unicharToGlyph(ord(char)) for face in faces):
        return True
    return skia.FontMgr().matchFamilyStyleCharacter(FAMILY, skia.FontStyle.Bold(), [], ord(char)) is not None
