"""Takes out of other people's text what a chat template or a terminal would obey: a brief is words to speak, never an instruction."""

from __future__ import annotations

import re
import unicodedata

_TOKENS = re.compile(
    r"<\|[^|>]{1,40}\|>"  # ChatML and its kin: live inside user text on every server that renders the template as one string
    r"|</?(?:s|think|tool_call|tool_response|system|user|assistant|bos|eos|pad)>"
    r"|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")


def clean(text: str) -> str:
    """`text` on one line, without control tokens, control and format characters, and lone surrogates.

    Runs until nothing changes: taking one token out may join the halves of another.
    """
    while True:
        plain = "".join(" " if character in "\t\r\n\u2028\u2029" else character for character in text if _is_plain(character))
        plain = _BLANKS.sub(" ", _TOKENS.sub("", plain)).strip()
        if plain == text:
            return plain
        text = plain


def _is_plain(character: str) -> bool:
    return character in "\t\r\n\u2028\u2029" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
