"""What every encoder preset owes the rest: segments that join by stream copy, and the same bytes for the same frames."""

import io
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from libs.common.media.encoders import ENCODERS, KEY_INTERVAL, encoder
from libs.common.media.timeline import Canvas
from libs.common.runtime.containers import open_input
from services.composition.frames import SegmentWriter, Slot

CANVAS = Canvas(width_px=176, height_px=320, rate=Fraction(30))
FRAMES = KEY_INTERVAL + 10


def made(preset: str, *, seed: int, brightness: int) -> bytes:
    """Noise that drifts over a level, with one hard cut that calls for a key frame of its own."""
    rng, writer, slot = np.random.default_rng(seed), SegmentWriter(CANVAS, encoder(preset)), Slot(CANVAS)
    picture = rng.integers(0, 60, (CANVAS.height_px, CANVAS.width_px), np.uint8) + np.uint8(brightness)
    for number in range(FRAMES):
        slot.planes.y[:] = np.roll(picture if number < 25 else 200 - picture // 2, number, axis=1)
        slot.planes.u[:], slot.planes.v[:] = 120, 130
        writer.write(slot)
    return writer.finish(FRAMES)


def packets(data: bytes) -> Iterator[tuple[int, bool]]:
    """Number of the frame and whether it is a key frame, in the order of decoding."""
    with open_input(io.BytesIO(data)) as container:
        for packet in container.demux(container.streams.video[0]):
            if packet.size and packet.pts is not None:
                yield int(packet.pts * packet.time_base * CANVAS.rate), packet.is_keyframe


def parameter_sets(data: bytes) -> bytes | None:
    with open_input(io.BytesIO(data)) as container:
        return container.streams.video[0].codec_context.extradata


@pytest.mark.parametrize("preset", ENCODERS)
def test_segments_of_different_pictures_have_equal_parameter_sets(preset: str):
    assert parameter_sets(made(preset, seed=1, brightness=20)) == parameter_sets(made(preset, seed=2, brightness=160))


@pytest.mark.parametrize("preset", ENCODERS)
def test_no_two_key_frames_are_more_than_two_seconds_apart(preset: str):
    keys = [number for number, is_key in packets(made(preset, seed=1, brightness=20)) if is_key]
    assert keys[0] == 0
    assert all(after - before <= KEY_INTERVAL for before, after in zip(keys, [*keys[1:], FRAMES], strict=True))


@pytest.mark.parametrize("preset", ENCODERS)
def test_no_frame_after_a_key_frame_is_shown_before_it(preset: str):
    """A closed group: nothing refers across a key frame, so that a cut there loses nothing."""
    key = 0
    for number, is_key in packets(made(preset, seed=1, brightness=20)):
        key = number if is_key else key
        assert number >= key


@pytest.mark.parametrize("preset", ENCODERS)
def test_the_same_frames_give_the_same_bytes(preset: str):
    assert made(preset, seed=3, brightness=60) == made(preset, seed=3, brightness=60)
