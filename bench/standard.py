"""The standard timeline, on which every figure of the picture stands: 30 s at 1080 x 1920 and 30 frames a second.

Eight shots of mixed sizes and rates, six that fill and two over a blurred copy, seven transitions of 12 frames, an eased camera move on
each, grade and vignette, ten karaoke captions in Chinese and English, a logo, a price tag that slides in, music under a voice.
"""

from __future__ import annotations

import math
import wave
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from io import BytesIO

import cv2
import numpy as np

from bench.footage import SOURCES, footage
from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.blob import BlobRef
from libs.common.media.brief import Brief, Language, Price, Product, Scenario
from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.footage import Media, MediaKind
from libs.common.media.sound import TimingSource, Utterance
from libs.common.media.storyboard import Mood, Scene, SceneRole, Storyboard
from libs.common.media.time import SAMPLE_RATE_HZ, RationalTime
from libs.common.media.timeline import Canvas, Clip, Cut, Effect, Fit, Motion, Overlay, OverlayKind, Transition
from services.composition.cut import GRADES, VIGNETTE

RATE = Fraction(30)
CANVAS = Canvas(width_px=1080, height_px=1920, rate=RATE)
SHOTS = len(SOURCES)
SHOT_FRAMES, OVERLAP = 123, 12
"""Each shot is on screen for 123 frames; the last 12 lie under the next one's transition."""
FRAMES = SHOTS * SHOT_FRAMES - (SHOTS - 1) * OVERLAP
IN_POINT = 15
"""Where a shot begins in its source, in frames: between two key frames, as chosen moments do."""
BLURRED = (2, 7)
"""Shots of landscape film that are shown whole."""
TRANSITIONS = ("crossfade", "slide")
WORD_FRAMES = 9
PHRASES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("早上", "倒进", "热水,"), ("晚上", "还", "烫嘴")),
    (("316", "不锈钢", "内胆"),),
    (("Keeps ", "coffee ", "hot ", "all ", "day"),),
    (("一只手", "就能", "打开"), ("倒过来", "也", "不漏")),
    (("车里", "包里", "都", "放得下"),),
    (("Made ", "for ", "long ", "days"),),
    (("现在", "只要", "199", "元"),),
    (("点击", "下方", "链接"),),
)
"""Words of the captions of each shot."""
PRICE_SHOT, PRICE_START = 6, 12
"""The shot in which the price tag slides in, and its frame."""
PRICE, FORMER_PRICE = "¥199", "¥259"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What `composition.mix` reads."""

    brief: Brief
    storyboard: Storyboard
    utterances: tuple[Utterance, ...]


def standard(blobs: BlobStore, shots: int = SHOTS) -> tuple[Cut, ...]:
    """The cuts of the first `shots` shots, their media and the logo in `blobs`."""
    media = [_media(number, blobs) for number in range(shots)]
    logo = store_content(blobs, "logos", logo_png(), "png")
    return tuple(_cut(number, media, logo, last=number == shots - 1) for number in range(shots))


def sound(blobs: BlobStore, cuts: tuple[Cut, ...]) -> Sound:
    """A voice as long as each cut, and a brief that asks for music."""
    price = Price(amount=Decimal(199), was=Decimal(259))
    brief = Brief(product=Product(name="暖山保温杯", category="保温杯", selling_points=("12小时保温",), price=price))
    scenes = tuple(
        Scene(
            index=cut.scene,
            role=SceneRole.benefit,
            language=Language.zh,
            narration="".join(caption.text for caption in cut.captions),
            visual_query="cup",
            target_s=cut.length / RATE,
        )
        for cut in cuts
    )
    storyboard = Storyboard(
        title=brief.product.name, language=Language.zh, scenario=Scenario.ecommerce, scenes=scenes, facts=(), generator="bench/1"
    )
    return Sound(brief=brief, storyboard=storyboard, utterances=tuple(_utterance(cut, blobs) for cut in cuts))


def _media(number: int, blobs: BlobStore) -> Media:
    found = footage(number)
    return Media(
        kind=MediaKind.video,
        blob=store_content(blobs, "clips", found.mezzanine.read_bytes(), "mp4"),
        width_px=found.width_px,
        height_px=found.height_px,
        length=found.length,
    )


def _cut(number: int, media: list[Media], logo: BlobRef, *, last: bool) -> Cut:
    length = SHOT_FRAMES if last else SHOT_FRAMES - OVERLAP
    return Cut(
        scene=number,
        canvas=CANVAS,
        length=length,
        clips=(_clip(number, media[number], IN_POINT, length, motion(number)),),
        transition=_transition(number, media) if number else None,
        captions=_captions(number),
        caption_style="karaoke",
        overlays=_overlays(number, length, logo),
    )


def _clip(number: int, media: Media, begin: int, length: int, move: Motion) -> Clip:
    grade = GRADES[tuple(Mood)[number % len(Mood)]]
    return Clip(
        media=media,
        start=0,
        length=length,
        source_start=RationalTime(begin, RATE),
        fit=Fit.blur if number in BLURRED else Fit.fill,
        motion=move,
        effects=(Effect(name="grade", params=dict(grade)), Effect(name="vignette", params=dict(VIGNETTE))),
    )


def motion(number: int) -> Motion:
    """Closer and away in turn, between 1.00 and 1.10, with a little drift."""
    drift = 0.3 if number % 4 < 2 else -0.3
    if number % 2:
        return Motion(zoom_from=1.1, zoom_to=1.0, pan_x_from=drift)
    return Motion(zoom_from=1.0, zoom_to=1.1, pan_x_to=drift)


def _transition(number: int, media: list[Media]) -> Transition:
    before, move = number - 1, motion(number - 1)
    rest = Motion(zoom_from=move.zoom_to, zoom_to=move.zoom_to, pan_x_from=move.pan_x_to, pan_x_to=move.pan_x_to)
    outgoing = _clip(before, media[before], IN_POINT + SHOT_FRAMES - OVERLAP, OVERLAP, rest)
    return Transition(name=TRANSITIONS[number % len(TRANSITIONS)], length=OVERLAP, outgoing=outgoing)


def _captions(number: int) -> tuple[Caption, ...]:
    """Phrases end to end from the end of the transition on, each standing a little longer than it is spoken."""
    found, at = [], OVERLAP
    for words in PHRASES[number]:
        spoken = tuple(CaptionWord(text=text, start=at + WORD_FRAMES * k, length=WORD_FRAMES) for k, text in enumerate(words))
        length = WORD_FRAMES * len(words) + 14
        found.append(Caption(start=at, length=length, words=spoken))
        at += length
    return tuple(found)


def _overlays(number: int, length: int, logo: BlobRef) -> tuple[Overlay, ...]:
    mark = Overlay(kind=OverlayKind.logo, start=0, length=length, image=logo, enters=number == 0)
    if number != PRICE_SHOT:
        return (mark,)
    tag = Overlay(kind=OverlayKind.price_tag, start=PRICE_START, length=length - PRICE_START, text=PRICE, subtext=FORMER_PRICE)
    return (mark, tag)


@cache
def logo_png() -> bytes:
    """A word mark, white with a coloured disc, on nothing."""
    picture = np.zeros((160, 480, 4), np.uint8)
    cv2.circle(picture, (80, 80), 60, (40, 160, 255, 255), -1, cv2.LINE_AA)
    cv2.putText(picture, "WARMHILL", (165, 105), cv2.FONT_HERSHEY_DUPLEX, 2.0, (255, 255, 255, 255), 5, cv2.LINE_AA)
    coded, data = cv2.imencode(".png", picture)
    assert coded
    return data.tobytes()


def _utterance(cut: Cut, blobs: BlobStore) -> Utterance:
    """Syllables: a buzz of 140 Hz that rises and falls five times a second while a caption is spoken."""
    samples = cut.length * SAMPLE_RATE_HZ // int(RATE)
    seconds = np.arange(samples) / SAMPLE_RATE_HZ
    speaks = np.zeros(samples, bool)
    for caption in cut.captions:
        begin, end = (frame * SAMPLE_RATE_HZ // int(RATE) for frame in (caption.start, caption.start + len(caption.words) * WORD_FRAMES))
        speaks[begin:end] = True
    buzz = sum(np.sin(2 * math.pi * 140 * k * seconds) / k for k in range(1, 18))
    voice = 0.25 * buzz * np.abs(np.sin(math.pi * 5 * seconds)) * speaks
    target = BytesIO()
    with wave.open(target, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(SAMPLE_RATE_HZ)
        written.writeframes((np.clip(voice, -1, 1) * 32_767).astype("<i2").tobytes())
    return Utterance(
        scene=cut.scene,
        audio=store_content(blobs, "speech", target.getvalue(), "wav"),
        length=RationalTime(cut.length, RATE),
        words=(),
        voice="buzz",
        engine="bench",
        timing_source=TimingSource.engine,
    )
