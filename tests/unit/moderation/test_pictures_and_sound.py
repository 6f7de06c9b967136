"""What is told from pictures and sound, on arrays."""

import cv2
import numpy as np
import pytest

from services.moderation.media.pictures import Picture, black, codes, finder_patterns, frozen
from services.moderation.media.sound import Block, sound_findings


def picture(at_s, small=None, large=None, *, level=None, seed=0):
    if small is None:
        small = (
            np.full((96, 54), level, np.uint8) if level is not None else np.random.default_rng(seed).integers(0, 256, (96, 54), np.uint8)
        )
    return Picture(float(at_s), small, np.zeros((960, 540), np.uint8) if large is None else large)


def with_code(size_px, *, text="https://127.0.0.1/x"):
    code = cv2.QRCodeEncoder.create().encode(text)
    rows, columns = np.nonzero(code == 0)
    code = code[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    code = cv2.resize(code, (size_px, size_px), interpolation=cv2.INTER_NEAREST)
    large = np.full((960, 540), 120, np.uint8)
    large[100 : 140 + size_px, 100 : 140 + size_px] = 255
    large[120 : 120 + size_px, 120 : 120 + size_px] = code
    return large


def test_a_video_that_moves_has_no_findings():
    pictures = [picture(2 * number, seed=number) for number in range(8)]

    assert [*black(pictures, 16), *frozen(pictures), *codes(pictures)] == []


def test_black_for_some_seconds_is_found_where_it_begins():
    pictures = [picture(0, seed=1), picture(2, level=16), picture(4, level=17), picture(6, seed=2)]

    assert [(at_s, code) for at_s, code, _ in black(pictures, 8)] == [(2.0, "video.black")]


def test_one_dark_key_frame_is_a_fade():
    pictures = [picture(0, level=16), picture(2, seed=1), picture(4, seed=2)]

    assert list(black(pictures, 6)) == []


def test_black_until_the_end_is_found():
    assert [at_s for at_s, _, _ in black([picture(0, seed=1), picture(2, level=16)], 4)] == [2.0]


def test_a_dark_scene_with_a_light_in_it_is_not_black():
    night = np.full((96, 54), 17, np.uint8)
    night[40:50, 20:30] = 200

    assert list(black([picture(number, night) for number in range(4)], 4)) == []


def test_a_still_picture_is_found_after_four_seconds():
    pictures = [picture(0, seed=1), *(picture(at_s, seed=2) for at_s in (2, 4, 6)), picture(8, seed=3)]

    assert [(at_s, code) for at_s, code, _ in frozen(pictures)] == [(2.0, "video.frozen")]


def test_a_picture_that_stands_for_two_seconds_is_fine():
    pictures = [picture(0, seed=1), picture(2, seed=1), picture(4, seed=2), picture(6, seed=2)]

    assert list(frozen(pictures)) == []


def test_a_picture_in_which_only_a_little_moves_is_not_frozen():
    wall = np.random.default_rng(1).integers(40, 200, (96, 54), np.uint8)
    pictures = []
    for at_s in (0, 2, 4, 6, 8):
        talking = wall.copy()
        talking[40:44, 20 : 24 + at_s] = 20 * at_s
        pictures.append(picture(at_s, talking))

    assert list(frozen(pictures)) == []


def test_black_is_not_told_again_as_frozen():
    assert list(frozen([picture(at_s, level=16) for at_s in (0, 2, 4, 6)])) == []


@pytest.mark.parametrize("size_px", [120, 200, 300])
def test_a_qr_code_is_found(size_px):
    ((at_s, code, detail),) = codes([picture(3, seed=1, large=with_code(size_px))])

    assert (at_s, code) == (3.0, "video.qr_code")
    assert "127.0.0.1" not in detail


def test_a_code_that_cannot_be_read_is_found_too():
    large = with_code(300)
    large[250:330, 250:330] = 120  # the data is gone, the corners are there

    assert [code for _, code, _ in codes([picture(0, seed=1, large=large)])] == ["video.qr_code"]


@pytest.mark.parametrize("period_px", [6, 12, 17, 23, 40, 70])
def test_tiles_and_waves_are_no_code(period_px):
    rows, columns = np.mgrid[0:960, 0:540]
    tiles = np.where((rows // period_px + columns // period_px) % 2, 220, 30).astype(np.uint8)
    waves = (110 + 80 * np.sin(columns / period_px) * np.cos(rows / period_px / 1.3)).astype(np.uint8)

    assert list(codes([picture(0, seed=1, large=tiles), picture(2, seed=2, large=waves)])) == []


def test_noise_is_no_code():
    pictures = [picture(seed, seed=seed, large=np.random.default_rng(seed).integers(0, 256, (480, 270), np.uint8)) for seed in range(2)]

    assert list(codes(pictures)) == []


@pytest.mark.parametrize("size_px", [64, 90, 150])
def test_the_marks_of_a_code_are_seen_at_any_size(size_px):
    large = cv2.GaussianBlur(with_code(size_px), (3, 3), 0)
    corners = np.array([[120, 120], [119 + size_px, 120], [119 + size_px, 119 + size_px], [120, 119 + size_px]], np.float32)

    assert finder_patterns(large, corners) == 3


def blocks(*levels, length_s=0.02, clipped=0):
    return [Block(at_s=number * length_s, length_s=length_s, peak=level, clipped=clipped) for number, level in enumerate(levels)]


def test_a_pause_is_no_silence():
    assert list(sound_findings(blocks(*[0.5] * 50, *[0.0] * 140, *[0.5] * 50))) == []


def test_three_seconds_without_sound_are_found():
    ((at_s, code, _),) = sound_findings(blocks(*[0.5] * 50, *[0.0] * 151, *[0.5] * 50))

    assert (at_s, code) == (pytest.approx(1.0), "sound.silence")


def test_a_crackle_is_found():
    assert [code for _, code, _ in sound_findings(blocks(*[1.0] * 50, clipped=4))] == ["sound.clipped"]
    assert list(sound_findings(blocks(*[1.0] * 50, clipped=1))) == []


def test_a_video_without_a_sound_track_is_told():
    assert [code for _, code, _ in sound_findings([])] == ["sound.missing"]
