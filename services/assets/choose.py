"""Which of the clips that were found is best for a scene, and which part of it: pure rules, stable under the seed."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from libs.common.media.brief import Aspect
from libs.common.media.footage import Media, MediaKind, Shot, Subject
from libs.common.media.time import RationalTime, TimeRange
from services.assets.clip import Clip
from services.assets.index.base import Orientation
from services.assets.search import Found

GRID = Fraction(30)
"""Frames a second of every mezzanine."""
RELEVANT = 0.40
"""Below this a clip does not show what was asked for. See `docs/library.md` for how it was chosen."""
SECOND_BEST = 0.8
"""A second shot has to be nearly as relevant as the first."""
HANDLE = 12
"""Frames kept free at both ends where there is room: transitions show them."""
_COMFORT = 15
"""Frames by which a clip should be longer than its shot."""
_ASPECT_WORTH, _LENGTH_WORTH, _STILL_COSTS = 0.06, 0.04, 0.03
_ORIENTATIONS = {
    Aspect.portrait: Orientation.portrait,
    Aspect.tall: Orientation.portrait,
    Aspect.square: Orientation.square,
    Aspect.landscape: Orientation.landscape,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that could be shown."""

    id: str
    """Of the clip, or the key of an image."""
    media: Media
    relevance: float
    """1 for an image of the product itself."""
    reason: str
    clip: Clip | None = None
    score: float = 0.0

    def fits(self, share: RationalTime) -> bool:
        """Stills stand as long as they have to; film is not stretched."""
        return self.media.length is None or self.media.length.value >= needed(share)


def options_of(found: Iterable[Found], *, aspect: Aspect, length: RationalTime, seed: int, scene: int) -> list[Option]:
    """The relevant ones, best first. Near ties, within a hundredth, are ordered by the seed."""
    relevant = [one for one in found if one.relevance >= RELEVANT and one.clip.media is not None]

    def rank(one: Found) -> tuple[float, float, str]:
        return (-round(_worth(one, aspect, length), 2), draw(seed, scene, one.clip.id), one.clip.id)

    return [_option(one, aspect) for one in sorted(relevant, key=rank)]


def needed(share: RationalTime) -> int:
    """Frames of a source that a share of the video takes."""
    return math.ceil(share.seconds * GRID)


def draw(seed: int, scene: int, name: str) -> float:
    """A number in [0, 1) that looks random and is always the same."""
    digest = hashlib.blake2b(f"{seed}/{scene}/{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def shot_of(option: Option, share: RationalTime, *, seed: int, scene: int) -> Shot:
    clip = option.clip
    part = None
    if option.media.length is not None:
        marks = clip.annotation.key_frames if clip is not None else ()
        start = in_point(option.media.length.value, needed(share), marks=marks, at=draw(seed, scene, option.id + "/in"))
        part = TimeRange(RationalTime(start, GRID), RationalTime(needed(share), GRID))
    return Shot(
        media=option.media,
        source_range=part,
        share=share,
        clip_id=clip.id if clip else None,
        title=clip.annotation.title if clip else "",
        licence=clip.annotation.licence if clip else "",
        score=round(option.score, 4),
        reason=option.reason,
        subjects=_subjects(clip) if clip else (),
    )


def _subjects(clip: Clip) -> tuple[Subject, ...]:
    return tuple(Subject(kind=s.kind, left=s.left, top=s.top, width=s.width, height=s.height) for s in clip.annotation.subjects)


def in_point(frames: int, wanted: int, *, marks: Iterable[float] = (), at: float) -> int:
    """First frame of the part to show: around a key frame where one fits, else near the middle of what is usable.

    Both ends keep a handle where there is room; with less room the end keeps it, for the outgoing clip is what a transition shows on.
    `at` in [0, 1) chooses among equals.
    """
    spare = frames - wanted
    if spare < 2 * HANDLE:
        return max(0, spare - min(HANDLE, spare))
    first, last = HANDLE, spare - HANDLE
    centred = [round(mark * GRID) - wanted // 2 for mark in marks]
    around = [start for start in centred if first <= start <= last]
    if around:
        return around[int(at * len(around))]
    return first + math.floor((last - first) * (0.35 + 0.3 * at))


def _worth(one: Found, aspect: Aspect, length: RationalTime) -> float:
    media = one.clip.media
    assert media is not None
    wanted = _ORIENTATIONS[aspect]
    same = 1.0 if media.orientation is wanted else 0.5 if Orientation.square in (media.orientation, wanted) else 0.0
    if media.kind is MediaKind.image:
        return one.relevance + _ASPECT_WORTH * same - _STILL_COSTS
    roomy = media.frames >= needed(length) + _COMFORT
    return one.relevance + _ASPECT_WORTH * same + _LENGTH_WORTH * roomy


def _option(one: Found, aspect: Aspect) -> Option:
    media = one.clip.media
    assert media is not None
    film = media.kind is MediaKind.video
    return Option(
        id=one.clip.id,
        media=Media(
            kind=media.kind,
            blob=media.blob,
            width_px=media.width_px,
            height_px=media.height_px,
            length=RationalTime(media.frames, GRID) if film else None,
        ),
        relevance=one.relevance,
        reason=_reason(one, aspect),
        clip=one.clip,
        score=one.score,
    )


def _reason(one: Found, aspect: Aspect) -> str:
    media = one.clip.media
    assert media is not None
    parts = [f"relevance {one.relevance:.2f}"]
    if one.dense is not None:
        parts.append(f"meaning {one.dense:.2f}")
    parts.append(f"{one.sparse:.0%} of the words")
    if one.tags:
        parts.append("tags " + ", ".join(one.tags))
    fit = "the video's shape" if media.orientation is _ORIENTATIONS[aspect] else f"{media.orientation}, is cropped"
    parts.append(fit)
    parts.append(f"{media.frames / 30:.1f} s long" if media.kind is MediaKind.video else "a still")
    return "; ".join(parts)
