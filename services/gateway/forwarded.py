"""Answers of other services that pass through: the fields that callers may rely on. What a service adds passes through too."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


class Forwarded(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow", use_attribute_docstrings=True)


class Voice(Forwarded):
    name: str
    """What a brief says."""
    language: str
    title: str
    """For people, in the language of the voice."""


class Voices(Forwarded):
    voices: list[Voice]


class Param(Forwarded):
    """A parameter of a catalogue's entry."""

    name: str
    type: str
    """`float`, `int` or `str`."""
    default: float | str
    description: str
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    """`px` is at a short side of 1080; `#RRGGBB` says that a text is a colour."""
    choices: list[str] = []
    """Of a text that is one of a few."""


class Plugin(Forwarded):
    """An entry of a catalogue."""

    name: str
    """What an edit says."""
    title: str
    description: str
    params: list[Param] = []


class Effects(Forwarded):
    effects: list[Plugin]


class Transitions(Forwarded):
    transitions: list[Plugin]


class CaptionStyles(Forwarded):
    caption_styles: list[Plugin]


class Overlays(Forwarded):
    overlays: list[Plugin]


class Cards(Forwarded):
    cards: list[Plugin]


class Layout(Plugin):
    least: int
    """Clips that it takes at least."""
    most: int


class Layouts(Forwarded):
    layouts: list[Layout]


class Upload(Forwarded):
    key: str
    """What a brief says in `upload`."""


class Track(Forwarded):
    """A piece of music."""

    id: str
    """What a brief says in `music_track`."""
    title: str
    licence: str
    mood: str
    tempo_bpm: float
    first_beat_s: float
    length_s: float


class Tracks(Forwarded):
    tracks: list[Track]


class MediaUpload(Forwarded):
    key: str
    """What an edit says in `upload`."""
    kind: str
    """`video`, `image`, `sound`, or `table` for a colour table."""
    length_s: float | None
    """Of films and sounds."""
    has_sound: bool


class Clip(Forwarded):
    """A clip of the library with its annotation."""

    id: str
    media: dict[str, Any] | None = None
    """What is known of its picture; null for a clip that can be found and not shown."""


class Hit(Clip):
    """A clip that was found."""

    score: float
    """Orders the answer."""


class Hits(Forwarded):
    results: list[Hit]
    """Best first."""


class Stats(Forwarded):
    """What the library holds."""


class IngestedItem(Forwarded):
    """What became of one line or file."""

    outcome: str
    """`created`, `updated`, `unchanged` or `refused`."""
    id: str | None = None
    line: int | None = None
    """From 1."""
    code: str | None = None
    """Why it was refused."""
    detail: str | None = None
    field: str | None = None
    """JSON pointer into the line."""


class Ingested(Forwarded):
    """What became of each line or file."""

    items: list[IngestedItem]
