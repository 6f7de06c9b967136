"""Black and frozen pictures, and QR codes, on a few pictures of a video."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

SMALL_PX = 96
"""Longest side at which pictures are compared."""
BLACK_LEVEL = 24.0
"""Mean luma (limited range, 16 is black) at or under which a picture may show nothing …"""
BLACK_PEAK = 64
"""… if nothing in it is brighter than this."""
BLACK_S = 1.5
"""Shorter darkness is a fade."""
STILL_DIFFERENCE = 16
"""Luma difference that no pixel of two small pictures passes when nothing moved. Encoding a still picture twice stays under 5; a person who
only moves the lips makes 60, a caption that changes 100."""
FROZEN_S = 4
CODES_LOOKED_AT = 8
"""Pictures in which QR codes are looked for: 20 to 50 ms each, so not in all."""
CODE_SIDE_PX = 960
CODE_AREA_MIN = 0.0005
"""Share of the picture; a smaller code cannot be read by a phone that points at a screen."""
FLAT_PX = 240
"""Side of a code that was turned upright."""
CODE_CONTRAST = 35.0
"""Standard deviation of luma: black on white has 100 and more."""

Plane = npt.NDArray[np.uint8]
Hit = tuple[float, str, str]
"""Seconds, code, detail."""


@dataclass(frozen=True, slots=True)
class Picture:
    at_s: float
    small: Plane
    """Luma, `SMALL_PX` on the longest side."""
    large: Plane
    """Luma at the size in which codes are looked for."""


def picture_of(frame: VideoFrame) -> Picture:
    luma = _luma(frame)
    return Picture(float(frame.time or 0.0), _shrunk(luma, SMALL_PX), _shrunk(luma, CODE_SIDE_PX))


def black(pictures: Sequence[Picture], length_s: float) -> Iterator[Hit]:
    """Each run of black pictures; it lasts until the next picture that shows something."""
    began: float | None = None
    for picture in pictures:
        if _is_black(picture):
            began = picture.at_s if began is None else began
        elif began is not None:
            if picture.at_s - began >= BLACK_S and _several(pictures, began, picture.at_s):
                yield began, "video.black", "the picture is black"
            began = None
    if began is not None and length_s - began >= BLACK_S:
        yield began, "video.black", "the picture is black"


def frozen(pictures: Sequence[Picture]) -> Iterator[Hit]:
    """The first run of equal pictures that lasts. A black one is no news."""
    began: float | None = None
    for before, after in pairwise(pictures):
        if _is_black(after) or int(cv2.absdiff(before.small, after.small).max()) > STILL_DIFFERENCE:
            began = None
            continue
        began = before.at_s if began is None else began
        if after.at_s - began >= FROZEN_S:
            yield began, "video.frozen", f"the picture stands still for {FROZEN_S} s or more"
            return


def codes(pictures: Sequence[Picture]) -> Iterator[Hit]:
    """The first QR code. One that cannot be read is as suspect as one that can, if it has the marks of a code: the detector also points at
    tiles and fabrics."""
    detector = cv2.QRCodeDetector()
    step = max(1, -(-len(pictures) // CODES_LOOKED_AT))
    for picture in pictures[::step]:
        seen, corners = detector.detect(picture.large)
        if not seen or corners is None or cv2.contourArea(corners.reshape(-1, 1, 2)) < CODE_AREA_MIN * picture.large.size:
            continue
        text, _ = detector.decode(picture.large, corners)
        if text:
            yield picture.at_s, "video.qr_code", "a QR code is shown"
            return
        if finder_patterns(picture.large, np.asarray(corners, np.float32).reshape(4, 2)) >= 2:
            yield picture.at_s, "video.qr_code", "a QR code is shown that cannot be read"
            return


def finder_patterns(luma: Plane, corners: npt.NDArray[np.float32]) -> int:
    """In how many of the four corners of the area lies a square whose runs are 1:1:3:1:1 across and down (ISO/IEC 18004, 6.3.3). A code has
    three; one may be hidden."""
    side = float(FLAT_PX - 1)
    square = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    flat = cv2.warpPerspective(luma, cv2.getPerspectiveTransform(corners, square), (FLAT_PX, FLAT_PX))
    if float(flat.std()) < CODE_CONTRAST:
        return 0
    _, ink = cv2.threshold(flat, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    turned = (np.rot90(np.asarray(ink, np.uint8), quarter) for quarter in range(4))
    return sum(_has_pattern(view) and _has_pattern(view.T) for view in turned)


def _has_pattern(ink: Plane) -> bool:
    """Whether several rows near the top begin with the runs of a finder pattern."""
    rows = ink[: FLAT_PX // 3]
    return sum(_is_pattern(row) for row in rows) >= max(3, FLAT_PX // 60)


def _is_pattern(row: Plane) -> bool:
    edges = np.flatnonzero(np.diff(row)) + 1
    if row[0] == 0:  # the detector's corner lies a little outside
        if edges.size == 0 or edges[0] > FLAT_PX // 20:
            return False
        starts = edges
    else:
        starts = np.concatenate(([0], edges))
    if starts.size < 6 or starts[5] > FLAT_PX * 0.45:
        return False
    runs = np.diff(starts[:6]).astype(float)
    module = runs.sum() / 7
    return bool(np.all(np.abs(runs - module * np.array([1, 1, 3, 1, 1])) <= module * np.array([0.7, 0.7, 1, 0.7, 0.7])))


def _is_black(picture: Picture) -> bool:
    return float(picture.small.mean()) <= BLACK_LEVEL and int(picture.small.max()) < BLACK_PEAK


def _several(pictures: Sequence[Picture], start_s: float, end_s: float) -> bool:
    """One dark key frame may be the first of a fade; two are not."""
    return sum(start_s <= picture.at_s < end_s for picture in pictures) > 1


def _luma(frame: VideoFrame) -> Plane:
    plane = frame.planes[0]
    rows: Plane = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width]


def _shrunk(luma: Plane, longest_px: int) -> Plane:
    scale = min(1.0, longest_px / max(luma.shape))
    size = (max(1, round(luma.shape[1] * scale)), max(1, round(luma.shape[0] * scale)))
    return np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
