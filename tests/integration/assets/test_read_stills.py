"""Every good image becomes a clean one: upright, sRGB, 8 bit, without metadata."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from services.assets.child import memory_file
from services.assets.limits import MediaLimits
from services.assets.probe import Still, identify, read_still


def read(data: bytes, *, longest_px: int = 2_160) -> tuple[Still, Image.Image]:
    with memory_file(data) as source:
        still = read_still(source, identify(source, limits=MediaLimits()), limits=MediaLimits(), longest_px=longest_px)
    return still, Image.open(io.BytesIO(still.data))


def saved(picture: Image.Image, format: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, format, **options)  # type: ignore[arg-type]
    return target.getvalue()


def halves(mode: str = "RGB") -> Image.Image:
    """Red above, blue below, 60 x 80."""
    picture = Image.new("RGB", (60, 80), (200, 30, 30))
    picture.paste((30, 30, 200), (0, 40, 60, 80))
    return picture.convert(mode)


def noise(size: tuple[int, int]) -> Image.Image:
    return Image.fromarray(np.random.default_rng(0).integers(0, 255, (size[1], size[0], 3), np.uint8))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "GIF"])
def test_formats_are_read_and_made_one(format: str) -> None:
    still, picture = read(saved(halves(), format))

    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (60, 80))
    red, blue = picture.getpixel((30, 10)), picture.getpixel((30, 70))
    assert red == pytest.approx((200, 30, 30), abs=8)
    assert blue == pytest.approx((30, 30, 200), abs=8)
    assert not still.probe.has_alpha


def test_photographs_become_jpeg() -> None:
    still, picture = read(saved(noise((300, 200)), "PNG"))

    assert (still.probe.ext, picture.format) == ("jpg", "JPEG")


def test_large_images_are_made_smaller() -> None:
    still, picture = read(saved(halves().resize((600, 800)), "PNG"), longest_px=400)

    assert picture.size == (300, 400) == (still.probe.width_px, still.probe.height_px)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_images_are_turned_as_the_camera_says(orientation: int) -> None:
    stored = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = halves() if stored is None else halves().transpose(stored)

    _, picture = read(saved(source, "PNG", exif=exif))

    assert picture.size == (60, 80)
    assert picture.getpixel((30, 10)) == (200, 30, 30)


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LA", "RGBA", "I;16"])
def test_pixel_layouts_are_understood(mode: str) -> None:
    if mode == "I;16":
        data = saved(Image.fromarray(np.full((80, 60), 40_000, np.uint16)), "PNG")
        expected = (156, 156, 156)
    else:
        white = Image.new("RGB", (60, 80), "white").convert(mode)
        data, expected = saved(white, "TIFF" if mode == "CMYK" else "PNG"), (255, 255, 255)

    _, picture = read(data)

    assert picture.convert("RGB").getpixel((30, 40)) == pytest.approx(expected, abs=1)


def test_transparency_is_kept_where_there_is_any() -> None:
    clear = halves("RGBA")
    clear.putpixel((0, 0), (0, 0, 0, 0))

    assert read(saved(clear, "PNG"))[0].probe.has_alpha
    assert not read(saved(halves("RGBA"), "PNG"))[0].probe.has_alpha
    assert read(saved(clear, "WEBP", lossless=True))[1].getpixel((0, 0))[3] == 0  # type: ignore[index]


def test_colour_profiles_are_applied() -> None:
    lab_like = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = read(saved(halves(), "PNG"))[1].getpixel((30, 10))

    still, picture = read(saved(halves(), "PNG", icc_profile=lab_like))

    assert not still.probe.profile_ignored
    assert picture.getpixel((30, 10)) == pytest.approx(plain, abs=1)


def test_a_broken_colour_profile_is_ignored_and_said_so() -> None:
    still, picture = read(saved(halves(), "PNG", icc_profile=b"no profile at all" * 20))

    assert still.probe.profile_ignored
    assert picture.getpixel((30, 10)) == (200, 30, 30)


def test_where_and_when_do_not_survive() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCam"
    exif.get_ifd(0x8825)[1] = "N"

    still, picture = read(saved(noise((100, 100)), "JPEG", exif=exif, comment=b"SecretComment"))

    assert b"Secret" not in still.data
    assert not picture.getexif()


def test_the_first_picture_of_an_animation_is_taken() -> None:
    data = saved(Image.new("RGB", (20, 20), "red"), "GIF", save_all=True, append_images=[Image.new("RGB", (20, 20), "blue")])

    assert read(data)[1].convert("RGB").getpixel((5, 5)) == (255, 0, 0)
