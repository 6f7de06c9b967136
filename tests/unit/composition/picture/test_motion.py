"""Camera moves about a point, and clips that play faster, slower or not at all."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.media.errors import InvalidInput
from libs.common.media.footage import Media, MediaKind, Subject
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas, Clip, Fit, Motion, Speed
from services.composition.framing import focus_of, motion_of
from services.composition.geometry import FOCUS_MARGIN, Rect, view_of, window_at
from services.composition.shown_on import shown_on
from services.composition.speed import checked_speed, played, source_frames

CANVAS = Canvas(width_px=1080, height_px=1920, rate=Fraction(30))
ROOM = Rect(0, 0, 1080, 1920)
SHARE, PAN, ZOOM = st.floats(0, 1), st.floats(-1, 1), st.floats(1, 3)
SIZE = st.sampled_from([(1080, 1920), (1920, 1080), (4000, 3000), (640, 640), (720, 2400)])
MOVE = st.builds(
    Motion, zoom_from=ZOOM, zoom_to=ZOOM, pan_x_from=PAN, pan_x_to=PAN, pan_y_from=PAN, pan_y_to=PAN, focus_x=SHARE, focus_y=SHARE
)


@given(size=SIZE, motion=MOVE, progress=SHARE)
def test_the_focus_stays_in_sight_and_the_window_in_the_source(size, motion, progress):
    width, height = size
    window = window_at(width, height, ROOM, motion, progress)
    for first, seen, side, focus in (
        (window.left, ROOM.width * window.scale, width, motion.focus_x),
        (window.top, ROOM.height * window.scale, height, motion.focus_y),
    ):
        assert -1e-6 <= first <= first + seen <= side + 1e-6
        before, after = focus * side - first, first + seen - focus * side
        assert before >= FOCUS_MARGIN * seen - 1e-6 or first <= 1e-6
        assert after >= FOCUS_MARGIN * seen - 1e-6 or first + seen >= side - 1e-6
        assert before >= -1e-6
        assert after >= -1e-6


def test_without_a_pan_the_focus_is_brought_to_the_middle():
    window = window_at(1920, 1080, ROOM, Motion(focus_x=0.7, focus_y=0.5), 0.5)
    assert window.left + ROOM.width * window.scale / 2 == pytest.approx(0.7 * 1920)


def test_a_focus_near_the_edge_stays_where_the_source_ends():
    window = window_at(1920, 1080, ROOM, Motion(focus_x=0.02, focus_y=0.5), 0.5)
    assert window.left == 0


def test_a_move_sets_out_and_comes_to_rest_gently():
    windows = [window_at(1920, 1080, ROOM, Motion(zoom_to=1.3, pan_x_to=0.8, focus_x=0.3, focus_y=0.5), n / 60) for n in range(61)]
    steps = [abs(after.left - before.left) for before, after in pairwise(windows)]
    assert steps[0] < max(steps) / 8
    assert steps[-1] < max(steps) / 8


def test_a_still_is_kept_finer_than_the_canvas():
    view, _ = view_of(0, 1080, 1920, ROOM, Motion(zoom_to=1.08), still=True)
    assert view.to_width == pytest.approx(1080 * 1.08 * 1.35, abs=2)


def test_faces_are_what_a_picture_is_about_or_else_all_that_is_marked():
    face, product = (
        Subject(kind="face", left=0.6, top=0.1, width=0.2, height=0.2),
        Subject(kind="product", left=0, top=0.8, width=0.2, height=0.2),
    )
    assert focus_of((product, face)) == pytest.approx((0.7, 0.2))
    assert focus_of((product,)) == pytest.approx((0.1, 0.9))
    assert focus_of(()) is None


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("kind", [MediaKind.video, MediaKind.image])
def test_a_marked_shot_moves_about_its_subject(kind, turn):
    media = Media(kind=kind, width_px=1920, height_px=1080)
    subject = Subject(kind="product", left=0.7, top=0.2, width=0.2, height=0.4)
    motion = motion_of(media, CANVAS, Fit.fill, turn=turn, subjects=(subject,))
    assert (motion.focus_x, motion.focus_y) == pytest.approx((0.8, 0.4))
    assert motion_of(media, CANVAS, Fit.fill, turn=turn).focus_x is None


def playing(start, end, length=30, source=300):
    media = Media(kind=MediaKind.video, width_px=1080, height_px=1920, length=RationalTime(source, Fraction(30)))
    speed = Speed(start=Fraction(start), end=Fraction(end))
    return Clip(media=media, start=0, length=length, source_start=RationalTime(0, Fraction(30)), speed=speed)


@pytest.mark.parametrize(
    ("start", "end", "taken"), [(1, 1, 30), (0, 0, 0), (2, 2, 60), (8, 8, 240), (0, 1, 15), (2, 0, 30), ("1/2", "1/2", 15)]
)
def test_a_clip_takes_the_integral_of_its_speed(start, end, taken):
    clip = playing(start, end)
    steps = [played(clip, number) for number in range(31)]
    assert source_frames(clip) == taken == steps[-1]
    assert all(before <= after for before, after in pairwise(steps))


@pytest.mark.parametrize(("start", "end"), [(1, 3), (3, 1), (0, 2), (2, 0), (0, 0)])
def test_past_its_end_a_clip_plays_on_at_its_last_speed(start, end):
    clip = playing(start, end)
    on = shown_on(clip, 10, Fraction(30))
    assert on is not None
    assert on.speed == Speed(start=Fraction(end), end=Fraction(end))
    for number in range(10):
        meant = played(clip, 30 + number)
        assert abs(on.source_start.seconds * 30 + played(on, number) - meant) <= Fraction(1, 2)
    assert on.before == 30


def test_a_handle_that_is_too_short_for_the_speed_is_none():
    assert shown_on(playing(1, 1, source=39), 10, Fraction(30)) is None
    assert shown_on(playing(1, 1, source=40), 10, Fraction(30)) is not None
    assert shown_on(playing(1, 3, source=80), 10, Fraction(30)) is None


@pytest.mark.parametrize(("speed", "field"), [(Speed(start=Fraction(-1)), "/speed/start"), (Speed(end=Fraction(17, 2)), "/speed/end")])
def test_a_speed_that_cannot_be_played_is_refused(speed, field):
    with pytest.raises(InvalidInput) as refused:
        checked_speed(speed)
    assert (refused.value.field, refused.value.code) == (field, "edit.bad_speed")
    assert checked_speed(Speed(start=Fraction(0), end=Fraction(8)))
