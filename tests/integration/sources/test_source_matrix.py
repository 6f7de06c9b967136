"""Whatever the camera made: the mezzanine shows the right frame at the right time, and so does a cut of it, to its very end."""

from __future__ import annotations

import itertools
import subprocess
from fractions import Fraction
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from libs.common.media.time import RationalTime
from tests.integration.sources.conftest import Film, Library, Sound, at_rate, nearest, numbers, onsets, shot

NTSC = Fraction(1_000, 1_001)
PHONE = [Fraction(ms, 1_000) for ms in (0, 33, 67, 100, 150, 217, 250, 283, 300, 317, 417, 450, 483, 517, 550, 683, 717)]
"""As a phone writes them when it gets dark."""


def frames_of(times: list[Fraction]) -> int:
    """Whole frames of the film's length: to the end of the last frame, which lasts as long as most do."""
    steps = sorted(after - before for before, after in itertools.pairwise(times)) or [Fraction(1, 30)]
    return max(1, RationalTime.snap(times[-1] - times[0] + steps[len(steps) // 2], Fraction(30)).value)


def shows_the_right_frames(library: Library, film: Film) -> None:
    media = library.take_in(shot(film))
    times = list(film.times)

    found = numbers(library.mezzanine(media))

    assert len(found) == media.frames == frames_of(times)
    wrong = {k: (n, nearest(times, Fraction(k, 30))) for k, n in enumerate(found) if n not in nearest(times, Fraction(k, 30))}
    assert wrong == {}
    start = min(media.frames - 1, media.frames * 2 // 3)
    assert numbers(library.cut(media, start, media.frames - start)) == found[start:]
    assert library.notes == ()


RATES = {
    "23.976": at_rate(24 * NTSC, 24),
    "24": at_rate(24, 25),
    "25": at_rate(25, 27),
    "29.97": at_rate(30 * NTSC, 40),
    "30": at_rate(30, 40),
    "50": at_rate(50, 44),
    "59.94": at_rate(60 * NTSC, 60),
    "60": at_rate(60, 61),
    "uneven": PHONE,
    "a screen that stands still": [Fraction(ms, 1_000) for ms in (0, 33, 67, 900, 933, 967)],
    "slow": at_rate(5, 3),
}


@pytest.mark.parametrize("times", RATES.values(), ids=RATES)
def test_frame_rates(library: Library, times: list[Fraction]) -> None:
    shows_the_right_frames(library, Film(times=times))


SHAPES = {
    "a single frame": Film(times=[Fraction(0)]),
    "two frames": Film(times=at_rate(30, 2)),
    "odd sides": Film(times=at_rate(30, 12), size=(161, 121), pix_fmt="yuv444p"),
    "tall pixels": Film(times=at_rate(30, 12), size=(160, 120), aspect=Fraction(3, 4)),
    "wide pixels": Film(times=at_rate(30, 12), size=(80, 120), aspect=Fraction(2)),
    "full range": Film(times=at_rate(30, 12), pix_fmt="yuvj420p", full_range=True),
    "begins late": Film(times=at_rate(25, 20, Fraction(3, 2)), format="matroska"),
    "begins late in a transport stream": Film(times=at_rate(25, 20, Fraction(7, 5)), format="mpegts"),
    "milliseconds": Film(
        times=[Fraction(round(1_001 * n / 30), 1_000) for n in range(30)], time_base=Fraction(1, 1_000), format="matroska"
    ),
    "ten bits": Film(times=at_rate(30, 12), pix_fmt="yuv420p10le"),
    "rare key frames and many B-frames": Film(
        times=at_rate(30, 70), options={"preset": "medium", "bf": "8", "x264-params": "b-pyramid=normal"}
    ),
}


@pytest.mark.parametrize("film", SHAPES.values(), ids=SHAPES)
def test_shapes_and_starts(library: Library, film: Film) -> None:
    shows_the_right_frames(library, film)


def with_matrix(data: bytes, matrix: tuple[int, int, int, int]) -> bytes:
    """`a b c d` of the picture's display matrix (ISO/IEC 14496-12, 8.3.2)."""
    changed = bytearray(data)
    a, b, c, d = (value << 16 for value in matrix)
    at = changed.index(b"tkhd") + 4 + 40
    whole = (a, b, 0, c, d, 0, 0, 0, 1 << 30)
    changed[at : at + 36] = b"".join(value.to_bytes(4, "big", signed=True) for value in whole)
    return bytes(changed)


TURNS = {
    "90 clockwise": (lambda luma: np.rot90(luma, 1), (0, 1, -1, 0)),
    "90 counter-clockwise": (lambda luma: np.rot90(luma, -1), (0, -1, 1, 0)),
    "upside down": (lambda luma: luma[::-1, ::-1], (-1, 0, 0, -1)),
    "mirrored": (lambda luma: luma[:, ::-1], (-1, 0, 0, 1)),
    "mirrored and turned": (lambda luma: luma.T, (0, 1, 1, 0)),
}


@pytest.mark.parametrize(("stored", "matrix"), TURNS.values(), ids=TURNS)
def test_turned_film_stands_upright(library: Library, stored, matrix: tuple[int, int, int, int]) -> None:
    media = library.take_in(with_matrix(shot(Film(times=at_rate(30, 10), turn=stored)), matrix))

    assert (media.width_px, media.height_px) == (160, 120)
    assert numbers(library.mezzanine(media)) == list(range(10))
    assert numbers(library.cut(media, 4, 6)) == list(range(4, 10))


SOUNDS = {
    "mono": Sound(layout="mono"),
    "5.1": Sound(layout="5.1"),
    "44.1 kHz": Sound(rate_hz=44_100),
    "8 kHz": Sound(rate_hz=8_000, layout="mono"),
    "longer than the picture": Sound(length_s=Fraction(2)),
    "shorter than the picture": Sound(length_s=Fraction(1, 4)),
}


@pytest.mark.parametrize("sound", SOUNDS.values(), ids=SOUNDS)
def test_any_sound_is_heard_at_its_time_and_changes_no_frame(library: Library, sound: Sound) -> None:
    media = library.take_in(shot(Film(times=at_rate(30, 30), sound=sound)))

    data = library.mezzanine(media)

    assert numbers(data) == list(range(30))
    assert onsets(data) == pytest.approx([0.0, 0.5] if sound.length_s > Fraction(1, 2) else [0.0], abs=0.001)
    assert numbers(library.cut(media, 20, 10)) == list(range(20, 30))


@pytest.mark.parametrize(
    ("picture_s", "sound_s", "heard"),
    [(Fraction(0), Fraction(1, 5), [0.2, 0.7]), (Fraction(1, 5), Fraction(0), [0.3]), (Fraction(7, 5), Fraction(8, 5), [0.2, 0.7])],
    ids=["sound later", "picture later", "both late"],
)
@pytest.mark.parametrize("format", ["mp4", "matroska", "mpegts"])
def test_the_first_frame_is_shown_at_once_and_the_sound_keeps_its_distance(
    library: Library, format: str, picture_s: Fraction, sound_s: Fraction, heard: list[float]
) -> None:
    film = Film(times=at_rate(25, 25, picture_s), format=format, sound=Sound(start_s=sound_s))

    media = library.take_in(shot(film))

    assert numbers(library.mezzanine(media))[:3] == [0, 1, 2]
    assert media.frames == 30
    assert onsets(library.mezzanine(media)) == pytest.approx(heard, abs=0.002)


@pytest.mark.parametrize(("seconds", "first"), [("0.5", 15), ("1.4", 42)])
def test_what_an_edit_list_hides_is_not_shown(library: Library, tmp_path: Path, seconds: str, first: int) -> None:
    """Cut without encoding: the file holds the pictures from the key frame before, with negative times, and says where it begins."""
    whole, part = tmp_path / "whole.mp4", tmp_path / "part.mp4"
    whole.write_bytes(shot(Film(times=at_rate(30, 60), sound=Sound(length_s=Fraction(2)), options={"g": "40"})))
    program = imageio_ffmpeg.get_ffmpeg_exe()
    command = [program, "-v", "error", "-ss", seconds, "-i", str(whole), "-c", "copy", str(part)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)

    media = library.take_in(part.read_bytes())

    assert numbers(library.mezzanine(media)) == list(range(first, 60))
    assert onsets(library.mezzanine(media))[-1] == pytest.approx(1.5 - first / 30, abs=0.002)
    assert numbers(library.cut(media, media.frames - 5, 5)) == list(range(55, 60))
