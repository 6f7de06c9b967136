"""Captions as WebVTT, from the same phrases that are drawn into the picture; or from the words where nothing is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from libs.common.media.sound import Utterance, Word
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Cut

_SENTENCE_ENDS = frozenset("。！？；.!?;")
_PHRASE_ENDS = _SENTENCE_ENDS | frozenset("，、：,:")
_LONG_PHRASE = 28
"""Display units (a Chinese character counts two) after which the next break is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One caption, in frames of the whole video; half-open."""

    start: int
    end: int
    text: str


def cues(cuts: tuple[Cut, ...], utterances: tuple[Utterance, ...]) -> tuple[Cue, ...]:
    """Phrases of all scenes, in order and without overlap."""
    starts = accumulate((cut.length for cut in cuts), initial=0)
    found: list[Cue] = []
    for cut, utterance, start in zip(cuts, utterances, starts, strict=False):
        drawn = tuple(Cue(start=start + c.start, end=start + c.start + c.length, text=c.text) for c in cut.captions)
        found += drawn or _spoken(utterance, start, cut.canvas.rate)
    return tuple(cue for cue in found if cue.text.strip())


def drawn_cues(cuts: tuple[Cut, ...]) -> tuple[Cue, ...]:
    """The captions of cuts alone. One that goes on in the next cut is one cue."""
    starts = accumulate((cut.length for cut in cuts), initial=0)
    found = dict.fromkeys(
        Cue(start=start + c.start, end=start + c.start + c.length, text=c.text)
        for cut, start in zip(cuts, starts, strict=False)
        for c in cut.captions
    )
    return tuple(cue for cue in found if cue.text.strip())


def webvtt(captions: tuple[Cue, ...], rate: Fraction) -> bytes:
    """The file, UTF-8. Text is escaped (W3C WebVTT, 4.2.2), so that nothing in it is read as a tag or as an arrow."""
    blocks = ["WEBVTT\n"]
    for number, cue in enumerate(captions, 1):
        times = f"{time_stamp(cue.start, rate)} --> {time_stamp(cue.end, rate)}"
        blocks.append(f"{number}\n{times}\n{escaped(cue.text)}\n")
    return "\n".join(blocks).encode()


def milliseconds(frame: int, rate: Fraction) -> int:
    """The file's grid: the nearest millisecond, halves going up."""
    return RationalTime.snap(frame / rate, Fraction(1_000)).value


def time_stamp(frame: int, rate: Fraction) -> str:
    seconds, ms = divmod(milliseconds(frame, rate), 1_000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def escaped(text: str) -> str:
    """One line, no markup."""
    line = " ".join(text.split())
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _spoken(utterance: Utterance, start: int, rate: Fraction) -> list[Cue]:
    """Phrases between punctuation, from the first frame of the first word to the end of the last."""
    found: list[Cue] = []
    phrase: list[Word] = []
    for word in utterance.words:
        phrase.append(word)
        text = "".join(w.text for w in phrase)
        last = word.text.rstrip()[-1:]
        if last in _SENTENCE_ENDS or (last in _PHRASE_ENDS and _width(text) > _LONG_PHRASE / 2) or _width(text) > _LONG_PHRASE:
            found += _cue(phrase, start, rate)
            phrase = []
    return found + _cue(phrase, start, rate)


def _cue(phrase: list[Word], start: int, rate: Fraction) -> list[Cue]:
    spoken = [word.spoken for word in phrase if word.spoken is not None]
    if not spoken:
        return []
    first = RationalTime.snap(spoken[0].start.seconds, rate).value
    end = max(first + 1, RationalTime.snap(spoken[-1].end.seconds, rate).value)
    return [Cue(start=start + first, end=start + end, text="".join(word.text for word in phrase))]


def _width(text: str) -> int:
    return sum(2 if character >= "⺀" else 1 for character in text)
