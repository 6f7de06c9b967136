"""`composition.arrange`: an edit becomes cuts, exact to the frame. Pure: the same edit and sources give the same cuts."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from libs.common.media.captions import Caption
from libs.common.media.edit import Arrangement, Remark, ResolvedSource, Sources, Timeline, Weight
from libs.common.media.errors import InvalidInput
from libs.common.media.footage import MediaKind
from libs.common.media.platforms import platform
from libs.common.media.presets import composition_canvas, rendition_canvas, smaller_sizes
from libs.common.media.timeline import Canvas, Clip, Cut, Overlay, Transition
from libs.common.runtime.context import StepContext
from services.composition.arrange_clips import check_effects, clip_of, filler, leaves_room
from services.composition.arrange_drawings import check_fits
from services.composition.arrange_grid import Grid, Placed, Remarks, placed_tracks
from services.composition.arrange_over import captions_of, missing_in, overlays_of
from services.composition.arrange_segments import segment_starts
from services.composition.arrange_sound import laid_sound
from services.composition.effects import stack_of
from services.composition.moment import Moment
from services.composition.plan import BLACK
from services.composition.shown_on import held_on, shown_on
from services.composition.transitions import CUT, transition

DEFAULT_STYLE = "karaoke"
RATES = tuple(Fraction(rate) for rate in (24, 25, 30, 50, 60))
"""With these, a frame is a whole number of samples."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """The edit in frames of the whole video."""

    tracks: list[list[Placed]]
    main: tuple[Clip, ...]
    above: tuple[Clip, ...]
    transitions: Mapping[int, Transition]
    """By the frame in which they begin."""
    cards: tuple[tuple[str, Clip], ...]
    captions: tuple[Caption, ...]
    overlays: tuple[tuple[str, Overlay], ...]
    length: int


def arrange(timeline: Timeline, sources: Sources, *, context: StepContext) -> Arrangement:
    """Raises InvalidInput with the first thing that is wrong; whoever asks `examine` first learns of all."""
    arrangement, remarks = examine(timeline, sources)
    if arrangement is None:
        first = remarks[0]
        raise InvalidInput(first.detail, code=first.code, field=first.field)
    for cut in arrangement.cuts:
        context.emit(cut, str(cut.scene))
    context.note(frames=arrangement.length, segments=len(arrangement.cuts), remarks=len(remarks))
    return arrangement


def examine(timeline: Timeline, sources: Sources) -> tuple[Arrangement | None, tuple[Remark, ...]]:
    """The arrangement, and all that there is to say, errors first; None where there are errors.

    A source that is missing from `sources` is not looked into: whoever resolves it has said so.
    """
    remarks = Remarks()
    try:
        canvas = composition_canvas(timeline)
    except InvalidInput as error:
        remarks.error("edit.unknown_preset", error.detail, "/presets")
        return None, remarks.told()
    if canvas.rate not in RATES:  # there is no grid to look at anything else on
        known = ", ".join(str(rate) for rate in RATES)
        remarks.error("edit.rate", f"{canvas.rate} frames a second are not made; there are: {known}", "/rate")
        return None, remarks.told()
    laid = _laid(timeline, Grid(canvas.rate), sources.by_name(), canvas, remarks)
    laid_sound(timeline, laid.tracks, sources.by_name(), remarks)
    check_effects(timeline.effects, "/effects", remarks)
    _check_whole(timeline, canvas, remarks)
    for field, characters in missing_in(timeline):
        remarks.warning("edit.no_glyph", f"no font here can draw: {characters}", field)
    starts = _starts(timeline, laid, Grid(canvas.rate), remarks)
    if remarks.broken:
        return None, remarks.told()
    ends = (*starts[1:], laid.length)
    asked = _asked_by_all(timeline, canvas, laid.length)
    cuts = tuple(_cut(timeline, laid, canvas, asked, number, *span) for number, span in enumerate(zip(starts, ends, strict=True)))
    check_fits(laid.overlays, laid.captions, laid.cards, cuts[0], remarks)
    told = remarks.told()
    if remarks.broken:
        return None, told
    notes = tuple(f"{remark.field}: {remark.detail}" for remark in told if remark.weight is Weight.warning)
    return Arrangement(canvas=canvas, length=laid.length, cuts=cuts, notes=notes), told


def _laid(timeline: Timeline, grid: Grid, sources: Mapping[str, ResolvedSource], canvas: Canvas, remarks: Remarks) -> _Laid:
    tracks = placed_tracks(timeline, grid, remarks)
    length = max((placed.end for track in tracks for placed in track), default=0)
    if not length:
        remarks.error("edit.empty", "there is no clip on any track", "/tracks")
    for track in tracks[1:]:
        for placed in track:
            if placed.clip.transition is not None:
                detail = "only clips of the main track come in by a transition; others by a fade"
                remarks.error("edit.transition_place", detail, f"{placed.field}/transition")
    made = [[clip_of(placed, grid, sources, canvas, remarks) for placed in track] for track in tracks]
    bottom, clips = (tracks[0], made[0]) if tracks else ([], [])
    main = _filled(bottom, clips, length, timeline.background, remarks)
    return _Laid(
        tracks=tracks,
        main=main,
        above=tuple(clip for track in made[1:] for clip in track),
        transitions=_transitions(bottom, main, grid, canvas, timeline.background, remarks),
        cards=tuple(
            (f"{at.field}/media/card", clip)
            for track, clips in zip(tracks, made, strict=True)
            for at, clip in zip(track, clips, strict=True)
            if clip.media.kind is MediaKind.card
        ),
        captions=captions_of(timeline.captions, grid, length, remarks),
        overlays=overlays_of(timeline, grid, length, sources, remarks),
        length=length,
    )


def _filled(placed: list[Placed], clips: list[Clip], length: int, background: str, remarks: Remarks) -> tuple[Clip, ...]:
    """The main track without gaps."""
    found: list[Clip] = []
    until = 0
    for at, clip in zip(placed, clips, strict=True):
        if at.first > until:
            remarks.note("edit.gap", f"the background shows for {at.first - until} frames before it", f"{at.field}/start")
            found.append(filler(background, until, at.first))
        found.append(clip)
        until = max(until, at.end)
    if until < length:
        remarks.note("edit.gap", f"the background shows for the last {length - until} frames", "/tracks/0")
        found.append(filler(background, until, length))
    return tuple(found)


def _transitions(
    placed: list[Placed], main: tuple[Clip, ...], grid: Grid, canvas: Canvas, background: str, remarks: Remarks
) -> dict[int, Transition]:
    before = {after.start: clip for clip, after in itertools.pairwise(main)}
    found = {}
    for at in placed:
        wanted = at.clip.transition
        if wanted is None or wanted.name == CUT:
            continue
        field = f"{at.field}/transition"
        try:
            transition(wanted.name, wanted.params, canvas, field=field)
        except InvalidInput as error:
            remarks.caught(error, field)
        length = grid.frame(wanted.length)
        leaving = before.get(at.first)
        if leaving is None:  # the first clip comes in over the background
            leaving = filler(background, 0, length) if at.first == 0 else None
        if leaving is None or length < 1:
            if length < 1:
                remarks.error("edit.zero_length", "a transition takes at least one frame", f"{field}/length")
            continue
        if length > min(at.length, leaving.length):
            detail = f"{length} frames; the shorter of its two clips has {min(at.length, leaving.length)}"
            remarks.error("edit.transition_too_long", detail, f"{field}/length")
            continue
        outgoing = shown_on(leaving, length, grid.rate)
        if outgoing is None:
            remarks.warning("edit.no_handle", "the clip before has nothing more to show: its last frame is held meanwhile", field)
            outgoing = held_on(leaving, length, grid.rate)
        found[at.first] = Transition(name=wanted.name, length=length, outgoing=outgoing, params=wanted.params)
    return found


def _check_whole(timeline: Timeline, canvas: Canvas, remarks: Remarks) -> None:
    try:
        platform(timeline.safe_area, code="edit.unknown_safe_area", field="/safe_area")
    except InvalidInput as error:
        remarks.caught(error, "/safe_area")
    if canvas.width_px % 2 or canvas.height_px % 2:
        remarks.error("edit.odd_size", "both sides are even: 4:2:0 needs it", "/size")
    for number, name in enumerate(timeline.presets):
        try:
            rendition_canvas(name, canvas)
        except InvalidInput as error:
            remarks.error(error.code, error.detail, f"/presets/{number}")
        if name in timeline.presets[:number]:
            remarks.error("edit.duplicate_preset", f"{name!r} is there twice", f"/presets/{number}")


def _starts(timeline: Timeline, laid: _Laid, grid: Grid, remarks: Remarks) -> tuple[int, ...]:
    """First frames of the pieces: as the edit says, with every transition at the start of one, or as is best."""
    if not timeline.segments:
        return segment_starts(laid.main, transitions=frozenset(laid.transitions), rate=grid.rate)
    wanted = {0} | set(laid.transitions)
    for number, second in enumerate(timeline.segments):
        frame = grid.frame(second)
        if frame >= laid.length:
            remarks.error("edit.segment_past_end", "a piece begins inside the video", f"/segments/{number}")
        wanted.add(frame)
    return tuple(sorted(wanted))


def _asked_by_all(timeline: Timeline, canvas: Canvas, length: int) -> frozenset[str]:
    """What the effects over the whole picture look at in a moment: a piece is to know no more, so that it is rendered again no oftener."""
    moments = (
        Moment(frame=frame, length=length, rate=canvas.rate, width_px=canvas.width_px, height_px=canvas.height_px)
        for frame in {0, length // 3, length // 2, length - 1}
    )
    return stack_of(timeline.effects).asked(moments)


def _cut(timeline: Timeline, laid: _Laid, canvas: Canvas, asked: frozenset[str], number: int, first: int, end: int) -> Cut:
    """What lies in the piece, counted from its start. What reaches in from before begins at a negative frame: it goes on there."""
    style = timeline.captions
    clips, comes_in = _moved(laid.main, first, end), laid.transitions.get(first)
    return Cut(
        scene=number,
        canvas=canvas,
        length=end - first,
        clips=clips,
        transition=comes_in,
        captions=tuple(_caption_from(caption, first) for caption in laid.captions if _meets(caption, first, end)),
        caption_style=style.style if style is not None else DEFAULT_STYLE,
        caption_params=dict(style.params) if style is not None else {},
        overlays=tuple(replace(overlay, start=overlay.start - first) for _, overlay in laid.overlays if _meets(overlay, first, end)),
        insets=_moved(laid.above, first, end),
        effects=timeline.effects,
        effects_before=first if asked & {"frame", "seconds", "progress"} else 0,
        effects_length=laid.length if asked & {"length", "progress"} else 0,
        background=timeline.background if comes_in is not None or any(map(leaves_room, clips)) else BLACK,
        safe_area=timeline.safe_area,
        language=timeline.language.value,
        primary=timeline.primary,
        secondary=timeline.secondary,
        renditions=smaller_sizes({name: rendition_canvas(name, canvas) for name in timeline.renditions}, canvas),
    )


def _meets(part: Clip | Caption | Overlay, first: int, end: int) -> bool:
    return part.start < end and part.start + part.length > first


def _moved(clips: tuple[Clip, ...], first: int, end: int) -> tuple[Clip, ...]:
    return tuple(replace(clip, start=clip.start - first) for clip in clips if _meets(clip, first, end))


def _caption_from(caption: Caption, first: int) -> Caption:
    words = tuple(replace(word, start=word.start - first) for word in caption.words)
    return replace(caption, start=caption.start - first, words=words)
