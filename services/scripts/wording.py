"""Words of a text: content tokens for overlap, cuts that never split a word or a number, clauses."""

from __future__ import annotations

import re
import warnings
from functools import cache
from itertools import pairwise

from libs.common.media.brief import Language
from services.scripts.lexicon import word_set

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its patterns are no raw strings, which Python says when it compiles them
    import jieba

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-z0-9]+(?:[.'’-][a-z0-9]+)*")
_ENDS = "，。！？；：、,.!?;:…—\n"
_CLAUSE = re.compile(rf"(?:[^{_ENDS}]|(?<=\d)[.,:](?=\d))+[{_ENDS}]*")
_PIECE = re.compile(r"[¥$€£]?\d[\d,.]*\d(?:%|℃)?|[¥$€£]?\d(?:%|℃)?|[A-Za-z]+(?:['’-][A-Za-z]+)*|\s+|.")
_ENDINGS = ("ings", "ing", "edly", "ied", "ies", "ers", "ed", "es", "er", "ly", "s")


@cache
def _segmenter() -> jieba.Tokenizer:
    """Takes a second once a process. Filled here, because jieba's own start keeps a cache in the shared temporary folder and trusts it."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def function_words(language: Language) -> frozenset[str]:
    return word_set(f"function_words.{language.value}")


def words(text: str, language: Language) -> list[str]:
    """Pieces that, joined, are `text`: a number with the unit behind it is one piece, and so is a Chinese word."""
    raw = _segmenter().lcut(text) if language is Language.zh else _PIECE.findall(text)
    joined: list[str] = []
    for piece in (part for chunk in raw for part in (_PIECE.findall(chunk) if not _HAN.search(chunk) else [chunk])):
        if joined and re.fullmatch(r"[¥$€£]?[\d,.]*\d", joined[-1]) and re.fullmatch(r"[\u3400-\u9fffA-Za-z%℃.]+|\.\d+", piece):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def content(text: str, language: Language) -> list[str]:
    """What carries meaning: Chinese characters, or English stems, without function words; numbers and Latin words in both."""
    plain = text.lower()
    stop = function_words(language)
    if language is Language.zh:
        latin = _LATIN.findall(plain)
        return [character for character in plain if _HAN.match(character) and character not in stop] + latin
    return [stem(word) for word in _LATIN.findall(plain) if word not in stop] + _HAN.findall(plain)


def bigrams(text: str, language: Language) -> frozenset[str]:
    """Neighbouring characters (Chinese) or stems (English), punctuation left out."""
    units = (
        _HAN.findall(text) + _LATIN.findall(text.lower()) if language is Language.zh else [stem(w) for w in _LATIN.findall(text.lower())]
    )
    return frozenset(f"{a} {b}" for a, b in pairwise(units))


def clauses(text: str) -> list[str]:
    """Parts between punctuation, each with the punctuation that ends it."""
    return [clause.strip() for clause in _CLAUSE.findall(text) if clause.strip()]


def stem(word: str) -> str:
    """Crude on purpose: only equality of stems matters."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] in "ey" else word
