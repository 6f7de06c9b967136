"""The edit: a video as its tracks say it, without any script. Times are exact seconds, snapped to the frame grid when it is arranged.

Snapping: a start and an end go to the nearest frame, halves up, so that neighbours which meet still meet. A `source_in` goes to the nearest
frame of its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from annotated_types import Interval, Len

from libs.common.media.blob import BlobRef
from libs.common.media.brief import STRICT, Aspect, ImageRef, Language, Scenario
from libs.common.media.captions import Anchor
from libs.common.media.cube import UPLOADED_TABLE
from libs.common.media.exact import Exact
from libs.common.media.footage import Media
from libs.common.media.music import Track as MusicTrack
from libs.common.media.pattern import Matches
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas, Cut, Effect, Fit, Motion, OverlayKind, Place

Seconds = Annotated[Fraction, Exact(), Interval(ge=0, le=7_200)]
"""`2.5`, `"2.5"` or `"5/2"`."""
Colour = Annotated[str, Matches(r"^#[0-9A-Fa-f]{6}$")]
Name = Annotated[str, Len(1, 60)]
Text = Annotated[str, Len(0, 500)]
Key = Annotated[str, Matches(r"^(clips|uploads|sounds|speech)/[0-9a-f]{64}\.[a-z0-9]{2,5}$")]
Decibel = Annotated[float, Interval(ge=-60, le=12)]
Params = dict[str, float | str]

MASTER = "master"
"""The rendition in the size of the composition itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A drawn card instead of a picture."""

    __pydantic_config__: ClassVar = STRICT

    text: Annotated[str, Len(1, 200)]
    subtext: Annotated[str, Len(0, 200)] = ""
    style: Name = "statement"
    """A name of `GET /v1/cards`."""
    params: Params = field(default_factory=dict)
    """As the catalogue describes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSource:
    """Where a picture comes from. Exactly one of these is given."""

    __pydantic_config__: ClassVar = STRICT

    clip: Annotated[str, Len(1, 120)] | None = None
    """Id of a clip of the library."""
    upload: Annotated[str, Matches(r"^uploads/[0-9a-f]{64}\.[a-z0-9]{2,5}$")] | None = None
    """Key that `POST /v1/uploads` returned."""
    url: Annotated[str, Len(1, 2_000)] | None = None
    """`https://` address on the operator's allow-list."""
    stored: Key | None = None
    """Something that an earlier video was made of, as its timeline names it."""
    colour: Colour | None = None
    """A plain colour, sRGB."""
    card: Card | None = None

    @property
    def drawn(self) -> bool:
        """Whether it is drawn, and has no media."""
        return self.colour is not None or self.card is not None

    @property
    def name(self) -> str:
        """Under which its media stands in `Sources`; empty for what is drawn, or not given."""
        return _name(self.clip, self.upload, self.url, self.stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicBed:
    """Music that the house writes itself, in the length of its part."""

    __pydantic_config__: ClassVar = STRICT

    style: Name
    """A name of the music catalogue."""
    seed: Annotated[int, Interval(ge=0, le=2**64 - 1)] = 0
    """Another number is another piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSource:
    """Where a sound comes from. Exactly one of these is given."""

    __pydantic_config__: ClassVar = STRICT

    clip: Annotated[str, Len(1, 120)] | None = None
    """Id of a clip of the library: its own sound."""
    upload: Annotated[str, Matches(r"^uploads/[0-9a-f]{64}\.[a-z0-9]{2,5}$")] | None = None
    """Key that `POST /v1/uploads` returned."""
    url: Annotated[str, Len(1, 2_000)] | None = None
    """`https://` address on the operator's allow-list."""
    stored: Key | None = None
    """Something that an earlier video was made of, as its timeline names it: the voice of a scene."""
    track: Annotated[str, Len(1, 80)] | None = None
    """Id of a track of your music library, see `GET /v1/music`. Where it is too short it goes on from its first beat."""
    music: MusicBed | None = None
    effect: Name | None = None
    """A short sound, of those that mark what is seen; `start` is when its event is heard."""

    @property
    def name(self) -> str:
        """Under which its media stands in `Sources`; empty for music that is written, an effect, or not given."""
        return f"track:{self.track}" if self.track is not None else _name(self.clip, self.upload, self.url, self.stored)


def _name(clip: str | None, upload: str | None, url: str | None, stored: str | None) -> str:
    kinds = (("clip", clip), ("upload", upload), ("url", url), ("stored", stored))
    return next((f"{kind}:{value}" for kind, value in kinds if value is not None), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionIn:
    """How a clip of the main track comes in. It takes nothing of the clip's length: what the clip before would show on is mixed in."""

    __pydantic_config__: ClassVar = STRICT

    name: Name
    """Of the transition catalogue."""
    length: Seconds = Fraction(2, 5)
    """Not longer than this clip, nor than the one before."""
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutSlot:
    """One of the places that a layout has for clips which are seen at once."""

    __pydantic_config__: ClassVar = STRICT

    name: Name
    """A name of `GET /v1/layouts`."""
    slot: Annotated[int, Interval(ge=1, le=20)]
    """From the bottom up; the first is the main track's."""
    of: Annotated[int, Interval(ge=1, le=20)]
    """For how many clips the layout is laid out."""
    params: Params = field(default_factory=dict)
    """As the catalogue describes them; the same for all clips of a layout."""


AT_REST = Motion()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackClip:
    """A piece of a source on a track."""

    __pydantic_config__: ClassVar = STRICT

    media: PictureSource
    start: Seconds
    """When it comes, from the start of the video."""
    length: Seconds
    """How long it stands."""
    source_in: Seconds = Fraction(0)
    """Where in the source it begins; of films alone."""
    fit: Fit = Fit.fill
    place: Place | None = None
    """None for the whole picture."""
    layout: LayoutSlot | None = None
    """Instead of a place: a slot of a layout, with what belongs to it, such as round corners."""
    motion: Motion = AT_REST
    speed: Annotated[Fraction, Exact(), Interval(ge=0, le=8)] = Fraction(1)
    """1 is the source's own, 0 holds the frame."""
    speed_end: Annotated[Fraction, Exact(), Interval(ge=0, le=8)] | None = None
    """At its end, where the speed changes; evenly from one to the other."""
    opacity: Annotated[float, Interval(ge=0, le=1)] = 1.0
    fade_in: Seconds = Fraction(0)
    fade_out: Seconds = Fraction(0)
    effects: Annotated[tuple[Effect, ...], Len(0, 12)] = ()
    transition: TransitionIn | None = None
    """On the main track, where the clip before ends as this one starts."""
    volume_db: Decibel | None = None
    """Of the source's own sound; null for none of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Clips one after another. On the bottom track a gap shows the background, above it what lies below."""

    __pydantic_config__: ClassVar = STRICT

    clips: tuple[TrackClip, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedWord:
    __pydantic_config__: ClassVar = STRICT

    text: Annotated[str, Len(1, 200)]
    """With the blanks and punctuation that follow it."""
    start: Seconds
    """From the start of the video."""
    length: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One caption: as `text`, or as words with their times."""

    __pydantic_config__: ClassVar = STRICT

    start: Seconds
    length: Seconds
    text: Annotated[str, Len(0, 200)] = ""
    """Its words are then spread over its length."""
    words: Annotated[tuple[TimedWord, ...], Len(0, 60)] = ()
    anchor: Anchor = Anchor.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionTrack:
    __pydantic_config__: ClassVar = STRICT

    phrases: Annotated[tuple[Phrase, ...], Len(0, 2_000)] = ()
    """In order and without overlap."""
    style: Name = "karaoke"
    """A name of `GET /v1/caption-styles`."""
    params: Params = field(default_factory=dict)
    """As the catalogue describes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A drawing over the picture."""

    __pydantic_config__: ClassVar = STRICT

    kind: OverlayKind
    start: Seconds
    length: Seconds
    text: Text = ""
    subtext: Text = ""
    """The smaller line; of a price tag the former price."""
    image: ImageRef | None = None
    """Of a logo or an image."""
    enters: bool = True
    """False where it stands there from its first frame on."""
    place: Place | None = None
    """None for the kind's own place in the safe area."""
    params: Params = field(default_factory=dict)


class SoundRole(StrEnum):
    voice = "voice"
    """What others make room for."""
    music = "music"
    """Its level is set against the voice's."""
    sound = "sound"
    """Plays at its own level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundClip:
    """A piece of sound. Sounds may overlap."""

    __pydantic_config__: ClassVar = STRICT

    media: SoundSource
    start: Seconds = Fraction(0)
    length: Seconds | None = None
    """By default to the end of the source or of the video, whichever is first."""
    source_in: Seconds = Fraction(0)
    role: SoundRole = SoundRole.sound
    duck: bool | None = None
    """Whether it goes down while a voice speaks; by default music does."""
    volume_db: Decibel = 0.0
    fade_in: Seconds = Fraction(0)
    fade_out: Seconds = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Of the composition."""

    __pydantic_config__: ClassVar = STRICT

    width_px: Annotated[int, Interval(ge=64, le=4_096)]
    """Even."""
    height_px: Annotated[int, Interval(ge=64, le=4_096)]
    """Even."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A whole edit."""

    __pydantic_config__: ClassVar = STRICT

    title: Annotated[str, Len(1, 200)]
    tracks: Annotated[tuple[Track, ...], Len(0, 20)]
    """From the bottom up. The first is the main track; the video ends where the last clip of any track does."""
    captions: CaptionTrack | None = None
    overlays: Annotated[tuple[Drawn, ...], Len(0, 500)] = ()
    """Later ones lie on top."""
    sounds: Annotated[tuple[SoundClip, ...], Len(0, 500)] = ()
    effects: Annotated[tuple[Effect, ...], Len(0, 12)] = ()
    """Over the whole composed picture, from the start of the video to its end."""
    aspect: Aspect = Aspect.portrait
    """With the largest preset, the size of the composition."""
    size: Size | None = None
    """Instead of the aspect: the size itself."""
    rate: Annotated[Fraction, Exact(), Interval(ge=1, le=1_000)] = Fraction(30)
    """Frames a second: 24, 25, 30, 50 or 60."""
    presets: Annotated[tuple[Name, ...], Len(0, 8)] = ()
    """Renditions, see `GET /v1/presets`; `master` is the composition's own size. By default `1080p` and `540p`, with a `size` `master`."""
    segments: Annotated[tuple[Seconds, ...], Len(0, 500)] = ()
    """Where pieces that are rendered apart begin, besides 0; each has to lie where a main clip starts, or inside one. By default
    chosen so that a change touches little."""
    background: Colour = "#000000"
    """Where the main track shows nothing: in its gaps, and beside clips that leave room."""
    language: Language = Language.zh
    """Decides fonts and line breaking."""
    scenario: Scenario = Scenario.ecommerce
    """Which rules of moderation hold."""
    safe_area: Name = "generic"
    """The platform whose buttons drawings keep clear of."""
    primary: Colour = "#FFD400"
    """Brand colour: highlight of captions and tags."""
    secondary: Colour = "#111418"
    """Brand colour: ground of cards and tags."""
    loudness_lufs: Literal[-14, -16, -23] | None = None
    """Integrated loudness of the finished sound; by default as the house is set."""
    library: Annotated[str, Matches(r"^[a-z0-9][a-z0-9-]{0,39}$")] = "main"
    """Where `clip` ids are looked up."""
    merge: Annotated[Mapping[str, str | float], Len(0, 200)] = field(default_factory=dict)
    """Values for `{{ NAME }}` in texts, addresses, colours and numbers. They are put in before anything else is looked at."""

    @property
    def renditions(self) -> tuple[str, ...]:
        """Names of the renditions that are made."""
        return self.presets or ((MASTER,) if self.size is not None else ("1080p", "540p"))

    def sources(self) -> Iterator[tuple[str, PictureSource | SoundSource]]:
        """Every source of a clip or sound, with its JSON pointer."""
        for number, track in enumerate(self.tracks):
            for place, clip in enumerate(track.clips):
                yield f"/tracks/{number}/clips/{place}/media", clip.media
        for place, sound in enumerate(self.sounds):
            yield f"/sounds/{place}/media", sound.media

    def tables(self) -> Iterator[tuple[str, str]]:
        """The key of every uploaded colour table, with its JSON pointer."""
        lists = [("/effects", self.effects)]
        lists += [
            (f"/tracks/{number}/clips/{place}/effects", clip.effects)
            for number, track in enumerate(self.tracks)
            for place, clip in enumerate(track.clips)
        ]
        for pointer, effects in lists:
            for number, effect in enumerate(effects):
                file = effect.params.get("file")
                if isinstance(file, str) and UPLOADED_TABLE.fullmatch(file):
                    yield f"{pointer}/{number}/params/file", file

    def images(self) -> Iterator[tuple[str, ImageRef]]:
        """Every image of a drawing, with its JSON pointer."""
        for number, drawn in enumerate(self.overlays):
            if drawn.image is not None:
                yield f"/overlays/{number}/image", drawn.image


class Weight(StrEnum):
    error = "error"
    """The edit cannot be rendered."""
    warning = "warning"
    """It can, and will hardly look as it was meant."""
    note = "note"
    """What was decided for the editor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to know about an edit before it is rendered."""

    __pydantic_config__: ClassVar = {"use_attribute_docstrings": True}

    weight: Weight
    code: str
    """Stable, for programs."""
    detail: str
    """For people."""
    field: str
    """JSON pointer into the edit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedSource:
    """A source of an edit as it lies in the store."""

    name: str
    """As `PictureSource.name` gives it."""
    media: Media | None = None
    """Its picture; None for sound alone."""
    sound: BlobRef | None = None
    """What its sound is read from; None for a silent one."""
    sound_length: RationalTime | None = None
    """On the sample grid."""
    track: MusicTrack | None = None
    """Of the music library."""
    title: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Everything that an edit shows or plays, each once, in order of the name."""

    found: tuple[ResolvedSource, ...]

    def by_name(self) -> dict[str, ResolvedSource]:
        return {source.name: source for source in self.found}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The edit on the frame grid. Written when the last cut is out."""

    canvas: Canvas
    length: int
    """In frames."""
    cuts: tuple[Cut, ...]
    notes: tuple[str, ...] = ()
    """What the viewer will see of warnings: held frames, characters without a glyph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPart:
    """One sound at its place, to the sample."""

    start: int
    """First sample, from the start of the video."""
    length: int
    """In samples."""
    source_start: int = 0
    """Sample of the source that is heard first."""
    audio: BlobRef | None = None
    """None for music and effects, which have no file that is simply played."""
    track: MusicTrack | None = None
    """Of the music library; looped where it is too short."""
    effect: str = ""
    """A name of the catalogue of short sounds."""
    style: str = ""
    """Of music that is written."""
    seed: int = 0
    role: SoundRole = SoundRole.sound
    ducks: bool = False
    """Goes down while a voice speaks."""
    volume_db: float = 0.0
    fade_in: int = 0
    """In samples."""
    fade_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPlan:
    """All that decides the sound of an edit."""

    length: RationalTime
    """On the sample grid; equal to the picture's."""
    parts: tuple[SoundPart, ...]
    loudness_lufs: float | None = None
    """None for the house's own."""
