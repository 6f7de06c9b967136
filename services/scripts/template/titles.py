"""What stands on the picture: the name, a fact in short, the price, what the close asks for."""

from __future__ import annotations

from libs.common.media.brief import Language
from libs.common.media.storyboard import SceneRole
from services.scripts.facts import Grounds
from services.scripts.onscreen import short_title
from services.scripts.phrases import first_said
from services.scripts.plan import Slot

_CLOSING_TITLES = {
    Language.zh: (("链接", "点下方链接"), ("收藏", "先收藏"), ("关注", "关注后续"), ("转给", "转给朋友"), ("评论", "评论区见")),
    Language.en: (("link", "Link below"), ("save", "Save for later"), ("follow", "Follow along"), ("share", "Share it")),
}
"""What the close asks for, by a word that it says; the first that is heard."""


def title_of(grounds: Grounds, slot: Slot, narration: str) -> str:
    title = _wanted_title(grounds, slot, narration)
    return "" if first_said(title, grounds.banned) is not None else title


def _wanted_title(grounds: Grounds, slot: Slot, narration: str) -> str:
    facts = [grounds.fact(fact) for fact in slot.facts]
    if slot.role is SceneRole.hook:
        return short_title(grounds.name, grounds.language)
    if slot.role is SceneRole.pain:
        return ""
    prices = [fact.text for fact in facts if fact.kind == "price"]
    if prices and slot.role in {SceneRole.offer, SceneRole.cta}:
        return prices[0]
    if slot.role is SceneRole.cta:
        return next((title for word, title in _CLOSING_TITLES[grounds.language] if word in narration.lower()), "")
    story = [fact for fact in facts if fact.kind in {"point", "claim"}]
    return short_title(story[0].text, grounds.language) if story else ""
