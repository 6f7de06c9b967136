"""What should be seen: two plain sentences and a few words for the search, from the fact, the setting and the role."""

from __future__ import annotations

from dataclasses import dataclass, field

from libs.common.media.brief import Language, Tone
from libs.common.media.storyboard import Mood, SceneRole
from services.scripts.facts import Grounds
from services.scripts.plan import Slot
from services.scripts.template import english
from services.scripts.template.themes import Setting, Theme, near_setting, setting_of, settings, themes_of
from services.scripts.wording import function_words, words

_TONE_MOODS = {
    Tone.warm: Mood.warm,
    Tone.energetic: Mood.bright,
    Tone.calm: Mood.calm,
    Tone.professional: Mood.neutral,
    Tone.playful: Mood.bright,
}
_CLOSE = frozenset({SceneRole.hook, SceneRole.proof})
_OUTER = frozenset({SceneRole.hook, SceneRole.pain, SceneRole.offer, SceneRole.cta})


@dataclass(slots=True)
class Camera:
    """Chooses pictures for one script; takes turns, so that neighbours differ."""

    grounds: Grounds
    _turn: dict[str, int] = field(default_factory=dict)

    def look(self, slot: Slot) -> tuple[str, tuple[str, ...]]:
        """`(visual_query, keywords)` of a scene."""
        themes = self._themes(slot)
        told = " ".join(self.grounds.fact(fact).text for fact in slot.facts if self.grounds.fact(fact).kind in {"point", "claim"})
        near = near_setting(told, self.grounds) if slot.role not in _OUTER else setting_of(self.grounds)
        first, second, extra = self._sentences(slot.role, near, themes[0] if themes else None)
        joint = "" if self.grounds.language is Language.zh else " "
        return f"{first}{joint}{second}", self._keywords(slot, themes, extra)

    def _themes(self, slot: Slot) -> tuple[Theme, ...]:
        told = [self.grounds.fact(fact).text for fact in (*slot.facts, *((slot.about,) if slot.about else ()))]
        return themes_of(" ".join(told), self.grounds.language)

    def _sentences(self, role: SceneRole, own: Setting, theme: Theme | None) -> tuple[str, str, tuple[str, ...]]:
        stock = settings(self.grounds.language)
        if role is SceneRole.offer:
            return self._next("deal.close", stock["deal"].close), self._use(own), stock["deal"].keywords
        if role is SceneRole.cta:
            return self._next("closing.use", stock["closing"].use), self._next("closing.wide", stock["closing"].wide), ()
        if role is SceneRole.pain:
            return own.trouble[0], own.wide[0], own.keywords
        if role in _CLOSE:
            return self._close_up(self._next(f"{own.name}.close", own.close)), self._use(own), own.keywords
        if theme is not None and self._turn.get(theme.name, 0) < len(theme.see):
            return self._next(theme.name, theme.see), self._use(own), theme.keywords
        return self._use(own), self._rest(own), own.keywords

    def _use(self, own: Setting) -> str:
        return self._next(f"{own.name}.use", own.use)

    def _rest(self, own: Setting) -> str:
        """Moves on by one more after each round, so that pairs come again late."""
        options = own.close + own.wide
        turn = self._turn.get(f"{own.name}.rest", 0)
        self._turn[f"{own.name}.rest"] = turn + 1
        return options[(turn + turn // len(options)) % len(options)]

    def _close_up(self, sentence: str) -> str:
        thing = self.grounds.category or self.grounds.name
        if self.grounds.language is Language.zh:
            return f"{thing}的特写。{sentence}" if len(thing) > 12 else f"{thing}特写，{sentence}"
        noun = english.with_article(self.grounds.category) or thing
        return f"A close-up of {noun}: {sentence[0].lower()}{sentence[1:]}"

    def _next(self, name: str, options: tuple[str, ...]) -> str:
        turn = self._turn.get(name, 0)
        self._turn[name] = turn + 1
        return options[turn % len(options)]

    def _keywords(self, slot: Slot, themes: tuple[Theme, ...], extra: tuple[str, ...]) -> tuple[str, ...]:
        own = setting_of(self.grounds).keywords
        told = [word for fact in slot.facts if self.grounds.fact(fact).kind in {"point", "claim"} for word in self._nouns(fact)]
        pool = [self.grounds.category.lower(), *told[:2], *extra[:2], *(word for theme in themes for word in theme.keywords[:1]), *own]
        return tuple(dict.fromkeys(word for word in pool if word and len(word) <= 24))[:5]

    def _nouns(self, fact_id: str) -> list[str]:
        language = self.grounds.language
        found = [word.strip().lower() for word in words(self.grounds.fact(fact_id).text, language)]
        shortest = 2 if language is Language.zh else 4
        stop = function_words(language)
        return [word for word in found if len(word) >= shortest and word not in stop and word.replace("-", "").isalpha()]


def mood_of(role: SceneRole, tone: Tone) -> Mood:
    if role is SceneRole.pain:
        return Mood.tense
    if role in {SceneRole.proof, SceneRole.what, SceneRole.detail}:
        return Mood.neutral
    return Mood.bright if role is SceneRole.offer else _TONE_MOODS[tone]


def transition_of(slot: Slot, tone: Tone) -> str:
    """Names of the transition catalogue; the first scene has nothing to come from."""
    if slot.index == 0 or slot.role is SceneRole.pain:
        return "cut"
    if slot.role is SceneRole.offer:
        return "zoom"
    if tone in {Tone.energetic, Tone.playful}:
        return ("slide", "cut", "zoom")[slot.index % 3]
    if tone is Tone.calm:
        return "crossfade"
    return ("crossfade", "slide", "cut")[slot.index % 3] if slot.role is not SceneRole.cta else "crossfade"
