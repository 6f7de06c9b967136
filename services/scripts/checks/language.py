"""The script is in the language of the brief; names and facts keep theirs."""

from __future__ import annotations

import re

from libs.common.media.brief import Language
from services.scripts.checks.draft import Draft

LEAST = {Language.zh: 0.6, Language.en: 0.85}
"""Share of the letters, facts and names taken out."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OTHER = re.compile(r"[\u0400-\u04ff\u0590-\u06ff\u3040-\u30ff\uac00-\ud7af]")


def scene(draft: Draft, index: int) -> str:
    found, language = draft.scenes[index], draft.grounds.language
    text = found.narration
    own = [draft.grounds.name, draft.grounds.brand, draft.grounds.category, draft.grounds.audience, *(f.text for f in draft.grounds.facts)]
    for phrase in sorted(filter(None, own), key=len, reverse=True):
        text = re.sub(re.escape(phrase), " ", text, flags=re.IGNORECASE)
    han, latin, other = len(_HAN.findall(text)), len(_LETTER.findall(text)), len(_OTHER.findall(text))
    wanted = han if language is Language.zh else latin
    total = han + latin + other
    if found.language is not language or (total >= 2 and wanted / total < LEAST[language]):
        return f"is not in {language.value}"
    return ""
