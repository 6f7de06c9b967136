"""Moves and speeds in finished frames."""

from dataclasses import replace
from fractions import Fraction

import pytest

from bench.jitter import smoothness
from libs.common.media.timeline import Canvas, Place, Speed
from libs.common.runtime.context import RecordingContext
from services.composition.executors.opencv import OpencvExecutor
from services.composition.render import executor_of, render
from tests.integration.composition.conftest import encode

SMALL = Canvas(width_px=180, height_px=320, rate=Fraction(30))


@pytest.mark.parametrize("name", ["compiled", "reference"])
def test_a_slow_zoom_neither_jitters_nor_breathes(name, settings):
    executor = OpencvExecutor() if name == "reference" else executor_of(settings)[0]
    found = smoothness(executor, SMALL, frames=40)
    assert found.rms_px <= 0.05
    assert found.max_px <= 0.1
    assert found.breath <= 0.003
    assert found.swing <= 0.08


@pytest.fixture
def levels(studio, settings, frames_of):
    def run(cut):
        segment = render(cut, blobs=studio.blobs, settings=settings, context=RecordingContext())
        return [luma for luma, _, _ in frames_of(studio.blobs.get(segment.video.key))], segment.notes

    return run


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (2, 2, [2 * n for n in range(12)]),
        (0, 0, [0] * 12),
        ("1/2", "1/2", [n // 2 for n in range(12)]),
        (0, 3, [n * n / 8 for n in range(12)]),
    ],
)
def test_a_clip_plays_at_its_speed(studio, levels, start, end, shown):
    clip = studio.clip(studio.ramp(), 12, at=3, speed=Speed(start=Fraction(start), end=Fraction(end)))
    found, notes = levels(studio.cut(clip))
    assert found == pytest.approx([40 + 4 * (3 + frame) for frame in shown], abs=3.6)
    assert notes == ()


def test_a_freeze_at_the_last_frame_is_no_damage(studio, levels):
    clip = studio.clip(studio.ramp(10), 12, at=9, speed=Speed(start=Fraction(0), end=Fraction(0)))
    found, notes = levels(studio.cut(clip))
    assert found == pytest.approx([76] * 12, abs=1.5)
    assert notes == ()


def test_clips_side_by_side_are_read_at_once_and_each_damage_is_told(studio, levels):
    """The left half plays on, the right one is over after six frames and is held."""
    left = studio.clip(studio.ramp(), 20, place=Place(width=0.5))
    short = studio.video(encode([200] * 6), 6)
    right = studio.clip(short, 20, place=Place(left=0.5, width=0.5))
    found, notes = levels(replace(studio.cut(left), insets=(right,)))
    assert found == pytest.approx([(40 + 4 * n + 200) / 2 for n in range(20)], abs=2)
    assert len(notes) == 1
    assert "ended early" in notes[0]


def test_an_inset_comes_and_goes_within_its_frames(studio, levels):
    ground = studio.clip(studio.video(encode([40] * 20), 20), 20)
    inset = studio.clip(studio.video(encode([200] * 20), 20), 10, start=5, fade_in=3, fade_out=3)
    found, _ = levels(replace(studio.cut(ground), insets=(inset,)))
    meant = [0] * 5 + [0.25, 0.5, 0.75, 1, 1, 1, 1, 0.75, 0.5, 0.25] + [0] * 5
    assert found == pytest.approx([40 + 160 * share for share in meant], abs=2.5)
