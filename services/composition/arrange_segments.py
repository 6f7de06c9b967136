"""Where an edit falls into pieces that are rendered apart: small enough that a change touches little, large enough to be worth it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from libs.common.media.timeline import Clip

SHORTEST_S = 4
"""Short clips share a piece until it is so long."""
LONGEST_S = 8
"""A longer clip is rendered in pieces."""
PIECE_S = 6
"""Length of the pieces of a long clip, counted from its own start, so that they stay when what comes before it changes."""


def segment_starts(clips: Iterable[Clip], *, transitions: frozenset[int], rate: Fraction) -> tuple[int, ...]:
    """First frames. `clips` fill the video; a piece begins at 0, wherever a transition comes in, and as the constants say."""
    starts: list[int] = []
    for clip in clips:
        if not starts or clip.start in transitions or clip.start - starts[-1] >= SHORTEST_S * rate:
            starts.append(clip.start)
        end, piece = clip.start + clip.length, int(PIECE_S * rate)
        if clip.length > LONGEST_S * rate:
            inside = range(clip.start + piece, end - int(SHORTEST_S * rate) // 2, piece)
            starts.extend(frame for frame in inside if frame > starts[-1])
    return tuple(starts)
