"""The command lines that normalise film, as text, and the sizes they ask for."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from services.assets.ffmpeg import check_argv, is_mezzanine, mezzanine_argv, take_over_argv, target_size
from services.assets.probed import Colour, SoundProbe, VideoProbe

READY = VideoProbe(
    container="mov",
    stream=0,
    codec="h264",
    profile="High",
    pix_fmt="yuv420p",
    width_px=1080,
    height_px=1920,
    frames=90,
    length_s=Fraction(3),
    frame_rate=Fraction(30),
    exact_30=True,
    gop=30,
    rotation_deg=0,
    transformed=False,
    sample_aspect=Fraction(1),
    interlaced=False,
    colour=Colour(primaries=1, transfer=1, matrix=1),
    sound=None,
)


def command(probe: VideoProbe) -> str:
    return " ".join(mezzanine_argv("ffmpeg", probe, source="/proc/self/fd/3", target="/proc/self/fd/4"))


@pytest.mark.parametrize(
    ("changes", "size"),
    [
        ({}, (1080, 1920)),
        ({"width_px": 3840, "height_px": 2160}, (1920, 1080)),
        ({"width_px": 1920, "height_px": 1080, "rotation_deg": 90}, (1080, 1920)),
        ({"width_px": 640, "height_px": 360, "sample_aspect": Fraction(2, 3)}, (640, 540)),
        ({"width_px": 720, "height_px": 576, "sample_aspect": Fraction(16, 11)}, (1048, 576)),
        ({"width_px": 720, "height_px": 576, "sample_aspect": Fraction(16, 11), "rotation_deg": 270}, (576, 1048)),
        ({"width_px": 321, "height_px": 241}, (320, 240)),
        ({"width_px": 1, "height_px": 5000}, (2, 1920)),
    ],
)
def test_sizes_are_upright_square_even_and_bounded(changes: dict[str, object], size: tuple[int, int]) -> None:
    assert target_size(replace(READY, **changes)) == size  # type: ignore[arg-type]


def test_what_has_the_form_already_is_a_mezzanine() -> None:
    assert is_mezzanine(READY)
    assert is_mezzanine(replace(READY, sound=SoundProbe(stream=1, codec="aac", rate_hz=48_000, channels=2)))


@pytest.mark.parametrize(
    "changes",
    [
        {"container": "matroska"},
        {"codec": "hevc"},
        {"profile": "High 10"},
        {"pix_fmt": "yuvj420p"},
        {"exact_30": False},
        {"gop": 31},
        {"transformed": True},
        {"interlaced": True},
        {"colour_disputed": True},
        {"start_s": Fraction(1, 30)},
        {"sample_aspect": Fraction(4, 3)},
        {"colour": Colour(primaries=1, transfer=1, matrix=6)},
        {"colour": Colour(primaries=1, transfer=1, matrix=1, full_range=True)},
        {"width_px": 3840, "height_px": 2160},
        {"sound": SoundProbe(stream=1, codec="aac", rate_hz=44_100, channels=2)},
    ],
)
def test_any_departure_from_the_form_is_encoded_anew(changes: dict[str, object]) -> None:
    assert not is_mezzanine(replace(READY, **changes))  # type: ignore[arg-type]


def test_the_demuxer_is_forced_and_is_the_only_one() -> None:
    for argv in (
        mezzanine_argv("ffmpeg", READY, source="in", target="out"),
        take_over_argv("ffmpeg", READY, source="in", target="out"),
        check_argv("ffmpeg", READY, source="in"),
    ):
        before_input = argv[: argv.index("-i")]
        assert before_input[before_input.index("-f") + 1] == "mov"
        assert before_input[before_input.index("-format_whitelist") + 1] == "mov"
        assert before_input[before_input.index("-protocol_whitelist") + 1] == "file,pipe,fd"


def test_metadata_does_not_travel() -> None:
    assert "-map_metadata -1" in command(READY)
    assert "-map_chapters -1" in command(READY)
    assert "remove_types=6" in " ".join(take_over_argv("ffmpeg", READY, source="in", target="out"))


def test_film_is_encoded_for_cheap_decoding() -> None:
    text = command(READY)

    for wanted in ("-c:v libx264", "-profile:v high", "-preset veryfast", "-tune fastdecode", "-crf 17", "-g 30", "+faststart"):
        assert wanted in text


@pytest.mark.parametrize(("height_px", "matrix"), [(480, 6), (1080, 1)])
def test_film_that_does_not_say_its_matrix_is_taken_as_players_do(height_px: int, matrix: int) -> None:
    assert f"matrixin={matrix}:" in command(replace(READY, width_px=1920, height_px=height_px, colour=Colour()))


@pytest.mark.parametrize("transfer", [16, 18])
def test_hdr_is_tone_mapped(transfer: int) -> None:
    text = command(replace(READY, colour=Colour(primaries=9, transfer=transfer, matrix=9)))

    assert "tonemap=mobius" in text
    assert f"transferin={transfer}" in text


def test_ordinary_film_is_not_tone_mapped() -> None:
    assert "tonemap" not in command(READY)


def test_interlaced_film_is_made_whole() -> None:
    assert "bwdif" in command(replace(READY, interlaced=True))


def test_sound_is_48_khz_stereo_where_there_is_any() -> None:
    sound = SoundProbe(stream=1, codec="mp3", rate_hz=22_050, channels=1)

    assert "-ar 48000" in command(replace(READY, sound=sound))
    assert "-c:a" not in command(READY)
