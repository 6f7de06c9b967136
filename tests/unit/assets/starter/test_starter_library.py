"""The starter clips: pictures, form and descriptions."""

import io
import json
import re
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
import skia
import yaml

from libs.common.runtime.containers import open_input
from services.assets.clip import Annotation
from services.assets.starter import themes
from services.assets.starter.film import film
from services.assets.starter.library import DURATION_S, KEY_FRAMES_S, annotation, clips, theme_names, write_whole
from services.assets.starter.stage import FRAME_RATE, HEIGHT, WIDTH, Stage

ALL = tuple(clips())
FIRST_OF_EACH_THEME = tuple({clip.theme: clip for clip in reversed(ALL)}.values())
EVERY = pytest.mark.parametrize("clip", ALL, ids=lambda clip: clip.video_id)
ONE_A_THEME = pytest.mark.parametrize("clip", FIRST_OF_EACH_THEME, ids=lambda clip: clip.theme)
HAN = re.compile(r"[\u3400-\u9fff]")


def drawn(clip, times_s, *, width_px=108):
    """The clip's pictures at these times, as (height, width, BGR)."""
    stage = Stage(width_px / WIDTH)
    draw = clip.scene(stage)
    pictures = []
    for time_s in times_s:
        pixels = np.zeros((round(HEIGHT * stage.scale), width_px, 4), np.uint8)
        surface = skia.Surface(pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
        canvas = surface.getCanvas()
        canvas.scale(stage.scale, stage.scale)
        draw(canvas, time_s)
        pictures.append(pixels)
    return pictures


@EVERY
def test_something_moves_between_any_two_frames(clip):
    times_s = [number / FRAME_RATE for start in (0, 70, 145) for number in range(start, start + 3)]
    pictures = drawn(clip, times_s, width_px=216)
    assert all(not np.array_equal(before, after) for before, after in pairwise(pictures))


@EVERY
def test_the_page_is_covered_and_has_light_and_colour(clip):
    for picture in drawn(clip, KEY_FRAMES_S):
        assert picture[:, :, 3].min() == 255
        assert picture[:, :, :3].mean() > 30
        assert picture[:, :, :3].std() > 12


@EVERY
def test_the_subject_is_above_the_captions(clip):
    """Edges say where there is something to see: more of them a line in the upper two thirds than where captions lie."""
    picture = drawn(clip, [2.5])[0][:, :, :3].astype(np.int16)
    edges = np.abs(np.diff(picture, axis=1)).sum(axis=(1, 2)) + np.abs(np.diff(picture, axis=0, append=picture[-1:])).sum(axis=(1, 2))
    captions = round(0.68 * len(edges))
    assert edges[:captions].mean() > edges[captions:].mean()


@ONE_A_THEME
def test_the_same_scene_gives_the_same_bytes(clip):
    assert film(clip.scene, frames=3, width_px=108, height_px=192) == film(clip.scene, frames=3, width_px=108, height_px=192)


@ONE_A_THEME
def test_a_clip_has_the_form_of_the_library(clip):
    with open_input(io.BytesIO(film(clip.scene, frames=32, width_px=108, height_px=192))) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert (len(container.streams), container.metadata.get("encoder"), stream.average_rate) == (1, None, FRAME_RATE)
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)
        assert context.sample_aspect_ratio == 1
        packets = [packet for packet in container.demux(stream) if packet.pts is not None]
        assert [round(packet.pts * stream.time_base * FRAME_RATE) for packet in packets if packet.is_keyframe] == [0, 30]


def test_red_becomes_the_red_of_bt709():
    def scene(stage):
        return lambda canvas, t: canvas.clear(skia.ColorRED)

    with open_input(io.BytesIO(film(scene, frames=1, width_px=64, height_px=64))) as container:
        planes = next(container.decode(video=0)).to_ndarray().reshape(-1)
    luma, blue, red = planes[: 64 * 64].mean(), planes[4096:5120].mean(), planes[5120:].mean()
    assert (luma, blue, red) == pytest.approx((63, 102, 240), abs=1.5)


def test_there_are_eight_themes_of_four_clips():
    assert len(theme_names()) == 8
    assert [sum(clip.theme == theme for clip in ALL) for theme in theme_names()] == [4] * 8


@pytest.mark.parametrize("theme", theme_names())
def test_every_description_belongs_to_a_scene(theme):
    described = yaml.safe_load((files(themes) / f"{theme}.yaml").read_text(encoding="utf-8"))
    assert list(described) == [clip.name for clip in ALL if clip.theme == theme]


@EVERY
def test_an_annotation_is_one_that_the_library_reads(clip):
    line = json.loads(json.dumps(annotation(clip)))
    read = Annotation.model_validate(line)
    assert set(line) <= Annotation.known_fields()
    assert (read.licence, read.duration, read.uri) == ("CC0-1.0", DURATION_S, f"{read.video_id}.mp4")
    assert all(0 < second < DURATION_S for second in read.key_frames)


@EVERY
def test_a_clip_is_described_in_both_languages(clip):
    english, chinese = clip.about["en"], clip.about["zh"]
    assert len(english) >= 5
    assert len(chinese) >= 5
    assert not any(HAN.search(sentence) for sentence in english)
    assert all(HAN.search(sentence) and sentence.endswith("。") for sentence in chinese)
    assert all(sentence.endswith(".") for sentence in english)
    assert len(clip.about["tags"]["en"]) >= 5
    assert len(clip.about["tags"]["zh"]) >= 5


def test_several_clips_show_an_insulated_cup():
    assert sum("保温杯" in clip.about["tags"]["zh"] for clip in ALL) >= 8


def test_a_file_is_there_whole_or_not_at_all(tmp_path):
    write_whole(tmp_path / "clip.mp4", b"old")
    write_whole(tmp_path / "clip.mp4", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("clip.mp4", b"new")]
