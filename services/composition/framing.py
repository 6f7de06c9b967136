"""How a source meets the canvas: fill or fit, and the slow camera move over it."""

from __future__ import annotations

from libs.common.media.footage import Media, MediaKind, Subject
from libs.common.media.timeline import Canvas, Fit, Motion

MOST_CUT_OFF = 0.45
"""Above this share of the picture lost, the whole of it is shown over a blurred copy."""
MOST_CUT_OFF_PRODUCT = 0.12
"""A product is not cut to pieces."""
ROOM_TO_PAN = 0.15
"""From this share on, a still pans across what does not fit."""
REACH_WITH_FOCUS = 0.5
"""How much of a pan is left where the picture is about something."""


def cut_off(media: Media, canvas: Canvas) -> float:
    """The share of the picture that filling the canvas would lose, 0..1."""
    source, target = media.width_px / media.height_px, canvas.width_px / canvas.height_px
    return 1 - min(source, target) / max(source, target)


def fit_of(media: Media, canvas: Canvas, *, product: bool) -> Fit:
    if media.kind is MediaKind.card:
        return Fit.fill
    limit = MOST_CUT_OFF_PRODUCT if product else MOST_CUT_OFF
    return Fit.blur if cut_off(media, canvas) > limit else Fit.fill


def motion_of(media: Media, canvas: Canvas, fit: Fit, *, turn: int, subjects: tuple[Subject, ...] = ()) -> Motion:
    """`turn` counts the shots of the video, so that neighbours move differently. What the picture is about stays in sight."""
    move = _move(media, canvas, fit, closer=turn % 2 == 0, lean=(-0.5, 0.5)[turn // 2 % 2])
    focus = focus_of(subjects)
    if focus is None or media.kind is MediaKind.card:
        return move
    near = [pan * REACH_WITH_FOCUS for pan in (move.pan_x_from, move.pan_x_to, move.pan_y_from, move.pan_y_to)]
    return Motion(
        zoom_from=move.zoom_from,
        zoom_to=move.zoom_to,
        pan_x_from=near[0],
        pan_x_to=near[1],
        pan_y_from=near[2],
        pan_y_to=near[3],
        focus_x=focus[0],
        focus_y=focus[1],
    )


def focus_of(subjects: tuple[Subject, ...]) -> tuple[float, float] | None:
    """The middle of all faces, or else of everything that is marked; shares of the source's sides. None where nothing is."""
    meant = [subject for subject in subjects if subject.kind == "face"] or list(subjects)
    if not meant:
        return None
    left, top = min(subject.left for subject in meant), min(subject.top for subject in meant)
    right = max(subject.left + subject.width for subject in meant)
    bottom = max(subject.top + subject.height for subject in meant)
    return min(1.0, max(0.0, (left + right) / 2)), min(1.0, max(0.0, (top + bottom) / 2))


def _move(media: Media, canvas: Canvas, fit: Fit, *, closer: bool, lean: float) -> Motion:
    if media.kind is MediaKind.card:
        drift = 0.8 if closer else -0.8
        return Motion(zoom_from=1.2, zoom_to=1.3, pan_x_from=-drift, pan_x_to=drift, pan_y_from=0.5, pan_y_to=-0.5)
    if media.kind is MediaKind.video:
        return Motion(zoom_from=1.0, zoom_to=1.06) if closer else Motion(zoom_from=1.06, zoom_to=1.0)
    if fit is Fit.blur:
        return Motion(zoom_from=1.0, zoom_to=1.08) if closer else Motion(zoom_from=1.08, zoom_to=1.0)
    if cut_off(media, canvas) >= ROOM_TO_PAN:
        return _pan(media, canvas, 0.8 if closer else -0.8)
    if closer:
        return Motion(zoom_from=1.02, zoom_to=1.18, pan_x_to=lean, pan_y_to=-0.3)
    return Motion(zoom_from=1.18, zoom_to=1.02, pan_x_from=lean, pan_y_from=-0.3)


def _pan(media: Media, canvas: Canvas, reach: float) -> Motion:
    sideways = media.width_px * canvas.height_px > media.height_px * canvas.width_px
    if sideways:
        return Motion(zoom_from=1.04, zoom_to=1.1, pan_x_from=-reach, pan_x_to=reach)
    return Motion(zoom_from=1.04, zoom_to=1.1, pan_y_from=reach, pan_y_to=-reach)
