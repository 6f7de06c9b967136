"""The edit of a finished video, to be changed and sent back: of an edit as it was sent, of a narrated video from its cuts.

Sent back unchanged it gives equal cuts, so that nothing is rendered anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate
from typing import TypeVar

from libs.common import documents
from libs.common.blobs.base import BlobStore, document_key
from libs.common.jobs.base import DocumentRow, Job, JobState, JobStore
from libs.common.media.brief import Brief, ImageRef
from libs.common.media.captions import Caption
from libs.common.media.edit import (
    CaptionTrack,
    Card,
    Drawn,
    MusicBed,
    Phrase,
    PictureSource,
    SoundClip,
    SoundRole,
    SoundSource,
    TimedWord,
    Timeline,
    Track,
    TrackClip,
    TransitionIn,
)
from libs.common.media.errors import Conflict
from libs.common.media.footage import Footage, MediaKind
from libs.common.media.music import CueSheet, MusicChoice, music_seed
from libs.common.media.sound import Soundtrack, Utterance
from libs.common.media.storyboard import Storyboard
from libs.common.media.timeline import Clip, Cut, Overlay

D = TypeVar("D")


def timeline_of_job(job: Job, *, jobs: JobStore, blobs: BlobStore) -> Timeline:
    """Raises Conflict (`video.not_ready`) while the video is not finished."""
    if job.state is not JobState.completed:
        raise Conflict(f"The video is not finished: its job is {job.state}.", code="video.not_ready")
    shelf = _Shelf(jobs.documents(job.id), blobs)
    if job.root == Timeline.__name__:
        return shelf.one(Timeline)
    return timeline_of(
        shelf.one(Brief),
        title=shelf.one(Storyboard).title,
        cuts=shelf.all(Cut),
        footages=shelf.all(Footage),
        utterances=shelf.all(Utterance),
        choice=shelf.one(MusicChoice),
        soundtrack=shelf.one(Soundtrack),
        sheet=shelf.one(CueSheet),
    )


class _Shelf:
    """The documents of a job."""

    def __init__(self, rows: tuple[DocumentRow, ...], blobs: BlobStore) -> None:
        self._rows, self._blobs = rows, blobs

    def one(self, kind: type[D]) -> D:
        return self.all(kind)[0]

    def all(self, kind: type[D]) -> tuple[D, ...]:
        """In order of the key."""
        rows = sorted((row for row in self._rows if row.kind == kind.__name__), key=lambda row: int(row.key or 0))
        return tuple(documents.load(kind, self._blobs.get(document_key(row.sha256))) for row in rows)


def timeline_of(
    brief: Brief,
    *,
    title: str,
    cuts: tuple[Cut, ...],
    footages: tuple[Footage, ...],
    utterances: tuple[Utterance, ...],
    choice: MusicChoice,
    soundtrack: Soundtrack,
    sheet: CueSheet,
) -> Timeline:
    first = cuts[0]
    rate = first.canvas.rate
    starts = tuple(accumulate((cut.length for cut in cuts), initial=0))[:-1]
    clips = tuple(
        clip for cut, footage, start in zip(cuts, footages, starts, strict=True) for clip in _clips(cut, footage, Fraction(start), rate)
    )
    phrases = tuple(_phrase(caption, start, rate) for cut, start in zip(cuts, starts, strict=True) for caption in cut.captions)
    drawn = tuple(_drawn(overlay, start, rate) for cut, start in zip(cuts, starts, strict=True) for overlay in cut.overlays)
    return Timeline(
        title=title,
        tracks=(Track(clips=clips),),
        captions=CaptionTrack(phrases=phrases, style=first.caption_style, params=first.caption_params),
        overlays=drawn,
        sounds=(*_voices(utterances, starts, rate), *_music(brief, choice, soundtrack), *_marks(sheet, rate)),
        effects=first.effects,
        aspect=brief.aspect,
        rate=rate,
        presets=brief.presets,
        segments=tuple(start / rate for start in starts[1:]),
        language=brief.language,
        scenario=brief.scenario,
        safe_area=first.safe_area,
        primary=first.primary,
        secondary=first.secondary,
        loudness_lufs=brief.loudness_lufs,
        library=brief.library,
    )


def _clips(cut: Cut, footage: Footage, start: Fraction, rate: Fraction) -> Iterator[TrackClip]:
    ids = {shot.media.blob.key: shot.clip_id for shot in footage.shots if shot.media.blob is not None}
    for number, clip in enumerate(cut.clips):
        transition = None
        if number == 0 and cut.transition is not None:
            wanted = cut.transition
            transition = TransitionIn(name=wanted.name, length=wanted.length / rate, params=wanted.params)
        yield TrackClip(
            media=_source(clip, ids.get(clip.media.blob.key) if clip.media.blob is not None else None),
            start=(start + clip.start) / rate,
            length=clip.length / rate,
            source_in=clip.source_start.seconds if clip.source_start is not None else Fraction(0),
            fit=clip.fit,
            place=clip.place,
            motion=clip.motion,
            speed=clip.speed.start,
            speed_end=None if clip.speed.end == clip.speed.start else clip.speed.end,
            opacity=clip.opacity,
            fade_in=clip.fade_in / rate,
            fade_out=clip.fade_out / rate,
            effects=clip.effects,
            transition=transition,
        )


def _source(clip: Clip, clip_id: str | None) -> PictureSource:
    if clip.media.kind is MediaKind.card:
        return PictureSource(card=Card(text=clip.text, subtext=clip.subtext, style=clip.style, params=clip.params))
    if clip.media.kind is MediaKind.colour:
        return PictureSource(colour=clip.colour)
    if clip_id is not None:
        return PictureSource(clip=clip_id)
    assert clip.media.blob is not None
    return PictureSource(upload=clip.media.blob.key)


def _phrase(caption: Caption, start: int, rate: Fraction) -> Phrase:
    words = tuple(TimedWord(text=word.text, start=(start + word.start) / rate, length=word.length / rate) for word in caption.words)
    return Phrase(start=(start + caption.start) / rate, length=caption.length / rate, words=words, anchor=caption.anchor)


def _drawn(overlay: Overlay, start: int, rate: Fraction) -> Drawn:
    return Drawn(
        kind=overlay.kind,
        start=(start + overlay.start) / rate,
        length=overlay.length / rate,
        text=overlay.text,
        subtext=overlay.subtext,
        image=None if overlay.image is None else ImageRef(upload=overlay.image.key),
        enters=overlay.enters,
        params=overlay.params,
        place=overlay.place,
    )


def _voices(utterances: tuple[Utterance, ...], starts: tuple[int, ...], rate: Fraction) -> Iterator[SoundClip]:
    for utterance, start in zip(utterances, starts, strict=True):
        yield SoundClip(media=SoundSource(stored=utterance.audio.key), start=start / rate, role=SoundRole.voice)


def _marks(sheet: CueSheet, rate: Fraction) -> Iterator[SoundClip]:
    for cue in sheet.cues:
        yield SoundClip(media=SoundSource(effect=cue.sound), start=cue.frame / rate)


def _music(brief: Brief, choice: MusicChoice, soundtrack: Soundtrack) -> Iterator[SoundClip]:
    """A track of the customer's by its id, music of the house by its style and the seed that the mix takes from a brief."""
    if choice.track is not None and brief.music:
        yield SoundClip(media=SoundSource(track=choice.track.id), role=SoundRole.music)
    elif soundtrack.music is not None:
        yield SoundClip(media=SoundSource(music=MusicBed(style=soundtrack.music, seed=music_seed(brief))), role=SoundRole.music)
