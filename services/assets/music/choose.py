"""`assets.choose_music`: which track of the customer's plays under a video."""

from __future__ import annotations

from collections.abc import Sequence

from libs.common.media.brief import Brief, Scenario, Tone
from libs.common.media.errors import InvalidInput
from libs.common.media.music import MusicChoice, Track, music_seed
from libs.common.media.storyboard import Mood
from libs.common.runtime.context import StepContext
from services.assets.library import Library

MOODS: dict[Tone, tuple[Mood, ...]] = {
    Tone.warm: (Mood.warm, Mood.bright),
    Tone.energetic: (Mood.bright, Mood.tense),
    Tone.calm: (Mood.calm, Mood.warm),
    Tone.professional: (Mood.neutral, Mood.calm),
    Tone.playful: (Mood.bright, Mood.warm),
}
"""Best first."""
NEWS_MOODS = (Mood.tense, Mood.neutral)


def choose_music(brief: Brief, *, library: Library, context: StepContext) -> MusicChoice:
    """The track that the brief names, or one of the moods that fit; none where no mood fits: then music is written for the video.

    Raises InvalidInput (`brief.unknown_music`) for a name that the library does not have.
    """
    if not brief.music:
        return MusicChoice(reason="the brief wants no music")
    tracks = library.music(tenant=context.tenant)
    if brief.music_track is not None:
        return MusicChoice(track=named(tracks, brief.music_track), reason="named in the brief")
    moods = NEWS_MOODS if brief.scenario is Scenario.news else MOODS[brief.tone]
    for mood in moods:
        fitting = [track for track in tracks if track.mood is mood]
        if fitting:
            chosen = fitting[music_seed(brief) % len(fitting)]
            return MusicChoice(track=chosen, reason=f"mood {mood}, one of {len(fitting)}")
    return MusicChoice(reason=f"no track of the moods {', '.join(moods)}" if tracks else "the music library is empty")


def named(tracks: Sequence[Track], name: str) -> Track:
    found = next((track for track in tracks if track.id == name), None)
    if found is None:
        raise InvalidInput(f"no track {name!r} in the music library", code="brief.unknown_music", field="/music_track")
    return found
