"""Torch draws the same pictures as the CPU's executors: on the CPU always, on CUDA where there is a device."""

import io
from fractions import Fraction

import cv2
import numpy as np
import pytest
import torch
from PIL import Image

from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.footage import Media, MediaKind
from libs.common.media.timeline import Canvas, Clip, Cut, Effect, Fit, Motion, Overlay, OverlayKind, Place, Transition
from services.composition import effects, transitions
from services.composition.drawing import Drawing
from services.composition.executors.opencv import OpencvExecutor
from services.composition.executors.torch_executor import TorchExecutor
from services.composition.feeds import Feeds, Views
from services.composition.plan import ScenePlan
from services.composition.planes import blank
from services.composition.theme import theme_of

CANVAS = Canvas(width_px=180, height_px=320, rate=Fraction(30))
BLOBS = MemoryBlobStore()
PSNR_DB = 45.0
LENGTH = 24


@pytest.fixture(scope="module", params=["cpu", pytest.param("cuda", marks=pytest.mark.gpu)])
def on_torch(request):
    if request.param == "cuda" and not torch.cuda.is_available():
        pytest.skip("no CUDA device")
    torch.set_num_threads(1)
    return TorchExecutor(torch.device(request.param))


def natural(seed, width, height):
    """Dead leaves (the statistics of photographs) with soft edges and grain; RGB."""
    rng = np.random.default_rng(seed)
    rgb = np.full((height, width, 3), rng.integers(60, 190, 3), np.uint8)
    for _ in range(160):
        radius = int(min(width / 3, 4 / (rng.random() + 0.04)))
        at = (int(rng.integers(0, width)), int(rng.integers(0, height)))
        cv2.circle(rgb, at, radius, tuple(int(level) for level in rng.integers(15, 240, 3)), -1, cv2.LINE_AA)
    soft = cv2.GaussianBlur(rgb, (0, 0), 0.8).astype(float) + rng.normal(0, 1.5, rgb.shape)
    return soft.clip(0, 255).astype(np.uint8)


def image(seed, width, height):
    out = io.BytesIO()
    Image.fromarray(natural(seed, width, height)).save(out, "PNG")
    return Media(kind=MediaKind.image, blob=store_content(BLOBS, "images", out.getvalue(), "png"), width_px=width, height_px=height)


TALL, WIDE = image(1, 190, 340), image(2, 300, 200)


def clip(media, length=LENGTH, **changes):
    return Clip(media=media, start=0, length=length, source_start=None, motion=Motion(zoom_to=1.1), **changes)


def scene(main, **changes):
    return Cut(scene=1, canvas=CANVAS, length=LENGTH, clips=(main,), transition=None, captions=(), caption_style="karaoke", **changes)


def drawn(cut, numbers, executor):
    plan, theme = ScenePlan(cut), theme_of(cut)
    own = executor.prepare if isinstance(executor, TorchExecutor) else None
    feeds, views, drawing = Feeds(plan, theme, BLOBS), Views(plan, own), Drawing(cut, plan.patches, BLOBS)
    found = []
    for number in numbers:
        recipe, target = plan.frame(number), blank(CANVAS.width_px, CANVAS.height_px)
        shown, patches = views.of(recipe, feeds.pictures(recipe)), drawing.patches([stamp.patch for stamp in recipe.stamps])
        (executor.begin if own else executor.compose)(target, recipe, views=shown, looks=plan.looks, patches=patches)
        found.append(target)
    return found


def psnr_db(one, other):
    squares = np.concatenate([((a.astype(float) - b.astype(float)) ** 2).ravel() for a, b in zip(one.all(), other.all(), strict=True)])
    return 10 * np.log10(255**2 / max(1e-9, squares.mean()))


def agree(cut, numbers, on_torch, reference):
    pairs = zip(drawn(cut, numbers, on_torch), drawn(cut, numbers, reference), strict=True)
    assert min(psnr_db(one, other) for one, other in pairs) >= PSNR_DB


def extremes(plugin):
    """Every number at its upper bound."""
    return {param.name: type(param.default)(param.maximum) for param in plugin.params if param.maximum is not None}


@pytest.mark.parametrize("strength", ["as it comes", "at its most"])
@pytest.mark.parametrize("name", effects.CATALOGUE)
def test_an_effect_is_the_same_on_torch(name, strength, on_torch, kernel):
    params = {} if strength == "as it comes" else extremes(effects.CATALOGUE[name])
    agree(scene(clip(TALL, effects=(Effect(name=name, params=params),))), (5 if params else 14,), on_torch, kernel)


@pytest.mark.parametrize("name", transitions.CATALOGUE)
def test_a_transition_is_the_same_on_torch(name, on_torch, kernel):
    change = Transition(name=name, length=12, outgoing=clip(WIDE, 12, fit=Fit.blur))
    cut = Cut(scene=1, canvas=CANVAS, length=LENGTH, clips=(clip(TALL),), transition=change, captions=(), caption_style="karaoke")
    agree(cut, (3, 8), on_torch, kernel)


def whole_scene():
    words = tuple(CaptionWord(text=text, start=4 * k, length=4) for k, text in enumerate(("早上", "倒进", "热水", "still ", "hot")))
    overlays = (
        Overlay(kind=OverlayKind.heading, start=0, length=LENGTH, text="保温杯"),
        Overlay(kind=OverlayKind.price_tag, start=0, length=LENGTH, text="¥199", subtext="¥259"),
        Overlay(kind=OverlayKind.label, start=0, length=LENGTH, text="AI"),
    )
    return Cut(
        scene=1,
        canvas=CANVAS,
        length=LENGTH,
        clips=(clip(WIDE, fit=Fit.blur, effects=(Effect(name="warm", params={}), Effect(name="vignette", params={}))),),
        transition=Transition(name="crossfade", length=8, outgoing=clip(TALL, 8, effects=(Effect(name="glow", params={}),))),
        captions=(Caption(start=0, length=LENGTH, words=words),),
        caption_style="karaoke",
        overlays=overlays,
        insets=(clip(TALL, place=Place(left=0.6, top=0.1, width=0.35, height=0.25), opacity=0.8),),
        effects=(Effect(name="grain", params={}),),
    )


@pytest.mark.parametrize("reference", ["kernel", "opencv"])
def test_a_whole_scene_is_the_same_on_torch(reference, on_torch, request):
    other = OpencvExecutor() if reference == "opencv" else request.getfixturevalue("kernel")
    agree(whole_scene(), (2, 5, 13), on_torch, other)
