"""From a text as it is written to the words that are said, piece by piece, so that captions can show the one while the other is heard."""

from __future__ import annotations

from collections.abc import Iterator

from libs.common.media.brief import Language
from services.voice.normalise import en, segment, zh
from services.voice.normalise.rules import Token, scan

__all__ = ["Token", "normalise"]

_HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))} | {
    ord(wide): ord(half) for wide, half in zip("％＄＋～－：／＆＠．", "%$+~-:/&@.", strict=True)
}
"""Full-width digits, letters and signs, one character for one."""


def normalise(text: str, language: Language) -> tuple[Token, ...]:
    """The tokens of `text` in order: words, blanks and punctuation. Their `display`s, joined, are `text`."""
    pieces = _chinese(text) if language is Language.zh else _english(text)
    tokens: list[Token] = []
    position = 0
    for piece, spoken in pieces:
        shown = text[position : position + len(piece)]
        position += len(piece)
        before = next((token.spoken for token in reversed(tokens) if token.spoken), "")
        if before.endswith(" "):
            spoken = spoken.lstrip(" ")
        apart = before[-1:].isalnum() and spoken[:1].isalnum() and (before[-1].isascii() or spoken[0].isascii())
        tokens.append(Token(shown, f" {spoken}" if apart else spoken))
    return tuple(tokens)


def _chinese(text: str) -> Iterator[tuple[str, str]]:
    for piece, spoken in scan(text.translate(_HALF_WIDTH), zh.RULES):
        if spoken is not None:
            yield piece, spoken
            continue
        for word in segment.words(piece):
            yield word, "".join(zh.symbol(char) for char in word)


def _english(text: str) -> Iterator[tuple[str, str]]:
    for piece, spoken in scan(text.translate(_HALF_WIDTH), en.RULES):
        if spoken is not None:
            yield piece, spoken
            continue
        for char in piece:
            yield char, en.symbol(char)
