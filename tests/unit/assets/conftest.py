"""A brief, scenes with their voices, and clips that were found."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from libs.common.media.blob import BlobRef
from libs.common.media.brief import Brief, Product
from libs.common.media.footage import MediaKind
from libs.common.media.sound import TimingSource, Utterance, Word
from libs.common.media.storyboard import Scene, SceneRole
from libs.common.media.time import RationalTime, TimeRange
from services.assets.clip import Annotation, Clip, ClipMedia
from services.assets.search import Found


@pytest.fixture
def brief() -> Brief:
    return Brief(product=Product(name="Aurora mug", selling_points=("keeps tea hot",)))


@pytest.fixture
def scene() -> Callable[..., Scene]:
    def make(**changes: object) -> Scene:
        fields = {
            "index": 0,
            "role": SceneRole.benefit,
            "language": "en",
            "narration": "It keeps tea hot.",
            "visual_query": "steam rises from a cup",
            "keywords": ("steam", "cup"),
            "target_s": Fraction(3),
        }
        return Scene(**(fields | changes))  # type: ignore[arg-type]

    return make


@pytest.fixture
def utterance() -> Callable[..., Utterance]:
    """`frames` long at 30 a second; words begin at the given frames."""

    def make(frames: int, words: tuple[int, ...] = (), rate: int = 30) -> Utterance:
        hz = Fraction(48_000)
        spoken = [TimeRange(RationalTime(at * 48_000 // rate, hz), RationalTime(4_800, hz)) for at in words]
        return Utterance(
            scene=0,
            audio=BlobRef(key="speech/00.wav", size_bytes=1, media_type="audio/wav"),
            length=RationalTime(frames, Fraction(rate)),
            words=tuple(Word(text="word ", char_start=5 * number, spoken=time) for number, time in enumerate(spoken)),
            voice="anna",
            engine="fixed",
            timing_source=TimingSource.engine,
        )

    return make


@pytest.fixture
def found() -> Callable[..., Found]:
    """A clip with film of `seconds`, portrait unless said otherwise."""

    def make(
        name: str,
        *,
        relevance: float = 0.7,
        seconds: float = 12,
        size: tuple[int, int] = (1080, 1920),
        kind: MediaKind = MediaKind.video,
        key_frames: tuple[float, ...] = (),
    ) -> Found:
        still = kind is MediaKind.image
        blob = BlobRef(key=f"clips/{name}.{'jpg' if still else 'mp4'}", size_bytes=1, media_type="image/jpeg" if still else "video/mp4")
        media = ClipMedia(
            kind=kind,
            blob=blob,
            width_px=size[0],
            height_px=size[1],
            frames=0 if still else round(seconds * 30),
            source_sha256="0" * 64,
        )
        annotation = Annotation(video_id=name, title=name.title(), licence="CC0", key_frames=key_frames)
        return Found(clip=Clip(annotation=annotation, media=media), score=relevance, relevance=relevance, dense=0.6, sparse=0.5, tags=())

    return make
