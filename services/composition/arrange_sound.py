"""`composition.lay_sound`: every sound of an edit at its place, to the sample. What changes nothing here is not mixed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from libs.common.media.edit import ResolvedSource, SoundClip, SoundPart, SoundPlan, SoundRole, Sources, Timeline
from libs.common.media.errors import InvalidInput
from libs.common.media.time import SAMPLE_RATE_HZ, RationalTime
from libs.common.runtime.context import StepContext
from services.composition.arrange_grid import Grid, Placed, Remarks, placed_tracks
from services.composition.music import STYLES
from services.composition.sound.effects import made

SAMPLES = Fraction(SAMPLE_RATE_HZ)


def lay_sound(timeline: Timeline, sources: Sources, *, context: StepContext) -> SoundPlan:
    """Raises InvalidInput with the first thing that is wrong."""
    remarks = Remarks()
    tracks = placed_tracks(timeline, Grid(timeline.rate), Remarks())
    plan = laid_sound(timeline, tracks, sources.by_name(), remarks)
    if remarks.broken:
        first = remarks.told()[0]
        raise InvalidInput(first.detail, code=first.code, field=first.field)
    context.note(parts=len(plan.parts))
    return plan


def laid_sound(timeline: Timeline, tracks: list[list[Placed]], sources: Mapping[str, ResolvedSource], remarks: Remarks) -> SoundPlan:
    """The plan, in the order of the edit; says what is wrong with it. `tracks` are the clips on the grid."""
    per_frame = SAMPLES / timeline.rate
    whole = int(max((placed.end for track in tracks for placed in track), default=0) * per_frame)
    parts = [part for track in tracks for placed in track for part in _own(placed, int(per_frame), sources, remarks)]
    for number, clip in enumerate(timeline.sounds):
        parts += _sound(clip, f"/sounds/{number}", whole, sources, remarks)
    loudness = timeline.loudness_lufs
    return SoundPlan(length=RationalTime(whole, SAMPLES), parts=tuple(parts), loudness_lufs=None if loudness is None else float(loudness))


def _own(placed: Placed, per_frame: int, sources: Mapping[str, ResolvedSource], remarks: Remarks) -> Iterator[SoundPart]:
    """The own sound of a clip of a picture track."""
    clip = placed.clip
    if clip.volume_db is None:
        return
    field = f"{placed.field}/volume_db"
    found = sources.get(clip.media.name)
    if clip.media.drawn or (found is not None and found.sound is None):
        remarks.warning("edit.no_sound", "the source has no sound", field)
        return
    if clip.speed != 1 or clip.speed_end not in (None, 1):
        remarks.warning("edit.sound_speed", "its sound is heard at its own speed alone: it is left out", field)
        return
    if found is None:
        return
    start, length = placed.first * per_frame, placed.length * per_frame
    yield SoundPart(
        start=start,
        length=length,
        source_start=_samples(_shown_from(clip.source_in, found)),
        audio=found.sound,
        volume_db=clip.volume_db,
        fade_in=min(length, _samples(clip.fade_in)),
        fade_out=min(length, _samples(clip.fade_out)),
    )


def _shown_from(second: Fraction, found: ResolvedSource) -> Fraction:
    """The in point of the picture, which snaps to its source's frames: sound from another place would be up to half a frame off."""
    if found.media is None or found.media.length is None:
        return second
    return RationalTime.snap(second, found.media.length.rate).seconds


def _sound(clip: SoundClip, field: str, whole: int, sources: Mapping[str, ResolvedSource], remarks: Remarks) -> Iterator[SoundPart]:
    start, source_start = _samples(clip.start), _samples(clip.source_in)
    if start >= whole:
        remarks.warning("edit.never_seen", "it comes when the video is over", f"{field}/start")
        return
    if clip.media.effect is not None:
        yield from _effect(clip, clip.media.effect, field, whole, remarks)
        return
    found = sources.get(clip.media.name)
    bed = clip.media.music
    if bed is not None and bed.style not in STYLES:
        remarks.error("edit.unknown_music", f"unknown style {bed.style!r}; there are: {', '.join(STYLES)}", f"{field}/media/music/style")
    if bed is None and found is None:
        return
    length = whole - start
    if bed is not None:  # it is written as long as the video, and no longer: two hours of it would fill the memory
        if source_start >= whole:
            remarks.error("edit.beyond_source", "music that is written is as long as the video", f"{field}/source_in")
            return
        length = min(length, whole - source_start)
    elif found is not None:
        if found.sound is None or found.sound_length is None:
            remarks.error("edit.no_sound", "the source has no sound", f"{field}/media")
            return
        room = found.sound_length.value - source_start
        if room <= 0:
            remarks.error("edit.beyond_source", f"the sound is {float(found.sound_length.seconds):.3f} s long", f"{field}/source_in")
            return
        if found.track is not None:  # it goes on from its first beat
            room = whole
        if clip.length is not None and _samples(clip.length) > room + SAMPLE_RATE_HZ // 100:
            detail = f"the sound has {room / SAMPLE_RATE_HZ:.3f} s from there on"
            remarks.error("edit.beyond_source", detail, f"{field}/length")
        length = min(length, room)
    if clip.length is not None:
        wanted = _samples(clip.length)
        if wanted < 1:
            remarks.error("edit.zero_length", "shorter than a sample", f"{field}/length")
        if wanted > whole - start:
            remarks.note("edit.past_end", "the video ends earlier", f"{field}/length")
        length = min(length, wanted)
    role = SoundRole.music if bed is not None or clip.media.track is not None else clip.role
    yield SoundPart(
        start=start,
        length=length,
        source_start=source_start,
        audio=None if found is None or found.track is not None else found.sound,
        track=None if found is None else found.track,
        style=bed.style if bed is not None else "",
        seed=bed.seed if bed is not None else 0,
        role=role,
        ducks=clip.duck if clip.duck is not None else role is SoundRole.music,
        volume_db=clip.volume_db,
        fade_in=min(length, _samples(clip.fade_in)),
        fade_out=min(length, _samples(clip.fade_out)),
    )


def _effect(clip: SoundClip, name: str, field: str, whole: int, remarks: Remarks) -> Iterator[SoundPart]:
    """A short sound with its event at `start`; what would be heard before the video or after it is left out."""
    try:
        sound, event = made(name)
    except InvalidInput as error:
        remarks.error(error.code, error.detail, f"{field}/media/effect")
        return
    first, end = _samples(clip.source_in), sound.shape[1]
    if first >= end:
        remarks.error("edit.beyond_source", f"the sound is {end / SAMPLE_RATE_HZ:.3f} s long", f"{field}/source_in")
        return
    if clip.length is not None:
        end = min(end, first + _samples(clip.length))
    begin = _samples(clip.start) - event
    first, end = max(first, -begin), min(end, whole - begin)
    if end <= first:
        remarks.error("edit.zero_length", "nothing of the sound is left", f"{field}/length")
        return
    length = end - first
    yield SoundPart(
        start=begin + first,
        length=length,
        source_start=first,
        effect=name,
        ducks=bool(clip.duck),
        volume_db=clip.volume_db,
        fade_in=min(length, _samples(clip.fade_in)),
        fade_out=min(length, _samples(clip.fade_out)),
    )


def _samples(second: Fraction) -> int:
    return RationalTime.snap(second, SAMPLES).value
