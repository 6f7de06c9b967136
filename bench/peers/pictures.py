"""The stickers of the standard timeline as PNG files, for programs that lay pictures over film."""

from __future__ import annotations

import cv2
import numpy as np

from bench.standard import logo_png

LOGO_SIZE = (288, 96)
TAG_SIZE = (420, 230)


def logo() -> bytes:
    """The logo in the size in which it is shown."""
    picture = cv2.imdecode(np.frombuffer(logo_png(), np.uint8), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    return _png(np.asarray(cv2.resize(picture, LOGO_SIZE, interpolation=cv2.INTER_AREA), np.uint8))


def price_tag() -> bytes:
    picture = np.zeros((TAG_SIZE[1], TAG_SIZE[0], 4), np.uint8)
    picture[:] = (0, 212, 255, 255)
    picture[165:] = (24, 20, 17, 245)
    cv2.putText(picture, "Y199", (40, 130), cv2.FONT_HERSHEY_DUPLEX, 4.0, (20, 17, 16, 255), 8, cv2.LINE_AA)
    cv2.putText(picture, "Y259", (150, 215), cv2.FONT_HERSHEY_DUPLEX, 1.4, (255, 255, 255, 255), 3, cv2.LINE_AA)
    return _png(picture)


def _png(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    coded, data = cv2.imencode(".png", picture)
    assert coded
    return data.tobytes()
