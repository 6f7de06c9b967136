"""Words that say nothing about what is seen."""

from __future__ import annotations

ENGLISH_STOP_WORDS = frozenset(
    "a about above after again all also am an and any are as at be because been before being below between both but by can could did do "
    "does doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself "
    "just me more most my no nor not now of off on once only or other our ours out over own same she should so some such than that the "
    "their theirs them then there these they this those through to too under until up very was we were what when where which while who "
    "whom why will with would you your yours".split()  # noqa: SIM905  (a list would be four times as long)
)
"""Function words, without verbs and prepositions of place that a scene may turn on (the list of the Snowball project, shortened)."""

STOP_CHARACTERS = frozenset("的了在是和有这那个一不也就都着过与及或而被把让对从为以之其它他她们我你您吗呢吧啊呀得地")
"""Characters that stand in nearly every sentence."""
