"""What an edit can use: effects, transitions, caption styles, overlays, cards and layouts with their parameters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.composition import captions, cards, effects, layouts, overlays, transitions
from services.composition.plugins import Param, Plugin


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    name: str
    title: str
    description: str
    params: tuple[Param, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectList:
    effects: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionList:
    transitions: tuple[Entry, ...]
    """Besides these there is `cut`: none at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionStyleList:
    caption_styles: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayList:
    overlays: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardList:
    cards: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutEntry(Entry):
    least: int
    """Clips that it takes at least."""
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutList:
    layouts: tuple[LayoutEntry, ...]


def list_effects() -> EffectList:
    return EffectList(effects=_entries(effects.CATALOGUE.values()))


def list_transitions() -> TransitionList:
    return TransitionList(transitions=_entries(transitions.CATALOGUE.values()))


def list_caption_styles() -> CaptionStyleList:
    return CaptionStyleList(caption_styles=_entries(captions.CATALOGUE.values()))


def list_overlays() -> OverlayList:
    return OverlayList(overlays=_entries(overlays.CATALOGUE.values()))


def list_cards() -> CardList:
    return CardList(cards=_entries(cards.CATALOGUE.values()))


def list_layouts() -> LayoutList:
    return LayoutList(layouts=tuple(_layout(plugin) for plugin in layouts.CATALOGUE.values()))


def _layout(p: Plugin) -> LayoutEntry:
    least, most = p.module.COUNTS
    return LayoutEntry(name=p.name, title=p.title, description=p.description, params=p.params, least=least, most=most)


def _entries(plugins: Iterable[Plugin]) -> tuple[Entry, ...]:
    return tuple(Entry(name=p.name, title=p.title, description=p.description, params=p.params) for p in plugins)
