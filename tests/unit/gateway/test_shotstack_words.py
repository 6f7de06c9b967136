"""What maps from Shotstack, and what is refused."""

from __future__ import annotations

import pytest

from libs.common.media.timeline import Fit
from services.gateway.edits.read import read_edit
from services.gateway.settings import GatewaySettings


def read(*tracks, output=None, **timeline):
    body = {
        "timeline": {"tracks": [{"clips": list(clips)} for clips in tracks]} | timeline,
        "output": {"resolution": "sd"} if output is None else output,
    }
    return read_edit(body, GatewaySettings()).timeline


def image(**more):
    return {"asset": {"type": "image", "src": "https://cdn.shop.example/a.jpg"}, "start": 0, "length": 2} | more


def refused(*tracks, **how):
    with pytest.raises(ExceptionGroup) as caught:
        read(*tracks, **how)
    return [error.field for error in caught.value.exceptions]


def test_their_first_track_lies_on_top():
    timeline = read([image(length=1)], [image(length=3)])
    assert [track.clips[0].length for track in timeline.tracks] == [3, 1]


def test_size_and_rate_come_from_the_output():
    timeline = read([image()], output={"resolution": "hd", "aspectRatio": "9:16", "fps": 30})
    assert (timeline.size.width_px, timeline.size.height_px, timeline.rate) == (720, 1280, 30)


def test_the_defaults_are_theirs():
    timeline = read([image()], output={})
    assert (timeline.size.width_px, timeline.size.height_px, timeline.rate) == (1280, 720, 25)


def test_a_scaled_clip_in_a_corner_gets_a_place():
    place = read([image(scale=0.25, position="topRight", offset={"x": -0.05, "y": -0.1})]).tracks[0].clips[0].place
    assert (place.left, place.top, place.width, place.height) == (0.7, 0.1, 0.25, 0.25)


def test_films_sounds_and_texts_find_their_places():
    film = {
        "asset": {"type": "video", "src": "https://a.example/v.mp4", "trim": 2, "volume": 0.5},
        "start": 0,
        "length": 4,
        "fit": "contain",
    }
    sound = {"asset": {"type": "audio", "src": "https://a.example/s.mp3"}, "start": 1, "length": 2}
    text = {"asset": {"type": "title", "text": "Hello", "color": "#ff0000"}, "start": 0, "length": 2}
    timeline = read([text], [sound], [film])
    clip = timeline.tracks[0].clips[0]
    assert (clip.source_in, clip.volume_db, clip.fit) == (2, -6.021, Fit.contain)
    assert (timeline.sounds[0].media.url, timeline.sounds[0].start) == ("https://a.example/s.mp3", 1)
    assert (timeline.overlays[0].text, timeline.overlays[0].params["colour"]) == ("Hello", "#ff0000")
    assert len(timeline.tracks) == 1


def test_start_auto_is_the_end_of_the_clip_before():
    clips = read([image(length=2), image(start="auto", length=1)]).tracks[0].clips
    assert clips[1].start == 2


def test_moves_looks_and_fades_map():
    clip = read([image(effect="zoomInSlow", filter="greyscale", transition={"in": "fadeFast", "out": "fade"})]).tracks[0].clips[0]
    assert (clip.motion.zoom_to, clip.effects[0].name, float(clip.fade_in), clip.fade_out) == (1.15, "mono", 0.5, 1)


def test_their_merge_list_is_ours():
    body = {
        "timeline": {"tracks": [{"clips": [image(asset={"type": "title", "text": "{{ N }}"})]}, {"clips": [image()]}]},
        "output": {},
        "merge": [{"find": "N", "replace": "Mug"}],
    }
    assert read_edit(body, GatewaySettings()).timeline.overlays[0].text == "Mug"


def test_all_that_does_not_map_is_refused_at_once_with_its_place():
    clip = image(fit="cover", transform={"rotate": {"angle": 5}}, transition={"in": "carouselUp"}, length="auto")
    assert refused([clip]) == ["/timeline/tracks/0/clips/0/length"]
    clip["length"] = 2
    assert refused([clip], fonts=[], output={"format": "gif", "callback": "x"}) == [
        "/timeline/fonts",
        "/timeline/tracks/0/clips/0/transform",
        "/timeline/tracks/0/clips/0/fit",
        "/timeline/tracks/0/clips/0/transition/in",
        "/output/callback",
        "/output/format",
    ]


def test_a_clip_outside_the_picture_is_refused():
    assert refused([image(scale=0.5, position="right", offset={"x": 0.2})]) == ["/timeline/tracks/0/clips/0/offset"]


def test_a_sound_at_no_volume_is_left_out():
    sounds = [{"asset": {"type": "audio", "src": "https://a.example/s.mp3", "volume": v}, "start": 0, "length": 1} for v in (0, 0.5)]
    timeline = read([image(), *sounds], soundtrack={"src": "https://a.example/m.mp3", "volume": 0})
    assert [sound.volume_db for sound in timeline.sounds] == [-6.021]


ODD = [[], {}, [[]], {"a": 1}, 7, True, float("nan"), 10**400]


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_a_name_that_is_no_text_is_refused_and_breaks_nothing(odd):
    text = {"asset": {"type": "title", "text": "Hello"}, "start": 0, "length": 2, "position": odd}
    assert refused([text], [image()])
    assert refused([image(transition={"in": odd})])
    assert refused([image(transition={"out": odd})])


def test_numbers_without_end_are_refused_with_their_place():
    assert refused([image(offset={"x": 10**400})]) == ["/timeline/tracks/0/clips/0/offset/x"]
    assert refused([image(start=10**400, length=2.5), image(start="auto")]) == ["/timeline/tracks/0/clips/0/start"]
