"""Words that say nothing about what is seen."""

from __future__ import annotations

_ENGLISH = """
a about above after again all also am an and any are as at be because been before being below between both but by can could did do
does doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself
just me more most my no nor not now of off on once only or other our ours out over own same she should so some such than that the
their theirs them then there these they this those through to too under until up very was we were what when where which while who
whom why will with would you your yours
"""
ENGLISH_STOP_WORDS = frozenset(_ENGLISH.split())
"""Function words, without verbs and prepositions of place that a scene may turn on (the list of the Snowball project, shortened)."""

STOP_CHARACTERS = frozenset("的了在是和有这那个一不也就都着过与及或而被把让对从为以之其它他她们我你您吗呢吧啊呀得地")
"""Characters that stand in nearly every sentence."""

_CHINESE = """
一个 一只 一名 一位 一些 一群 一种 两个 几个 正在 这个 那个 我们 他们 她们 什么 没有 可以 自己 一起 进行 画面 镜头
"""
STOP_WORDS = frozenset(_CHINESE.split())
"""Chinese words that stand in every description, also of films as films."""
