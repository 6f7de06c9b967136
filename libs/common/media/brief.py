"""The brief: what a shop, a news desk or a teacher asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from annotated_types import Interval, Len

from libs.common.media.pattern import Matches

STRICT: Mapping[str, object] = {"use_attribute_docstrings": True, "extra": "forbid"}
"""How the edge reads these classes: unknown fields are refused, attribute docstrings are the API's descriptions."""

Line = Annotated[str, Len(1, 200)]
Phrase = Annotated[str, Len(1, 60)]


class Language(StrEnum):
    zh = "zh"
    en = "en"


class Scenario(StrEnum):
    ecommerce = "ecommerce"
    news = "news"
    education = "education"


class Aspect(StrEnum):
    portrait = "9:16"
    square = "1:1"
    landscape = "16:9"
    tall = "4:5"


class Tone(StrEnum):
    warm = "warm"
    energetic = "energetic"
    calm = "calm"
    professional = "professional"
    playful = "playful"


class CutOn(StrEnum):
    sentences = "sentences"
    """The first word of a phrase."""
    beats = "beats"
    """The music's beat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What it costs, as it must appear on screen and in speech."""

    __pydantic_config__: ClassVar = STRICT

    amount: Annotated[Decimal, Interval(ge=0, le=100_000_000)]
    """The price to pay, at most two decimals."""
    currency: Annotated[str, Matches(r"^[A-Z]{3}$")] = "CNY"
    """ISO 4217 code."""
    was: Annotated[Decimal, Interval(ge=0, le=100_000_000)] | None = None
    """The former price, shown crossed out; above `amount`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRef:
    """One image, either fetched from an allowed URL or uploaded before. Exactly one of the two is given."""

    __pydantic_config__: ClassVar = STRICT

    url: Annotated[str, Len(1, 2_000)] | None = None
    """`https://` address on the operator's allow-list."""
    upload: Annotated[str, Matches(r"^uploads/[0-9a-f]{64}\.[a-z0-9]{2,5}$")] | None = None
    """Key that `POST /v1/uploads` returned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandKit:
    """The look of the seller."""

    __pydantic_config__: ClassVar = STRICT

    name: Annotated[str, Len(1, 40)] | None = None
    """Brand name as the viewer knows it."""
    logo: ImageRef | None = None
    """PNG or WebP with transparency is best."""
    primary: Annotated[str, Matches(r"^#[0-9A-Fa-f]{6}$")] = "#FFD400"
    """Highlight of captions and price tag, sRGB."""
    secondary: Annotated[str, Matches(r"^#[0-9A-Fa-f]{6}$")] = "#111418"
    """Ground of cards and tags, sRGB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """The subject of the video and the only source of its facts. News and education put their topic here too."""

    __pydantic_config__: ClassVar = STRICT

    name: Annotated[str, Len(1, 80)]
    """Product, topic or headline."""
    category: Annotated[str, Len(1, 40)] | None = None
    """What kind of thing it is: helps to find footage."""
    selling_points: Annotated[tuple[Line, ...], Len(1, 12)]
    """Facts in order of weight: selling points, findings or steps."""
    price: Price | None = None
    claims: Annotated[tuple[Line, ...], Len(0, 12)] = ()
    """Further statements that the seller can prove; used word for word."""
    must_say: Annotated[tuple[Phrase, ...], Len(0, 6)] = ()
    """Phrases that have to be spoken."""
    must_not_say: Annotated[tuple[Phrase, ...], Len(0, 40)] = ()
    """Phrases that must appear nowhere."""
    images: Annotated[tuple[ImageRef, ...], Len(0, 12)] = ()
    """Product images; they are footage too."""
    brand: BrandKit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a person asked for."""

    __pydantic_config__: ClassVar = STRICT

    product: Product
    language: Language = Language.zh
    """Of script, voice and captions."""
    audience: Annotated[str, Len(1, 100)] | None = None
    """Who should watch it."""
    tone: Tone = Tone.warm
    scenario: Scenario = Scenario.ecommerce
    length_s: Annotated[int, Interval(ge=5, le=180)] = 30
    """Length of the finished video; the result lies within 10 %."""
    aspect: Aspect = Aspect.portrait
    presets: Annotated[tuple[Annotated[str, Len(1, 40)], ...], Len(1, 8)] = ("1080p", "540p")
    """Output presets, see `GET /v1/presets`. The largest decides the size of the composition."""
    voice: Annotated[str, Len(1, 60)] | None = None
    """A voice of `GET /v1/voices`; by default the first of the language."""
    music: bool = True
    """A music bed under the voice."""
    music_track: Annotated[str, Len(1, 80)] | None = None
    """Id of a track of your music library, see `GET /v1/music`; by default one that fits the tone, or music written for this video."""
    cut_on: CutOn = CutOn.sentences
    """What cuts inside a scene land on."""
    sound_effects: bool = False
    """Soft sounds where scenes change and tags come in."""
    loudness_lufs: Literal[-14, -16, -23] | None = None
    """Integrated loudness of the finished sound: -14 is what short-video platforms play at, -16 what podcasts do, -23 is EBU R 128 for
    broadcast. By default as the house is set."""
    captions: bool = True
    """Captions in the picture; WebVTT is always there."""
    platform: Annotated[str, Len(1, 40)] = "generic"
    """Where it will be shown, so that no text lies under the app's own buttons: `douyin`, `tiktok`, `kuaishou`, `taobao`, `reels`,
    `shorts`, or `generic` for none in particular."""
    library: Annotated[str, Matches(r"^[a-z0-9][a-z0-9-]{0,39}$")] = "main"
    """The clip library to search."""
    seed: Annotated[int, Interval(ge=0, le=2**31 - 1)] = 0
    """Same brief, seed and library: same edit."""
