"""Reading stills with Pillow: upright, bounded in size, with or without transparency."""

from __future__ import annotations

import io
import warnings

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from libs.common.media.errors import InvalidInput

FORMATS = ("PNG", "JPEG", "WEBP")


def read_rgba(image: bytes, *, name: str) -> NDArray[np.uint8]:
    """(height, width, 4), straight alpha. Raises InvalidInput (`media.unreadable`) for what is no picture, or a decompression bomb."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(image), formats=FORMATS) as opened:
                upright = ImageOps.exif_transpose(opened)
                return np.asarray(upright.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InvalidInput(f"{name} cannot be read: {type(error).__name__}", code="media.unreadable") from error


def over_white(rgba: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(height, width, 3): a cut-out product stands on white, as in a shop."""
    alpha = rgba[:, :, 3:].astype(np.float32) / 255
    return np.asarray(rgba[:, :, :3] * alpha + 255 * (1 - alpha), np.float32)
