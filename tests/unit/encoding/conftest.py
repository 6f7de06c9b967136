from collections.abc import Callable
from fractions import Fraction

import pytest

from libs.common.media.blob import BlobRef
from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.footage import Media, MediaKind
from libs.common.media.sound import Soundtrack, TimingSource, Utterance, Word
from libs.common.media.time import RationalTime, TimeRange
from libs.common.media.timeline import Canvas, Clip, Cut, Effect, Overlay, Transition

RATE = Fraction(30)
CANVAS = Canvas(width_px=108, height_px=192, rate=RATE)


def blob(kind: str, ext: str) -> BlobRef:
    return BlobRef(key=f"{kind}/{'0' * 64}.{ext}", size_bytes=1, media_type="video/mp4")


@pytest.fixture
def make_cut() -> Callable[..., Cut]:
    def cut(scene: int, length: int, *captions: tuple[int, int, str], overlays: tuple[Overlay, ...] = ()) -> Cut:
        video = Media(
            kind=MediaKind.video, blob=blob("clips", "mp4"), width_px=1080, height_px=1920, length=RationalTime(250, Fraction(25))
        )
        clip = Clip(
            media=video,
            start=0,
            length=length,
            source_start=RationalTime(50, Fraction(25)),
            effects=(Effect(name="vignette", params={"strength": 0.4}),),
        )
        return Cut(
            scene=scene,
            canvas=CANVAS,
            length=length,
            clips=(clip,),
            transition=Transition(name="crossfade", length=12, outgoing=clip) if scene else None,
            captions=tuple(
                Caption(start=start, length=count, words=(CaptionWord(text=text, start=start, length=count),))
                for start, count, text in captions
            ),
            caption_style="plain",
            overlays=overlays,
        )

    return cut


@pytest.fixture
def make_utterance() -> Callable[..., Utterance]:
    def utterance(scene: int, frames: int, *words: str, source: TimingSource = TimingSource.engine) -> Utterance:
        samples = Fraction(48_000)
        spoken = []
        position = 0
        for number, text in enumerate(words):
            when = TimeRange(RationalTime(4_800 + 9_600 * number, samples), RationalTime(8_000, samples))
            spoken.append(Word(text=text, char_start=position, spoken=None if text.strip() in {"，", ",", ""} else when))
            position += len(text)
        return Utterance(
            scene=scene,
            audio=blob("speech", "wav"),
            length=RationalTime(frames, RATE),
            words=tuple(spoken),
            voice="zh",
            engine="test",
            timing_source=source,
        )

    return utterance


@pytest.fixture
def soundtrack() -> Soundtrack:
    return Soundtrack(
        audio=blob("soundtracks", "m4a"),
        length=RationalTime(160_000, Fraction(48_000)),
        integrated_lufs=-14.0,
        true_peak_dbtp=-1.5,
        music="warm_plucks",
    )
