"""Caption styles: one file each, found by itself.

A file has `TITLE`, a frozen dataclass `Params` on top of `CaptionParams`, and `draw(sheet, shown, params)`, which draws the words where
they stand. It may have

- `GAP_EM`: room between words that no blank parts;
- `MOVES_S`: how long a word takes to come in. `shown.arrived` then rises to 1 in as many drawings as there are frames in that time; each
  costs 2 to 10 ms of CPU once, where a style that stands still is drawn once a word;
- `WHOLE_WIDTH = True`, where it draws over the whole width that captions have;
- `place(texts, params, theme, anchor) -> words`: where its words stand, if not in even, centred lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any

from annotated_types import Interval, Unit

from libs.common.media.captions import Anchor, Caption
from libs.common.media.errors import InvalidInput
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.palette import ColourName
from services.composition.placing import PlacedWord, place_lines
from services.composition.plugins import Plugin, discover, params_of
from services.composition.theme import Theme

MARGIN_PX = 70.0
"""Of the sheet around the words, for outlines, grounds and shadows."""
STILL = (1.0,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionParams:
    """What every style has."""

    size_px: Annotated[float, Interval(ge=36, le=150), Unit("px")] = 80.0
    """Height of a Chinese character at a short side of 1080; smaller where the words need it."""
    colour: ColourName = "white"
    """Of the words: `primary`, `secondary`, `white`, `ink` or `#RRGGBB`."""
    highlight: ColourName = "primary"
    """Of the word that is spoken. Where it could not be read it is moved towards white or ink."""
    lift_px: Annotated[float, Interval(ge=0, le=400), Unit("px")] = 0.0
    """How far above its place the caption stands, at a short side of 1080."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinedParams(CaptionParams):
    """Styles with an outline and a shadow."""

    stroke_px: Annotated[float, Interval(ge=0, le=40), Unit("px")] = 13.0
    """Width of the outline, half of it outside the letters, at a short side of 1080."""
    stroke_colour: ColourName = "ink"
    """Of the outline."""
    shadow: Annotated[float, Interval(ge=0, le=1)] = 0.55
    """Darkness of the soft shadow below, 0..1."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A caption at one moment."""

    words: tuple[PlacedWord, ...]
    active: int
    """The word that is spoken."""
    arrived: float
    """How far it has come in, above 0, 1 at rest."""
    theme: Theme

    @property
    def em(self) -> float:
        return self.words[0].type.size_px

    @property
    def spoken(self) -> tuple[PlacedWord, ...]:
        """The parts of the active word: more than one only where a long word had to be broken."""
        return tuple(word for word in self.words if word.index == self.active)


def draw_caption(
    caption: Caption,
    active: int,
    style: str,
    theme: Theme,
    values: Mapping[str, float | str] | None = None,
    *,
    arrived: float = 1.0,
    field: str = "/captions/0",
) -> Patch:
    """The ink of a caption while word `active` is spoken. Raises InvalidInput for a style or parameter that the catalogue does not
    have, and (`edit.text_too_long`) at `field` for more words than can be read."""
    module, params = style_of(style, values or {})
    words = placed_words(caption, style, theme, values or {}, field=field)
    shown = Shown(words, active, arrived, theme)
    margin = round(theme.px(MARGIN_PX))
    left, right = min(w.x for w in words), max(w.x + w.width for w in words)
    if getattr(module, "WHOLE_WIDTH", False):
        left, right = float(theme.layout.caption_left), float(theme.layout.caption_right)
    top, bottom = min(w.top for w in words), max(w.bottom for w in words)
    sheet = Sheet(round(left) - margin, round(top) - margin, round(right - left) + 2 * margin, round(bottom - top) + 2 * margin)
    module.draw(sheet, shown, params)
    return sheet.patch()


def placed_words(
    caption: Caption, style: str, theme: Theme, values: Mapping[str, float | str], *, field: str = "/captions/0"
) -> tuple[PlacedWord, ...]:
    """Where the words stand. Raises InvalidInput as `draw_caption` does."""
    texts = tuple(word.text for word in caption.words)
    try:
        return _placed(texts, caption.anchor, style, theme, tuple(sorted(values.items())))
    except InvalidInput as error:
        raise InvalidInput(error.detail, code=error.code, field=error.field or f"{field}/words") from error


def arrivals(style: str, rate: Fraction, values: Mapping[str, float | str] | None = None) -> tuple[float, ...]:
    """The values of `arrived` in the frames after a word begins; the last, 1, is its rest."""
    module, _ = style_of(style, values or {})
    frames = max(1, round(getattr(module, "MOVES_S", 0.0) * rate))
    return tuple((frame + 1) / frames for frame in range(frames)) if frames > 1 else STILL


def style_of(style: str, values: Mapping[str, float | str]) -> tuple[Any, Any]:
    """The style's module, and its checked parameters."""
    if style not in CATALOGUE:
        known = ", ".join(CATALOGUE)
        raise InvalidInput(f"unknown caption style {style!r}; there are: {known}", code="edit.unknown_style", field="/caption_style")
    plugin = CATALOGUE[style]
    return plugin.module, params_of(plugin, values, field="/caption_params")


@lru_cache(maxsize=256)
def _placed(
    texts: Sequence[str], anchor: Anchor, style: str, theme: Theme, values: tuple[tuple[str, float | str], ...]
) -> tuple[PlacedWord, ...]:
    module, params = style_of(style, dict(values))
    if hasattr(module, "place"):
        found: tuple[PlacedWord, ...] = module.place(texts, params, theme, anchor)
        return found
    return place_lines(texts, theme, anchor, size_px=params.size_px, lift_px=params.lift_px, gap_em=getattr(module, "GAP_EM", 0.0))


CATALOGUE: dict[str, Plugin] = discover(__name__, __path__)
"""By name."""
