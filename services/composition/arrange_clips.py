"""Clips of an edit as the planner takes them: with their media, their frames and what the catalogue knows of their effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from libs.common.media.edit import ResolvedSource, TrackClip
from libs.common.media.errors import InvalidInput
from libs.common.media.footage import Media, MediaKind
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas, Clip, Effect, Fit, Place, Speed
from services.composition.arrange_grid import Grid, Placed, Remarks
from services.composition.effects import filters_pictures, stack_of
from services.composition.layouts import arranged
from services.composition.speed import played

UNKNOWN = Media(kind=MediaKind.colour)
"""Stands in where a source could not be resolved, so that everything else can be looked at."""


def clip_of(placed: Placed, grid: Grid, sources: Mapping[str, ResolvedSource], canvas: Canvas, remarks: Remarks) -> Clip:
    """The clip with `start` from the start of the video. Says what is wrong with it."""
    said, field = placed.clip, placed.field
    in_slot = _in_slot(said, field, canvas, remarks)
    media = _media(said, sources)
    _check_place(said, field, remarks)
    check_effects(said.effects, f"{field}/effects", remarks)
    card = said.media.card
    clip = Clip(
        media=media,
        start=placed.first,
        length=placed.length,
        source_start=None,
        fit=said.fit,
        motion=said.motion,
        effects=said.effects + in_slot[1],
        text=card.text if card is not None else "",
        subtext=card.subtext if card is not None else "",
        style=card.style if card is not None else "statement",
        params=dict(card.params) if card is not None else {},
        colour=said.media.colour or "#000000",
        place=in_slot[0],
        opacity=said.opacity,
        fade_in=grid.frame(said.fade_in),
        fade_out=grid.frame(said.fade_out),
    )
    if clip.fade_in + clip.fade_out > clip.length:
        remarks.warning("edit.fades_meet", "the clip is shorter than its fades: it never stands in full", f"{field}/fade_out")
    if media.kind is not MediaKind.video:
        if said.source_in or said.speed != 1 or said.speed_end not in (None, 1):
            remarks.warning("edit.not_a_film", "a still has neither a time nor a speed; both are left out", f"{field}/source_in")
        return clip
    return _film(clip, said, field, grid, remarks)


def leaves_room(clip: Clip) -> bool:
    """Whether what lies below it may be seen."""
    fades = clip.opacity < 1 or clip.fade_in > 0 or clip.fade_out > 0
    return clip.place is not None or clip.fit is Fit.contain or fades or any(filters_pictures(effect) for effect in clip.effects)


def _in_slot(said: TrackClip, field: str, canvas: Canvas, remarks: Remarks) -> tuple[Place | None, tuple[Effect, ...]]:
    """Where the clip lies, and the effects that its slot of a layout brings: they come last, on the picture as it is seen."""
    slot = said.layout
    if slot is None:
        return said.place, ()
    if said.place is not None:
        remarks.error("edit.place_twice", "a clip has a place or a slot of a layout", f"{field}/place")
    try:
        slots = arranged(slot.name, slot.params, slot.of, canvas, field=f"{field}/layout")
    except InvalidInput as error:
        remarks.caught(error, f"{field}/layout")
        return None, ()
    if slot.slot > slot.of:
        remarks.error("edit.layout_count", f"there are {slot.of} slots", f"{field}/layout/slot")
        return None, ()
    return slots[slot.slot - 1]


def filler(colour: str, first: int, end: int) -> Clip:
    """The background, where a main track shows nothing."""
    return Clip(media=Media(kind=MediaKind.colour), start=first, length=end - first, source_start=None, colour=colour)


def check_effects(effects: tuple[Effect, ...], field: str, remarks: Remarks) -> None:
    """Each by itself, so that all that is wrong is said."""
    for number, effect in enumerate(effects):
        try:
            stack_of((effect,), field="")
        except InvalidInput as error:
            remarks.error(error.code, error.detail, f"{field}/{number}{(error.field or '').removeprefix('/0')}")


def _media(said: TrackClip, sources: Mapping[str, ResolvedSource]) -> Media:
    if said.media.card is not None:
        return Media(kind=MediaKind.card)
    if said.media.colour is not None:
        return Media(kind=MediaKind.colour)
    found = sources.get(said.media.name)
    return found.media if found is not None and found.media is not None else UNKNOWN


def _check_place(said: TrackClip, field: str, remarks: Remarks) -> None:
    place = said.place
    if place is not None and (place.width <= 0 or place.height <= 0 or place.left >= 1 or place.top >= 1):
        remarks.error("edit.place_empty", "nothing of the clip would be seen there", f"{field}/place")
    if (said.motion.focus_x is None) != (said.motion.focus_y is None):
        remarks.error("edit.focus", "a point has both an x and a y", f"{field}/motion")


def _film(clip: Clip, said: TrackClip, field: str, grid: Grid, remarks: Remarks) -> Clip:
    """With its in point and speed; both have to lie inside the source."""
    assert clip.media.length is not None
    source = clip.media.length
    begin = RationalTime.snap(said.source_in, source.rate)
    end_speed = said.speed if said.speed_end is None else said.speed_end
    film = replace(clip, source_start=begin, speed=Speed(start=said.speed, end=end_speed))
    if begin.value >= source.value:
        remarks.error("edit.beyond_source", f"the source is {_seconds(source.seconds)} s long", f"{field}/source_in")
        return film
    taken_s = played(film, film.length) / grid.rate
    room_s = source.seconds - begin.seconds
    if taken_s > room_s + Fraction(1, 2) / source.rate:
        detail = f"the source has {_seconds(room_s)} s from there on, {_seconds(taken_s)} s are asked for"
        remarks.error("edit.beyond_source", detail, f"{field}/length")
    return film


def _seconds(value: Fraction) -> str:
    return f"{float(value):.3f}".rstrip("0").rstrip(".")
