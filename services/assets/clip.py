"""A clip: as its owner describes it, and as the library keeps it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self

from annotated_types import Interval, Len
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from libs.common.documents import content_hash
from libs.common.media.blob import BlobRef
from libs.common.media.brief import Language
from libs.common.media.footage import MediaKind
from services.assets.index.base import Orientation

_HAN = re.compile(r"[\u3400-\u9fff]")
_SQUARE = 1.15
"""Sides that differ by less than this factor make a square picture."""

ClipId = Annotated[str, StringConstraints(pattern=r"^[^\s/\\?#%]{1,120}$")]
LibraryName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Share = Annotated[float, Interval(ge=0, le=1)]
Second = Annotated[float, Interval(ge=0, le=86_400)]


class SubjectBox(BaseModel):
    """Something in the picture that captions and tags must not cover, in shares of its sides."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False)

    kind: Literal["face", "product"]
    """What it is."""
    left: Share
    """0 is the left edge of the picture."""
    top: Share
    """0 is its upper edge."""
    width: Share
    """1 is the whole width."""
    height: Share
    """1 is the whole height."""

    @model_validator(mode="after")
    def _lies_in_the_picture(self) -> Self:
        if self.left + self.width > 1 + 1e-6 or self.top + self.height > 1 + 1e-6:
            raise ValueError("the box reaches out of the picture")
        if self.width <= 0 or self.height <= 0:
            raise ValueError("the box is empty")
        return self


class Annotation(BaseModel):
    """One line of the annotation format."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="ignore", use_attribute_docstrings=True, populate_by_name=True, allow_inf_nan=False
    )

    video_id: ClipId
    """The owner's name for the clip; unique in a library. The same id again replaces what was there."""
    duration: Second = 0.0
    """Seconds. Where there is media, the media decides."""
    tags: Annotated[tuple[Tag, ...], Len(0, 64)] = ()
    """Single words or short phrases: subject, action, place, mood."""
    transcript: Annotated[str, Len(0, 20_000)] = ""
    """What is seen, in sentences; five or more find best."""
    key_frames: Annotated[tuple[Second, ...], Len(0, 200)] = ()
    """Seconds at which the clip is at its best; a cut tries to have one in its middle."""
    uri: Annotated[str, Len(0, 2_000)] = ""
    """Where the clip comes from. Kept as a note and never opened."""
    language: Annotated[Language | None, Field(validation_alias=AliasChoices("language", "lang"))] = None
    """Of the texts; by default found out."""
    licence: Annotated[str, Field(max_length=500, validation_alias=AliasChoices("licence", "license"))] = ""
    """Under which it may be shown; travels with every video that uses it."""
    title: Annotated[str, Len(0, 200)] = ""
    subjects: Annotated[tuple[SubjectBox, ...], Len(0, 32)] = ()
    """Faces and products and where they are, over the whole clip: a cut keeps its texts off them."""

    @property
    def text(self) -> str:
        """All that can be found, as sentences."""
        return "\n".join(part for part in (self.title, self.transcript, "，".join(self.tags)) if part)

    @property
    def sha256(self) -> str:
        return content_hash(self.model_dump_json().encode())

    @classmethod
    def known_fields(cls) -> frozenset[str]:
        return frozenset(cls.model_fields) | {"lang", "license"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipMedia:
    """The picture of a clip, as it lies in the store."""

    kind: MediaKind
    blob: BlobRef
    width_px: int
    height_px: int
    frames: int
    """On the mezzanine's grid of 30 a second; 0 for a still."""
    source_sha256: str
    """Of the file as it was sent."""
    taken_over: bool = False
    """It had the mezzanine's form already."""

    @property
    def orientation(self) -> Orientation:
        return orientation_of(self.width_px, self.height_px)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    annotation: Annotation
    media: ClipMedia | None
    """None for a clip that can be found and not shown."""

    @property
    def id(self) -> str:
        return self.annotation.video_id

    @property
    def duration_s(self) -> float:
        if self.media is not None and self.media.kind is MediaKind.video:
            return self.media.frames / 30
        return self.annotation.duration


class Outcome(StrEnum):
    created = "created"
    updated = "updated"
    unchanged = "unchanged"
    refused = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of one line or file."""

    id: str | None
    outcome: Outcome
    line: int | None = None
    """From 1, of the request."""
    code: str | None = None
    """Why it was refused."""
    detail: str | None = None
    field: str | None = None
    """JSON pointer into the line."""
    ignored: tuple[str, ...] = ()
    """Fields of the line that are none of ours."""


def orientation_of(width_px: int, height_px: int) -> Orientation:
    if max(width_px, height_px) < _SQUARE * min(width_px, height_px):
        return Orientation.square
    return Orientation.landscape if width_px > height_px else Orientation.portrait


def language_of(text: str) -> Language:
    """Chinese where at least a fifth of the letters are Chinese characters: they carry more meaning each than Latin letters."""
    han = len(_HAN.findall(text))
    return Language.zh if han and han * 5 >= sum(letter.isalpha() for letter in text) else Language.en
