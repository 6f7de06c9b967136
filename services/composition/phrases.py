"""Captions from word times: phrases of a size that is read at a glance, broken where the language breathes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from libs.common.media.brief import Language
from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.sound import Word
from libs.common.media.time import RationalTime

MAX_WIDTH = {Language.zh: 14.0, Language.en: 42.0}
"""Widest phrase, in full-width characters for Chinese (a Latin letter is 0.55 of one), in letters for English."""
MAX_WORDS = {Language.zh: 14, Language.en: 7}
SHORTEST_S = Fraction(4, 5)
"""A phrase that stands for less is hard to read."""
LINGER_S = Fraction(1, 5)
"""How long a phrase stays after its last word."""
BRIDGE_S = Fraction(3, 10)
"""A gap up to this is filled: a caption that blinks draws the eye."""

SENTENCE_END = "。！？!?…."
CLAUSE_END = "，；：,;:—"
LIST_END = "、"
OPENING = "（《〈“‘「『【([{\"'"
DROPPED_AT_END = "，。、；：,.;: 　—"
"""Short-video captions end without these; question and exclamation marks stay."""
SOFTENED = str.maketrans({mark: " " for mark in "，。；："})
"""Inside a Chinese phrase a blank stands for them."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A word with the punctuation and blanks around it."""

    text: str
    start: int
    """Frame; no two words share one."""
    end: int

    @property
    def bare(self) -> str:
        return self.text.rstrip(DROPPED_AT_END)


def captions(words: Sequence[Word], *, length: int, rate: Fraction, language: Language) -> tuple[Caption, ...]:
    """Phrases on the frame grid of a scene of `length` frames: in order, inside the scene, not overlapping."""
    spoken = _spoken(words, length, rate)
    phrases = _split(spoken, rate, language)
    following = [phrase[0].start for phrase in phrases[1:]]
    return tuple(_caption(phrase, until, rate, language) for phrase, until in zip(phrases, [*following, length], strict=False))


def _spoken(words: Sequence[Word], length: int, rate: Fraction) -> list[_Spoken]:
    """Punctuation joins the word before it, an opening bracket the one after; words on the same frame become one."""
    found: list[_Spoken] = []
    ahead = ""
    for word in words:
        if word.spoken is not None and word.text.strip():
            start = min(RationalTime.snap(word.spoken.start.seconds, rate).value, length - 1)
            end = min(RationalTime.snap(word.spoken.end.seconds, rate).value, length)
            if found and start <= found[-1].start:
                found[-1] = _Spoken(found[-1].text + ahead + word.text, found[-1].start, max(end, found[-1].end))
            else:
                found.append(_Spoken(ahead + word.text, start, max(end, start + 1)))
            ahead = ""
        elif word.text.strip() and word.text.strip() in OPENING:
            ahead += word.text
        elif found:
            found[-1] = _Spoken(found[-1].text + word.text, found[-1].start, found[-1].end)
    return found


def _split(words: list[_Spoken], rate: Fraction, language: Language) -> list[list[_Spoken]]:
    """The division with the least cost: dynamic programming over where phrases end, as TeX breaks a paragraph."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        choices = []
        for start in range(end - 1, -1, -1):
            phrase = words[start:end]
            if end - start > 1 and not _fits(phrase, language):
                break
            choices.append((best[start][0] + _cost(phrase, words[end:], rate, language), start))
        best.append(min(choices))
    phrases: list[list[_Spoken]] = []
    end = len(words)
    while end:
        start = best[end][1]
        phrases.append(words[start:end])
        end = start
    return phrases[::-1]


def _fits(phrase: list[_Spoken], language: Language) -> bool:
    return len(phrase) <= MAX_WORDS[language] and _width(phrase, language) <= MAX_WIDTH[language]


def _width(phrase: list[_Spoken], language: Language) -> float:
    text = "".join(word.text for word in phrase).rstrip(DROPPED_AT_END)
    if language is Language.en:
        return len(text)
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.55 for char in text)


def _cost(phrase: list[_Spoken], following: list[_Spoken], rate: Fraction, language: Language) -> float:
    """Short, uneven and broken phrases cost; the weights say which fault is worse, found by looking at captions."""
    room = max(0.0, 1 - _width(phrase, language) / MAX_WIDTH[language])
    cost = room**2
    if following:
        cost += {"sentence": 0.0, "clause": 0.1, "list": 0.3, "none": 0.8}[_break_after(phrase[-1])]
        if _break_after(phrase[-1]) == "none" and phrase[-1].text.rstrip()[-1:].isdigit():
            cost += 2  # a number keeps its unit
    inside = [_break_after(word) for word in phrase[:-1]]
    cost += 4 * inside.count("sentence") + 0.9 * inside.count("clause") + 0.1 * inside.count("list")
    until = following[0].start if following else phrase[-1].end + round(LINGER_S * rate)
    shown_s = Fraction(until - phrase[0].start) / rate
    return cost + 2 * float(max(Fraction(0), SHORTEST_S - shown_s))


def _break_after(word: _Spoken) -> str:
    mark = word.text.rstrip("”’」』】）)]}\"' 　")[-1:]
    for kind, marks in (("sentence", SENTENCE_END), ("clause", CLAUSE_END), ("list", LIST_END)):
        if mark and mark in marks:
            return kind
    return "none"


def _caption(phrase: list[_Spoken], until: int, rate: Fraction, language: Language) -> Caption:
    """`until` is the next phrase's first frame, or the scene's end."""
    start = phrase[0].start
    end = phrase[-1].end + round(LINGER_S * rate)
    if until - end <= BRIDGE_S * rate:  # also where it would reach into the next phrase
        end = until
    starts = [word.start for word in phrase] + [min(phrase[-1].end, end)]
    shown = [
        CaptionWord(text=_shown(word, word is phrase[-1], language), start=begin, length=max(1, after - begin))
        for word, begin, after in zip(phrase, starts, starts[1:], strict=False)
    ]
    return Caption(start=start, length=end - start, words=tuple(shown))


def _shown(word: _Spoken, last: bool, language: Language) -> str:
    text = word.bare if last else word.text
    return text.translate(SOFTENED) if language is Language.zh else text
