"""Words as sparse vectors for BM25: what a text shares with a query word for word.

English: stop words out, a light stemmer. Chinese: jieba's search words and single characters together, which beat either alone.
The index adds the inverse document frequency; here are term frequencies and lengths alone (Robertson and Zaragoza 2009).
"""

from __future__ import annotations

import hashlib
import logging
import re
import unicodedata
import warnings
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from opencc import OpenCC

from services.assets.index.base import Sparse
from services.assets.words import ENGLISH_STOP_WORDS, STOP_CHARACTERS, STOP_WORDS

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its source has escapes that newer Pythons warn of when they compile it
    import jieba

FINGERPRINT = "bm25/k1.2/b0.75/avg64/en-light/zh-search+chars/1"
_K1, _B = 1.2, 0.75
_USUAL_LENGTH = 64
"""Terms of an average annotation: 8 English captions have about 45 without stop words, 5 Chinese ones about 80 words and characters."""
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CHARACTER_WEIGHT = 0.35
_MOST_TAGS = 64
_WORD, _CHARACTER, _LATIN = "w:", "c:", "e:"


def load() -> None:
    """Load both dictionaries now, half a second each, rather than in the first request."""
    _jieba()
    _simplifier()


def terms(text: str) -> list[str]:
    """The terms of a text with their class in front, in order, with repeats: `e:pour`, `w:咖啡`, `c:咖`."""
    found: list[str] = []
    for run in _RUN.findall(_plain(text)):
        found += _latin(run) if run[0].isascii() else _chinese(run)
    return found


def tag_key(tag: str) -> str:
    """What two spellings of a tag have in common: `Coffee Cups` and `coffee cup`, `咖啡館` and `咖啡馆`."""
    plain = _plain(tag)
    return "".join(plain.split()) if _HAN.search(plain) else " ".join(term[2:] for term in terms(plain)) or plain.strip()


def tag_keys(text: str, keywords: Sequence[str]) -> tuple[str, ...]:
    """The tags that a question may mean: its keywords, and its words one by one."""
    words = [term[2:] for term in terms(" ".join((text, *keywords))) if not term.startswith(_CHARACTER)]
    return tuple(dict.fromkeys([*(tag_key(word) for word in keywords), *words]))[:_MOST_TAGS]


def coverage(question: str, text: str) -> float:
    """Share of the question's terms that the text has, 0 to 1; a character counts less than a word, for it means less."""
    asked, there = set(terms(question)), set(terms(text))
    whole = sum(_weight(term) for term in asked)
    return sum(_weight(term) for term in asked & there) / whole if whole else 0.0


def document_vector(text: str) -> Sparse:
    """Saturated term frequencies, normalised by length."""
    counted = Counter(terms(text))
    length = sum(counted.values())
    scale = _K1 * (1 - _B + _B * length / _USUAL_LENGTH)
    return _vector({term: count * (_K1 + 1) / (count + scale) for term, count in counted.items()})


def query_vector(text: str) -> Sparse:
    """Each term once."""
    return _vector(dict.fromkeys(terms(text), 1.0))


@lru_cache(maxsize=100_000)
def number_of(term: str) -> int:
    """A stable 32 bit number: the same in every process and on every machine."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=4).digest(), "big")


def _vector(weights: dict[str, float]) -> Sparse:
    numbered: dict[int, float] = {}
    for term, weight in weights.items():
        numbered[number_of(term)] = numbered.get(number_of(term), 0.0) + weight
    ordered = sorted(numbered)
    return Sparse(tuple(ordered), tuple(numbered[number] for number in ordered))


def _plain(text: str) -> str:
    plain: str = _simplifier().convert(unicodedata.normalize("NFKC", text)).lower()
    return plain.replace("'", "")


def _weight(term: str) -> float:
    return _CHARACTER_WEIGHT if term.startswith(_CHARACTER) else 1.0


def _latin(run: str) -> list[str]:
    return [] if run in ENGLISH_STOP_WORDS or (len(run) == 1 and not run.isdigit()) else [_LATIN + _stem(run)]


def _chinese(run: str) -> list[str]:
    words = [_WORD + word for word in _jieba().cut_for_search(run) if len(word) > 1 and word not in STOP_WORDS]
    return words + [_CHARACTER + letter for letter in run if letter not in STOP_CHARACTERS]


def _stem(word: str) -> str:
    """Endings of number, tense and doing; nothing that changes the word's class (after Harman's S stemmer, 1991, and Porter's step 1)."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and any(vowel in stem for vowel in "aeiouy"):
            doubled = stem[-1] == stem[-2] and stem[-1] not in "lsz"
            word = stem[:-1] if doubled else stem
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@lru_cache(maxsize=1)
def _jieba() -> jieba.Tokenizer:
    """A tokenizer of our own, read from its dictionary: the shared one would write a cache file into the temporary folder."""
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    path = Path(jieba.__file__).with_name("dict.txt")
    with path.open("rb") as dictionary:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(dictionary)
    tokenizer.initialized = True
    return tokenizer


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")
