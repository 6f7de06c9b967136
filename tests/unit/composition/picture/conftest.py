"""Briefs, scenes and footage for the edit, without any media."""

import io
from decimal import Decimal
from fractions import Fraction

import pytest
from PIL import Image, ImageDraw

from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.blob import BlobRef
from libs.common.media.brief import BrandKit, Brief, ImageRef, Language, Price, Product
from libs.common.media.footage import Footage, Media, MediaKind, Shot
from libs.common.media.music import MusicChoice
from libs.common.media.sound import TimingSource, Utterance, Word
from libs.common.media.storyboard import Scene, SceneRole
from libs.common.media.time import RationalTime, TimeRange
from libs.common.runtime.context import RecordingContext
from services.composition.cut import cut

FPS = Fraction(30)
HZ = Fraction(48_000)
NOW = RationalTime(0, FPS)
CLIP = BlobRef(key="clips/" + "a" * 64 + ".mp4", size_bytes=1, media_type="video/mp4")


class Bench:
    """Makes the documents of one scene with short words."""

    def __init__(self):
        self.blobs = MemoryBlobStore()

    def brief(self, **changes):
        product = {
            "name": "晨野保温杯",
            "selling_points": ("保温 12 小时",),
            "price": Price(amount=Decimal("199"), was=Decimal("299")),
            "brand": BrandKit(name="晨野"),
        } | changes.pop("product", {})
        return Brief(product=Product(**product), **changes)

    def logo(self):
        ref = store_content(self.blobs, "uploads", b"not looked at here", "png")
        return BrandKit(name="晨野", logo=ImageRef(upload=ref.key))

    def scene(self, index=0, role=SceneRole.hook, **changes):
        fields = {
            "narration": "早上装热水。",
            "on_screen_text": "保温12小时",
            "visual_query": "杯子",
            "language": Language.zh,
            "target_s": Fraction(3),
        }
        return Scene(index=index, role=role, **fields | changes)

    def word(self, text, start_s, end_s):
        begin, end = (RationalTime.snap(Fraction(at).limit_denominator(48_000), HZ) for at in (start_s, end_s))
        return Word(text=text, char_start=0, spoken=TimeRange(begin, end - begin))

    def mark(self, text):
        return Word(text=text, char_start=0, spoken=None)

    def utterance(self, words=(), *, frames=90, scene=0):
        return Utterance(
            scene=scene,
            audio=BlobRef(key="speech/" + "b" * 64 + ".wav", size_bytes=1, media_type="audio/wav"),
            length=RationalTime(frames, FPS),
            words=tuple(words),
            voice="v",
            engine="e",
            timing_source=TimingSource.engine,
        )

    def video(self, frames, *, start=0, source_frames=300, size=(1080, 1920)):
        media = Media(kind=MediaKind.video, blob=CLIP, width_px=size[0], height_px=size[1], length=RationalTime(source_frames, FPS))
        source = TimeRange(RationalTime(start, FPS), RationalTime(frames, FPS))
        return Shot(media=media, source_range=source, share=RationalTime(frames, FPS), clip_id="clip")

    def still(self, frames, *, size=(1080, 1920), clip_id="still"):
        media = Media(kind=MediaKind.image, blob=CLIP, width_px=size[0], height_px=size[1])
        return Shot(media=media, source_range=None, share=RationalTime(frames, FPS), clip_id=clip_id)

    def card(self, frames):
        return Shot(media=Media(kind=MediaKind.card), source_range=None, share=RationalTime(frames, FPS))

    def cut(self, *shots, brief=None, scene=None, words=(), previous=None, frames=None, choice=MusicChoice(), start=NOW):  # noqa: B008
        scene = scene or self.scene()
        shots = shots or (self.video(90),)
        frames = frames or sum(shot.share.value for shot in shots)
        return cut(
            brief or self.brief(),
            choice,
            scene,
            self.utterance(words, frames=frames, scene=scene.index),
            Footage(scene=scene.index, shots=tuple(shots), start=start),
            previous,
            blobs=self.blobs,
            context=RecordingContext(),
        )


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def logo_png():
    """A red disc on nothing."""
    picture = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((60, 10, 140, 90), fill=(220, 30, 30, 255))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
