"""Inside the probe's child: an untrusted image becomes a clean one of our own, upright, sRGB, 8 bit, without metadata."""

from __future__ import annotations

import io
import warnings
from dataclasses import asdict
from typing import Any, BinaryIO

from PIL import Image, ImageCms, ImageFile, ImageOps

from libs.common.media.errors import InvalidInput, TooLarge
from services.assets.limits import MediaLimits, check_size
from services.assets.probed import StillProbe

_PILLOW_FORMATS = {"JPEG": ("JPEG", "MPO")}
"""Phones write several pictures into one JPEG; Pillow calls that MPO."""
_JPEG_QUALITY = 95
_SMALL_PNG_COLOURS = 4_096
"""Drawings and screenshots stay lossless, photographs become JPEG."""


def read_still(source: BinaryIO, format: str, *, limits: MediaLimits, longest_px: int) -> tuple[dict[str, Any], bytes]:
    """The fields of a `StillProbe`, and the new file. Raises InvalidInput or TooLarge with a `media.` code."""
    Image.MAX_IMAGE_PIXELS = limits.pixels
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    if format == "HEIF":
        import pi_heif

        pi_heif.register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(source, formats=_PILLOW_FORMATS.get(format, (format,)))
            check_size(picture.width, picture.height, limits)
            source_format, source_mode = str(picture.format), picture.mode
            picture.load()
            clean, ignored = _clean(picture)
    except (InvalidInput, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLarge("the image has too many pixels", code="media.too_many_pixels") from error
    except Exception as error:
        raise InvalidInput(f"the image cannot be read: {type(error).__name__}", code="media.unreadable") from error
    clean.thumbnail((longest_px, longest_px), Image.Resampling.LANCZOS)
    ext, data = _encode(clean)
    probe = StillProbe(
        ext=ext,
        width_px=clean.width,
        height_px=clean.height,
        source_format=source_format,
        source_mode=source_mode,
        has_alpha=clean.mode == "RGBA",
        profile_ignored=ignored,
    )
    return asdict(probe), data


def _clean(picture: Image.Image) -> tuple[Image.Image, bool]:
    """RGB or RGBA in sRGB, upright; whether a colour profile had to be ignored."""
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("I;16", "I;16L", "I;16B", "I", "F"):
        return _from_deep_grey(upright), bool(profile)
    if upright.mode in ("P", "PA", "LA", "La", "RGBa") or (upright.mode in ("L", "RGB", "1") and "transparency" in upright.info):
        upright = upright.convert("RGBA")
    if upright.mode == "1":
        upright = upright.convert("L")
    alpha = upright.getchannel("A") if upright.mode == "RGBA" else None
    colours, ignored = _to_srgb(upright.convert("RGB") if alpha is not None else upright, profile)
    if alpha is not None and alpha.getextrema() != (255, 255):
        colours.putalpha(alpha)
    fresh = Image.new(colours.mode, colours.size)  # a new image has no metadata to carry along
    fresh.paste(colours)
    return fresh, ignored


def _to_srgb(picture: Image.Image, profile: bytes | None) -> tuple[Image.Image, bool]:
    if not profile:
        return picture.convert("RGB"), False
    try:
        converted = ImageCms.profileToProfile(picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, ValueError, OSError):
        return picture.convert("RGB"), True
    assert converted is not None
    return converted, False


def _from_deep_grey(picture: Image.Image) -> Image.Image:
    """16 and 32 bit grey to 8 bit: `convert` would cut off what is above 255 instead of scaling."""
    import numpy as np  # for such pictures alone: half of the time of starting up

    values = np.asarray(picture).astype(np.float64)
    full = 1.0 if picture.mode == "F" and values.max(initial=0) <= 1.0 else 65_535.0
    grey = np.clip(values / full * 255 + 0.5, 0, 255).astype(np.uint8)
    return Image.fromarray(grey).convert("RGB")


def _encode(picture: Image.Image) -> tuple[str, bytes]:
    target = io.BytesIO()
    if picture.mode == "RGBA" or picture.getcolors(_SMALL_PNG_COLOURS) is not None:
        picture.save(target, "PNG")
        return "png", target.getvalue()
    picture.save(target, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    return "jpg", target.getvalue()
