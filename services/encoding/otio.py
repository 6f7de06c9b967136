"""The edit as OpenTimelineIO, so that an editor's own program can open it. The only file that imports it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from libs.common.media.footage import Media, MediaKind
from libs.common.media.sound import Soundtrack, Utterance
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Clip, Cut

SPACE = "reelsmith"
"""Our corner of OTIO's metadata."""


def otio_json(
    title: str,
    cuts: tuple[Cut, ...],
    utterances: tuple[Utterance, ...],
    soundtrack: Soundtrack,
) -> bytes:
    """Tracks: the picture with its transitions and caption markers, the pictures above it, the mixed sound, and the voice alone (switched
    off) where there is one.

    Media references hold blob keys as `target_url`. A transition lies behind its cut: `in_offset` 0, as the incoming scene owns it.
    """
    import opentimelineio as otio

    timeline = otio.schema.Timeline(name=title)
    timeline.tracks.append(_picture(otio, cuts))
    timeline.tracks.extend(_above(otio, cuts))
    timeline.tracks.append(_sound(otio, soundtrack))
    if utterances:
        timeline.tracks.append(_voice(otio, utterances))
    timeline.metadata[SPACE] = {
        "width_px": cuts[0].canvas.width_px,
        "height_px": cuts[0].canvas.height_px,
        "rate": str(cuts[0].canvas.rate),
    }
    text: str = otio.adapters.write_to_string(timeline, "otio_json")
    return text.encode()


def _picture(otio: Any, cuts: tuple[Cut, ...]) -> Any:
    track = otio.schema.Track(name="Picture", kind=otio.schema.TrackKind.Video)
    position = 0
    for cut in cuts:
        rate = cut.canvas.rate
        if cut.transition is not None and cut.transition.length and position:
            track.append(
                otio.schema.Transition(
                    name=cut.transition.name,
                    transition_type=otio.schema.TransitionTypes.Custom,
                    in_offset=_time(otio, RationalTime(0, rate)),
                    out_offset=_time(otio, RationalTime(cut.transition.length, rate)),
                )
            )
        for number, clip in enumerate(cut.clips):
            track.append(_clip(otio, cut, clip, number))
        for caption in cut.captions:
            marked = _range(otio, RationalTime(position + caption.start, rate), RationalTime(caption.length, rate))
            track.markers.append(otio.schema.Marker(name=caption.text, marked_range=marked, color=otio.schema.MarkerColor.YELLOW))
        position += cut.length
    return track


def _above(otio: Any, cuts: tuple[Cut, ...]) -> list[Any]:
    """Clips over the main track, on as few tracks as they need, lower ones first. One that goes on in the next cut is one clip."""
    ends: list[int] = []
    tracks: list[Any] = []
    seen: list[tuple[int, Clip]] = []
    position = 0
    for cut in cuts:
        rate = cut.canvas.rate
        for number, clip in enumerate(cut.insets):
            begins = position + clip.start
            whole = replace(clip, start=0)
            if (begins, whole) in seen:
                continue
            seen.append((begins, whole))
            free = next((place for place, end in enumerate(ends) if end <= begins), len(ends))
            if free == len(ends):
                ends.append(0)
                tracks.append(otio.schema.Track(name=f"Picture {free + 2}", kind=otio.schema.TrackKind.Video))
            if begins > ends[free]:
                room = _range(otio, RationalTime(0, rate), RationalTime(begins - ends[free], rate))
                tracks[free].append(otio.schema.Gap(source_range=room))
            tracks[free].append(_clip(otio, replace(cut, length=clip.length), whole, number))
            ends[free] = begins + clip.length
        position += cut.length
    return tracks


def _clip(otio: Any, cut: Cut, clip: Clip, number: int) -> Any:
    """What the cut shows of it: a clip that goes on from the cut before begins at a negative frame."""
    first, end = max(0, clip.start), min(cut.length, clip.start + clip.length)
    start = clip.source_start or RationalTime(0, cut.canvas.rate)
    if first > clip.start:
        start = RationalTime.snap(start.seconds + clip.speed.start * (first - clip.start) / cut.canvas.rate, start.rate)
    made = otio.schema.Clip(
        name=f"scene {cut.scene + 1}, clip {number + 1}",
        media_reference=_reference(otio, clip, cut.canvas.rate),
        source_range=_range(otio, start, RationalTime(end - first, cut.canvas.rate)),
    )
    for effect in clip.effects:
        made.effects.append(otio.schema.Effect(name=effect.name, effect_name=effect.name, metadata={SPACE: dict(effect.params)}))
    motion = clip.motion
    made.metadata[SPACE] = {
        "scene": cut.scene,
        "fit": clip.fit.value,
        "zoom": [motion.zoom_from, motion.zoom_to],
        "pan_x": [motion.pan_x_from, motion.pan_x_to],
        "pan_y": [motion.pan_y_from, motion.pan_y_to],
    }
    return made


def _reference(otio: Any, clip: Clip, rate: Fraction) -> Any:
    media: Media = clip.media
    if media.blob is None:
        return otio.schema.GeneratorReference(name=media.kind.value, generator_kind=media.kind.value, parameters={"text": clip.text})
    whole = media.length if media.kind is MediaKind.video and media.length is not None else RationalTime(clip.length, rate)
    available = _range(otio, RationalTime(0, whole.rate), whole)
    return otio.schema.ExternalReference(target_url=media.blob.key, available_range=available)


def _sound(otio: Any, soundtrack: Soundtrack) -> Any:
    track = otio.schema.Track(name="Sound", kind=otio.schema.TrackKind.Audio)
    whole = _range(otio, RationalTime(0, soundtrack.length.rate), soundtrack.length)
    reference = otio.schema.ExternalReference(target_url=soundtrack.audio.key, available_range=whole)
    track.append(otio.schema.Clip(name="mix", media_reference=reference, source_range=whole))
    return track


def _voice(otio: Any, utterances: tuple[Utterance, ...]) -> Any:
    track = otio.schema.Track(name="Voice", kind=otio.schema.TrackKind.Audio)
    track.enabled = False
    for utterance in utterances:
        whole = _range(otio, RationalTime(0, utterance.length.rate), utterance.length)
        reference = otio.schema.ExternalReference(target_url=utterance.audio.key, available_range=whole)
        track.append(otio.schema.Clip(name=f"scene {utterance.scene + 1}", media_reference=reference, source_range=whole))
    return track


def _time(otio: Any, time: RationalTime) -> Any:
    return otio.opentime.RationalTime(time.value, float(time.rate))


def _range(otio: Any, start: RationalTime, duration: RationalTime) -> Any:
    return otio.opentime.TimeRange(_time(otio, start), _time(otio, duration))
