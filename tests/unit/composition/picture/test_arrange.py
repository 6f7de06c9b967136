"""From an edit to cuts, without a pixel."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from pydantic import TypeAdapter

from libs.common.media.blob import BlobRef
from libs.common.media.edit import ResolvedSource, Sources, Timeline, Weight
from libs.common.media.footage import Media, MediaKind
from libs.common.media.time import RationalTime
from libs.common.runtime.context import RecordingContext
from services.composition.arrange import examine
from services.composition.arrange_sound import lay_sound
from services.composition.plan import ScenePlan
from services.composition.recipe import PLAIN

TIMELINE = TypeAdapter(Timeline)
BLOB = BlobRef(key="clips/" + "a" * 64 + ".mp4", size_bytes=1, media_type="video/mp4")
FILM = Media(kind=MediaKind.video, blob=BLOB, width_px=180, height_px=320, length=RationalTime(300, Fraction(30)))
SOURCES = Sources(found=(ResolvedSource(name="clip:film", media=FILM),))


def film(start, length, **more):
    return {"media": {"clip": "film"}, "start": start, "length": length} | more


def arranged(*tracks, **more):
    plain = {"title": "t", "size": {"width_px": 180, "height_px": 320}, "language": "en"}
    body = plain | {"tracks": [{"clips": list(clips)} for clips in tracks]} | more
    arrangement, remarks = examine(TIMELINE.validate_python(body), SOURCES)
    assert arrangement is not None, remarks
    return arrangement, remarks


def test_both_ends_snap_so_that_neighbours_still_meet():
    third = "1/3"
    arrangement, _ = arranged([film(0, third), film(third, third), film("2/3", third)], rate=25)
    (cut,) = arrangement.cuts
    assert [(clip.start, clip.length) for clip in cut.clips] == [(0, 8), (8, 9), (17, 8)]


def test_a_gap_shows_the_background():
    arrangement, remarks = arranged([film(1, 1)], background="#112233")
    (cut,) = arrangement.cuts
    assert next((clip.media.kind, clip.colour, clip.length) for clip in cut.clips) == (MediaKind.colour, "#112233", 30)
    assert [(r.weight, r.code) for r in remarks] == [(Weight.note, "edit.gap")]


def test_a_transition_begins_a_piece_and_lies_in_the_handle():
    arrangement, remarks = arranged([film(0, 1, source_in=1), film(1, 1, transition={"name": "crossfade", "length": 0.2})])
    first, second = arrangement.cuts
    assert (first.length, second.length, second.transition.length) == (30, 30, 6)
    assert second.transition.outgoing.source_start.value == 60
    assert not remarks


def test_without_a_handle_the_last_frame_is_held():
    arrangement, remarks = arranged([film(0, 1, source_in=9), film(1, 1, transition={"name": "crossfade", "length": 0.2})])
    outgoing = arrangement.cuts[1].transition.outgoing
    assert (outgoing.source_start.value, outgoing.speed.start, outgoing.speed.end) == (299, 0, 0)
    assert [r.code for r in remarks] == ["edit.no_handle"]


def test_a_long_clip_falls_into_pieces_that_go_on_where_the_one_before_stopped():
    arrangement, _ = arranged([{"media": {"colour": "#000000"}, "start": 0, "length": 20}], overlays=[overlay(5, 3)])
    assert [cut.length for cut in arrangement.cuts] == [180, 180, 240]
    assert [cut.clips[0].start for cut in arrangement.cuts] == [0, -180, -360]
    assert [[o.start for o in cut.overlays] for cut in arrangement.cuts] == [[150], [-30], []]


def overlay(start, length):
    return {"kind": "text", "text": "hello", "start": start, "length": length}


def test_short_clips_share_a_piece():
    arrangement, _ = arranged([film(n, 1) for n in range(10)])
    assert [cut.length for cut in arrangement.cuts] == [120, 120, 60]


def test_named_pieces_are_kept():
    arrangement, _ = arranged([film(0, 4)], segments=[1, "2.5"])
    assert [cut.length for cut in arrangement.cuts] == [30, 45, 45]


def test_an_upper_clip_lies_in_each_piece_that_it_meets():
    arrangement, _ = arranged([film(0, 4)], [film(0.5, 1)], segments=[1])
    assert [[(clip.start, clip.length) for clip in cut.insets] for cut in arrangement.cuts] == [[(15, 30)], [(-15, 30)]]


def test_a_caption_is_spread_over_its_words():
    arrangement, _ = arranged([film(0, 4)], captions={"phrases": [{"start": 1, "length": 1, "text": "ab cde 好"}]})
    (caption,) = arrangement.cuts[0].captions
    assert [word.text for word in caption.words] == ["ab ", "cde ", "好"]
    assert sum(word.length for word in caption.words) == caption.length == 30
    assert caption.text == "ab cde 好"


def test_the_same_edit_gives_the_same_cuts():
    assert arranged([film(0, 4)])[0] == arranged([film(0, 4)])[0]


def test_the_first_clip_comes_in_over_the_background():
    arrangement, _ = arranged([film(0, 1, transition={"name": "crossfade", "length": 0.2})], background="#112233")
    assert arrangement.cuts[0].transition.outgoing.colour == "#112233"


@pytest.mark.parametrize("rate", ["0", "-30", "1/7", "1/1000", "999999999", "30000/1001"])
def test_a_rate_that_is_not_made_is_refused_whatever_it_is(rate):
    edit = TIMELINE.validate_python({"title": "t", "tracks": [{"clips": [film(0, 100)]}]})
    arrangement, remarks = examine(replace(edit, rate=Fraction(rate)), SOURCES)
    assert arrangement is None
    assert [(r.code, r.field) for r in remarks] == [("edit.rate", "/rate")]


def test_a_clip_is_heard_from_the_frame_that_it_is_seen_from():
    heard = replace(SOURCES.found[0], sound=BLOB, sound_length=RationalTime(480_000, Fraction(48_000)))
    body = {"title": "t", "tracks": [{"clips": [film(0, 1, source_in="0.51", volume_db=0)]}]}
    plan = lay_sound(TIMELINE.validate_python(body), Sources(found=(heard,)), context=RecordingContext())
    assert plan.parts[0].source_start == 15 * 1_600


def test_written_music_is_no_longer_than_the_video():
    bed = {"media": {"music": {"style": "calm_pads"}}, "source_in": 7_200}
    body = {"title": "t", "tracks": [{"clips": [film(0, 2)]}], "sounds": [bed]}
    _, remarks = examine(TIMELINE.validate_python(body), SOURCES)
    assert [(remark.code, remark.field) for remark in remarks] == [("edit.beyond_source", "/sounds/0/source_in")]
    bed["source_in"] = 1
    plan = lay_sound(TIMELINE.validate_python(body), SOURCES, context=RecordingContext())
    assert [(part.source_start, part.length) for part in plan.parts] == [(48_000, 48_000)]


def test_effects_over_all_go_on_from_piece_to_piece():
    """A fade at the start of the video is none at the start of its later pieces, and one at its end none at the end of the earlier."""
    fades = [{"name": "fade_in"}, {"name": "fade_out"}]
    whole, parted = (arranged([film(0, 4)], segments=at, effects=fades)[0].cuts for at in ([], [1, "2.5"]))
    in_parts = [look for cut in parted for look in looks_of(cut)]
    assert len(parted) == 3
    assert in_parts == looks_of(whole[0])
    assert in_parts[0] != PLAIN
    assert in_parts[30] == in_parts[75] == PLAIN


def test_without_effects_over_all_a_piece_does_not_know_where_it_lies():
    assert {(cut.effects_before, cut.effects_length) for cut in arranged([film(0, 4)], segments=[1])[0].cuts} == {(0, 0)}


def looks_of(cut):
    plan = ScenePlan(cut)
    return [plan.looks[plan.frame(number).layers[0].look] for number in range(cut.length)]


def test_a_third_as_programs_send_it_has_not_moved():
    _, remarks = arranged([film(0, 1 / 3), film(1 / 3, 2 / 3)], rate=30)
    assert "edit.snapped" not in {remark.code for remark in remarks}


def test_each_piece_names_the_sizes_that_are_wanted_besides_the_composition():
    size = {"width_px": 1200, "height_px": 1200}
    arrangement, _ = arranged([film(0, 1)], size=size, presets=["540p", "master", "1080p"], rate=25)
    (cut,) = arrangement.cuts
    found = [(wanted.preset, wanted.canvas.width_px, wanted.canvas.height_px, wanted.canvas.rate) for wanted in cut.renditions]
    assert found == [("1080p", 1080, 1080, 25), ("540p", 540, 540, 25)]
