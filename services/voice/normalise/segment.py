"""Chinese words, by jieba's dictionary."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

with warnings.catch_warnings():
    for category in (DeprecationWarning, SyntaxWarning):  # its patterns are no raw strings; the category depends on Python's version
        warnings.simplefilter("ignore", category)
    import jieba


@cache
def _tokenizer() -> Any:
    """Takes 0.8 s once a process. Filled here, because jieba's own start keeps a cache in the shared temporary folder and trusts it."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def words(text: str) -> list[str]:
    """Joined, they are `text`; punctuation and blanks stand alone."""
    return [str(word) for word in _tokenizer().cut(text)]
