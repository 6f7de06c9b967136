"""What a selling point is about and where a subject lives: both are found by words and bring lines and pictures along."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from libs.common.media.brief import Language
from services.scripts.facts import Grounds
from services.scripts.template.lines import read

DEFAULT = "anything"
_APART = {"deal", "closing", DEFAULT}
"""Settings that no word finds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    name: str
    pattern: re.Pattern[str]
    pain: tuple[str, ...]
    more: tuple[str, ...]
    see: tuple[str, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    name: str
    pattern: re.Pattern[str]
    endings: tuple[str, ...]
    """Single characters that count at the end of a name alone."""
    close: tuple[str, ...]
    use: tuple[str, ...]
    trouble: tuple[str, ...]
    wide: tuple[str, ...]
    keywords: tuple[str, ...]


@cache
def themes(language: Language) -> tuple[Theme, ...]:
    return tuple(
        Theme(name=name, pattern=_pattern(raw[language.value]["words"], language), **_lists(raw[language.value], "pain more see keywords"))
        for name, raw in read("themes/themes.yaml").items()
    )


@cache
def settings(language: Language) -> dict[str, Setting]:
    found = {}
    for name, raw in read("themes/settings.yaml").items():
        words = raw[language.value]["words"]
        endings = tuple(word for word in words if language is Language.zh and len(word) == 1)
        found[name] = Setting(
            name=name,
            pattern=_pattern([word for word in words if word not in endings], language),
            endings=endings,
            **_lists(raw[language.value], "close use trouble wide keywords"),
        )
    return found


def themes_of(text: str, language: Language) -> tuple[Theme, ...]:
    """The themes that `text` touches, in the order of their first words."""
    hits = [(match.start(), theme) for theme in themes(language) if (match := theme.pattern.search(text))]
    return tuple(theme for _, theme in sorted(hits, key=lambda hit: hit[0]))


def setting_of(grounds: Grounds) -> Setting:
    """The setting of the category, else of the name, else the first that the facts mention, else a plain one."""
    named = [setting for name, setting in settings(grounds.language).items() if name not in _APART]
    for text in (grounds.category, grounds.name):
        bare = re.sub(r"[\sA-Za-z0-9\W]+$", "", text)
        for setting in named:
            if bare.endswith(setting.endings):
                return setting
        hits = [(match.start(), index) for index, setting in enumerate(named) if (match := setting.pattern.search(text))]
        if hits:
            return named[max(hits)[1]]  # the last word is the thing itself: 城市交通 is traffic
    told = " ".join(fact.text for fact in grounds.of_kind("point"))
    return next((setting for setting in named if setting.pattern.search(told)), settings(grounds.language)[DEFAULT])


def near_setting(text: str, grounds: Grounds) -> Setting:
    """The setting that one fact speaks of, else that of the subject."""
    named = (setting for name, setting in settings(grounds.language).items() if name not in _APART)
    hits = [(match.start(), setting.name) for setting in named if (match := setting.pattern.search(text))]
    return settings(grounds.language)[min(hits)[1]] if hits else setting_of(grounds)


def _pattern(words: list[str], language: Language) -> re.Pattern[str]:
    """English words match whole, with their plural; one that ends in `~` is a stem."""
    if not words:
        return re.compile(r"(?!)")
    if language is Language.zh:
        return re.compile("|".join(words))
    return re.compile("|".join(rf"\b{w[:-1]}\w*" if w.endswith("~") else rf"\b{w}(?:e?s)?\b" for w in words), re.IGNORECASE)


def _lists(raw: dict[str, list[str]], names: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(raw[name]) for name in names.split()}
