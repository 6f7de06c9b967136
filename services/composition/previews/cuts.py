"""The edits that previews show: two seconds each, over the drawn scenes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.blob import BlobRef
from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.footage import Media, MediaKind
from libs.common.media.timeline import Canvas, Clip, Cut, Effect, Motion, Overlay, OverlayKind, Transition
from services.composition.layouts import arranged
from services.composition.previews import scenes

RATE = Fraction(30)
LENGTH = 60
TRANSITION_LENGTH = 24
TRANSITION_START = 16
"""Frames of the old picture alone in a preview of a transition."""
DEMO_SCENE = 7
"""Seeds whatever looks random."""

BEFORE_SCREEN = {"chroma_key"}
SEE_THROUGH = {"mask"}
"""Effects that let something else be seen: they lie over another picture."""

LAYOUT_CLIPS = {
    "full": ("bottle",),
    "split": ("bottle", "cup"),
    "picture_in_picture": ("cup", "bottle"),
    "framed": ("", "bottle", "cup"),
}
"""Scenes of a layout's clips; none for a plain ground."""

SENTENCES = {"zh": ("早上", "一瓶，", "肌肤", "亮", "一整天"), "en": ("One ", "drop ", "a ", "day, ", "brighter ", "skin")}
OVERLAY_TEXTS: dict[OverlayKind, tuple[str, str]] = {
    OverlayKind.heading: ("晨光精华", ""),
    OverlayKind.price_tag: ("¥199", "¥299"),
    OverlayKind.label: ("AI生成", ""),
    OverlayKind.text: ("敏感肌可用", ""),
    OverlayKind.lower_third: ("林小满", "护肤品牌主理人"),
    OverlayKind.badge: ("限时8折", ""),
    OverlayKind.qr_code: ("https://shop.example/serum", "扫码看详情"),
}
CARD_TEXT, CARD_SUBTEXT = "三步学会手冲咖啡", "在家也能喝到的好味道"


@lru_cache(maxsize=1)
def store() -> MemoryBlobStore:
    """The scenes, drawn once."""
    return MemoryBlobStore()


@lru_cache(maxsize=8)
def _image(name: str) -> Media:
    pixels = {"bottle": scenes.bottle, "cup": scenes.cup, "screen": scenes.screen}[name]()
    ref = store_content(store(), "images", scenes.png(pixels), "png")
    return Media(kind=MediaKind.image, blob=ref, width_px=scenes.WIDTH, height_px=scenes.HEIGHT)


@lru_cache(maxsize=1)
def _logo() -> BlobRef:
    return store_content(store(), "images", scenes.png(scenes.logo()), "png")


def plain_cut(canvas: Canvas, *, scene: str = "bottle", length: int = LENGTH) -> Cut:
    """One picture, coming slowly closer."""
    return _cut(canvas, (_clip(scene, length),))


def effect_cut(name: str, canvas: Canvas) -> Cut:
    effect = Effect(name=name, params={})
    if name in BEFORE_SCREEN or name in SEE_THROUGH:
        above = _clip(scene_of(name), LENGTH)
        return replace(_cut(canvas, (_clip("cup", LENGTH),)), insets=(replace(above, effects=(effect,)),))
    return _cut(canvas, (replace(_clip("bottle", LENGTH), effects=(effect,)),))


def before_cut(name: str, canvas: Canvas) -> Cut:
    """The same without the effect."""
    return plain_cut(canvas, scene=scene_of(name))


def scene_of(effect: str) -> str:
    return "screen" if effect in BEFORE_SCREEN else "bottle"


def transition_cut(name: str, canvas: Canvas) -> Cut:
    """The first frames, `TRANSITION_LENGTH`, are the transition; afterwards the new picture stands."""
    leaving = Transition(name=name, length=TRANSITION_LENGTH, outgoing=_clip("bottle", TRANSITION_LENGTH))
    return replace(_cut(canvas, (_clip("cup", LENGTH - TRANSITION_START),)), scene=DEMO_SCENE + 1, transition=leaving)


def caption_cut(style: str, language: str, canvas: Canvas) -> Cut:
    """One caption, whose words are spoken evenly."""
    words = SENTENCES[language]
    step = LENGTH // 2 // len(words)
    spoken = tuple(CaptionWord(text=word, start=2 + number * step, length=step) for number, word in enumerate(words))
    caption = Caption(start=0, length=LENGTH, words=spoken)
    return replace(plain_cut(canvas), captions=(caption,), caption_style=style, language=language)


def overlay_cut(kind: OverlayKind, canvas: Canvas) -> Cut:
    text, subtext = OVERLAY_TEXTS.get(kind, ("", ""))
    image = _logo() if kind in (OverlayKind.logo, OverlayKind.image) else None
    overlay = Overlay(kind=kind, start=0, length=LENGTH, text=text, subtext=subtext, image=image)
    return replace(plain_cut(canvas), overlays=(overlay,))


def card_cut(style: str, canvas: Canvas) -> Cut:
    card = Clip(
        media=Media(kind=MediaKind.card), start=0, length=LENGTH, source_start=None, style=style, text=CARD_TEXT, subtext=CARD_SUBTEXT
    )
    return _cut(canvas, (card,))


def layout_cut(name: str, canvas: Canvas) -> Cut:
    """Up to four clips at once; a layout that lays prints on a ground has a plain one."""
    shown = LAYOUT_CLIPS.get(name, ("bottle", "cup", "cup", "bottle"))
    places = arranged(name, {}, len(shown), canvas)
    clips = [
        replace(_clip(scene, LENGTH) if scene else _plain(), place=place, effects=effects)
        for scene, (place, effects) in zip(shown, places, strict=True)
    ]
    return replace(_cut(canvas, (clips[0],)), insets=tuple(clips[1:]))


def _plain() -> Clip:
    return Clip(media=Media(kind=MediaKind.colour), start=0, length=LENGTH, source_start=None, colour="#3A2F28")


def _clip(scene: str, length: int) -> Clip:
    return Clip(media=_image(scene), start=0, length=length, source_start=None, motion=Motion(zoom_from=1.0, zoom_to=1.05))


def _cut(canvas: Canvas, clips: tuple[Clip, ...]) -> Cut:
    return Cut(
        scene=DEMO_SCENE,
        canvas=canvas,
        length=sum(clip.length for clip in clips),
        clips=clips,
        transition=None,
        captions=(),
        caption_style="karaoke",
        primary="#FFD400",
        secondary="#2A211A",
    )


def languages() -> Iterator[str]:
    return iter(SENTENCES)
