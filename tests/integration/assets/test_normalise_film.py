"""Every good film becomes a mezzanine of one form, and looks as it did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from libs.common.runtime.containers import open_input
from services.assets.child import memory_file
from services.assets.ffmpeg import is_mezzanine
from services.assets.limits import MediaLimits
from services.assets.normalise import Mezzanine, normalise
from services.assets.probe import identify, probe_video
from services.assets.probed import VideoProbe

Film = Callable[..., Path]
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def probed(path: Path) -> VideoProbe:
    with memory_file(path.read_bytes()) as source:
        return probe_video(source, identify(source, limits=MediaLimits()), limits=MediaLimits())


def made_of(path: Path) -> Mezzanine:
    limits = MediaLimits()
    with memory_file(path.read_bytes()) as source:
        return normalise(source, probe_video(source, identify(source, limits=limits), limits=limits), limits=limits)


def planes(made: Mezzanine, number: int = 0) -> list[np.ndarray]:
    """Y, U and V of a frame, as stored."""
    with made.file, open_input(made.file) as container:
        frames = list(container.decode(video=0))
    values = frames[number].to_ndarray(format="yuv420p")
    height, width = frames[number].height, frames[number].width
    chroma = values[height:].reshape(2, height // 2, width // 2)
    return [values[:height], chroma[0], chroma[1]]


def bytes_of(made: Mezzanine) -> bytes:
    with made.file:
        return made.file.read()


def middle(made: Mezzanine) -> list[int]:
    return [round(float(np.median(plane))) for plane in planes(made)]


@pytest.mark.parametrize(
    ("name", "options", "source", "size", "frames"),
    [
        ("25.mp4", X264, "testsrc2=size=160x120:rate=25:duration=2", (160, 120), 60),
        ("ntsc.mov", X264, "testsrc2=size=160x120:rate=30000/1001:duration=2", (160, 120), 60),
        ("60.mkv", X264, "testsrc2=size=160x120:rate=60:duration=1", (160, 120), 30),
        (
            "odd.webm",
            ("-c:v", "libvpx-vp9", "-cpu-used", "8", "-deadline", "realtime"),
            "testsrc2=size=161x121:rate=30:duration=0.5",
            (160, 120),
            15,
        ),
        ("old.avi", ("-c:v", "mpeg4"), "testsrc2=size=160x120:rate=30:duration=0.5", (160, 120), 15),
        ("camcorder.ts", ("-c:v", "mpeg2video"), "testsrc2=size=160x120:rate=25:duration=1", (160, 120), 30),
        ("anamorphic.mp4", (*X264, "-vf", "setsar=2/1"), "testsrc2=size=80x120:rate=30:duration=0.5", (160, 120), 15),
        ("large.mp4", X264, "testsrc2=size=2560x144:rate=5:duration=0.4", (1920, 108), 12),
        ("one.mp4", (*X264, "-frames:v", "1"), "testsrc2=size=160x120:rate=30", (160, 120), 1),
        ("three.mp4", (*X264, "-frames:v", "3"), "testsrc2=size=160x120:rate=30", (160, 120), 3),
        ("10bit.mkv", ("-c:v", "libx264", "-pix_fmt", "yuv420p10le"), "testsrc2=size=160x120:rate=30:duration=0.3", (160, 120), 9),
        ("rgb.mkv", ("-c:v", "ffv1", "-pix_fmt", "bgra"), "testsrc2=size=160x120:rate=30:duration=0.3", (160, 120), 9),
    ],
)
def test_every_kind_of_film_gets_the_one_form(
    film: Film, name: str, options: tuple[str, ...], source: str, size: tuple[int, int], frames: int
) -> None:
    made = made_of(film(name, *options, source=source))

    assert is_mezzanine(made.probe)
    assert (made.probe.width_px, made.probe.height_px) == size
    assert made.probe.frames == frames
    assert not made.taken_over
    made.file.close()


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_film_is_made_upright(film: Film, degrees: int) -> None:
    """White above, black below; a phone stores it turned and says so."""
    upright = "color=white:size=120x160:rate=30:duration=0.2,drawbox=y=80:h=80:color=black:t=fill"
    turn = {90: "transpose=clock", 180: "hflip,vflip", 270: "transpose=cclock"}[degrees]
    stored = film(f"stored{degrees}.mp4", *X264, "-vf", turn, source=upright)
    turned = _with_rotation(stored, degrees)

    made = made_of(turned)
    luma = planes(made)[0]

    assert probed(turned).transformed
    assert luma.shape == (160, 120)
    assert luma[:60].mean() > 200 > 60 > luma[100:].mean()


def _with_rotation(path: Path, degrees: int) -> Path:
    """Write the display matrix of a turn by `degrees` counter-clockwise into the track header (ISO/IEC 14496-12, 8.3.2)."""
    a, b = {90: (0, -1), 180: (-1, 0), 270: (0, 1)}[degrees]
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    matrix = [a, b, 0, -b, a, 0, 0, 0, 1]
    scale = [1 << 16, 1 << 16, 1 << 30] * 3
    data[at : at + 36] = b"".join((value * factor).to_bytes(4, "big", signed=True) for value, factor in zip(matrix, scale, strict=True))
    turned = path.with_name(f"matrix-{path.name}")
    turned.write_bytes(data)
    return turned


def test_a_mirrored_film_is_mirrored_back(film: Film) -> None:
    left_white = "color=white:size=160x120:rate=30:duration=0.2,drawbox=x=80:w=80:color=black:t=fill"
    data = bytearray(film("mirror.mp4", *X264, source=left_white).read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    data[at : at + 4] = (-(1 << 16)).to_bytes(4, "big", signed=True)
    path = film("mirror2.mp4", *X264, source=left_white)
    path.write_bytes(data)

    luma = planes(made_of(path))[0]

    assert luma[:, :60].mean() < 60 < 200 < luma[:, 100:].mean()


RED = "color=red:size=160x120:rate=30:duration=0.2"
BT709_RED = [63, 102, 240]
"""Of pure red in BT.709 limited range."""


@pytest.mark.parametrize(
    ("name", "options"),
    [
        (
            "601",
            (
                "-vf",
                "scale=out_color_matrix=bt601:out_range=tv",
                "-colorspace",
                "smpte170m",
                "-color_primaries",
                "bt709",
                "-color_trc",
                "bt709",
            ),
        ),
        ("untagged", ("-vf", "scale=out_color_matrix=bt601:out_range=tv")),
        (
            "full",
            (
                "-vf",
                "scale=out_color_matrix=bt709:out_range=pc",
                "-colorspace",
                "bt709",
                "-color_range",
                "pc",
                "-color_primaries",
                "bt709",
                "-color_trc",
                "bt709",
            ),
        ),
        (
            "709",
            (
                "-vf",
                "scale=out_color_matrix=bt709:out_range=tv",
                "-colorspace",
                "bt709",
                "-color_primaries",
                "bt709",
                "-color_trc",
                "bt709",
            ),
        ),
        (
            "2020",
            (
                "-vf",
                "zscale=matrixin=gbr:matrix=2020_ncl:primariesin=709:primaries=709:transferin=709:transfer=709:range=limited,format=yuv420p10le",
                "-colorspace",
                "bt2020nc",
                "-color_primaries",
                "bt709",
                "-color_trc",
                "bt709",
                "-pix_fmt",
                "yuv420p10le",
            ),
        ),
    ],
)
def test_colours_stay_what_they_were(film: Film, name: str, options: tuple[str, ...]) -> None:
    source = RED + (",format=gbrp" if name == "2020" else "")
    path = film(f"red-{name}.mp4", *X264, *options, source=source)

    assert middle(made_of(path)) == pytest.approx(BT709_RED, abs=3)


@pytest.mark.parametrize(("transfer", "level"), [("smpte2084", 0.58), ("arib-std-b67", 0.75)])
def test_hdr_white_stays_bright_and_grey_stays_grey(film: Film, transfer: str, level: float) -> None:
    """Diffuse white, 203 nits: 58 % of the signal in PQ, 75 % in HLG (ITU-R BT.2408). It becomes a bright white with room above it."""
    luma = round(64 + 876 * level)
    tags = f"setparams=colorspace=bt2020nc:color_primaries=bt2020:color_trc={transfer}:range=tv"
    source = f"color=black:size=160x120:rate=30:duration=0.2,format=yuv420p10le,geq=lum={luma}:cb=512:cr=512,{tags}"
    quick = ("-preset", "ultrafast", "-x265-params", "log-level=none")
    path = film(f"{transfer}.mkv", "-c:v", "libx265", *quick, "-pix_fmt", "yuv420p10le", source=source)

    assert probed(path).colour.is_hdr
    assert middle(made_of(path)) == pytest.approx([212, 128, 128], abs=3)


def test_the_container_is_believed_where_the_pictures_header_says_something_else(film: Film) -> None:
    """A film that was turned into SDR keeps an HDR header (ISO/IEC 14496-12, 12.1.5: the container's word counts)."""
    tags = "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
    plain = film("sdr.mp4", *X264, "-vf", f"scale=out_color_matrix=bt709:out_range=tv,{tags}", source=RED)
    header = "h264_metadata=colour_primaries=9:transfer_characteristics=16:matrix_coefficients=9"
    path = film("sdr-with-hdr-header.mp4", "-i", str(plain), "-map", "1:v", "-c", "copy", "-bsf:v", header)

    found = probed(path)

    assert found.colour == probed(plain).colour
    assert (found.colour_disputed, probed(plain).colour_disputed) == (True, False)
    assert middle(made_of(path)) == pytest.approx(BT709_RED, abs=3)


def test_sound_becomes_48_khz_stereo(film: Film) -> None:
    path = film("sound.mp4", "-f", "lavfi", "-i", "sine=sample_rate=22050:duration=1", *X264, "-c:a", "aac")

    made = made_of(path)
    made.file.close()
    sound = made.probe.sound

    assert sound is not None
    assert (sound.codec, sound.rate_hz, sound.channels) == ("aac", 48_000, 2)


def test_a_film_whose_sound_is_damaged_is_used_without_it(film: Film) -> None:
    path = film("broken-sound.mkv", "-f", "lavfi", "-i", "sine=duration=1", *X264, "-c:a", "flac", "-shortest")
    path.write_bytes(path.read_bytes().replace(b"A_FLAC", b"A_NONE"))

    made = made_of(path)
    made.file.close()

    assert made.probe.sound is None


def test_metadata_does_not_survive(film: Film) -> None:
    said = ("-metadata", "location=+52.5200+013.4050/", "-metadata", "title=Secret", "-metadata:s:v", "handler_name=Secret")
    path = film("gps.mp4", *X264, *said)

    data = bytes_of(made_of(path))

    for trace in (b"loci", b"Secret"):
        assert trace in path.read_bytes()
        assert trace not in data


def test_what_has_the_form_already_is_not_encoded_a_second_time(film: Film) -> None:
    first = made_of(film("source.mp4", *X264, "-metadata", "title=Secret"))
    path = film("again.mp4", "-frames:v", "1", *X264)
    path.write_bytes(first.file.read())
    first.file.seek(0)

    again = made_of(path)

    assert again.taken_over
    assert again.probe.frames == first.probe.frames
    assert [plane.tobytes() for plane in planes(again, 20)] == [plane.tobytes() for plane in planes(first, 20)]


def test_the_index_stands_before_the_picture(film: Film) -> None:
    data = bytes_of(made_of(film("fast.mp4", *X264)))

    assert data.index(b"moov") < data.index(b"mdat")


def test_equal_files_give_equal_mezzanines(film: Film) -> None:
    path = film("twice.mp4", *X264)

    assert bytes_of(made_of(path)) == bytes_of(made_of(path))
