"""Edits over HTTP: what is accepted, what is refused and with which words, what it would cost."""

from __future__ import annotations

import copy

import pytest

from libs.common.jobs.base import JobState
from services.gateway.edits.examples import EDITS

SIZE = {"width_px": 180, "height_px": 320}


def edit(*clips, **more):
    plain = {"title": "An edit", "size": SIZE, "language": "en", "tracks": [{"clips": list(clips)}]}
    return plain | more


def colour(start, length, **more):
    return {"media": {"colour": "#336699"}, "start": start, "length": length} | more


def test_an_edit_is_validated_priced_rendered_and_taken_again(office):
    body = edit(colour(0, 1), colour(1, 1, transition={"name": "wipe", "length": 0.2}), merge={"P": "$5"})
    body["overlays"] = [{"kind": "price_tag", "start": 1.2, "length": 0.8, "text": "{{ P }}"}]

    plan = office.post("/v1/renders:validate", body).json()
    accepted = office.post("/v1/renders", body)
    job = office.house.run(accepted.json()["job_id"])
    later = office.post("/v1/renders:validate", body).json()
    timeline = office.client.get(f"/v1/videos/{job.video_id}/timeline").json()
    again = office.post("/v1/renders", timeline).json()
    second = office.house.run(again["job_id"])

    assert (plan["valid"], plan["length_s"], plan["renditions"], plan["cost"]["frames"]) == (True, 2.0, ["master"], 60)
    assert (plan["cost"]["pieces"], plan["cost"]["pieces_ready"], plan["cost"]["basis"]) == (2, 0, "documented")
    assert accepted.status_code == 202
    assert accepted.headers["Location"] == f"/v1/jobs/{job.id}"
    assert job.state is second.state is JobState.completed, (job.error, second.error)
    assert (later["cost"]["pieces_ready"], later["cost"]["cpu_s"], later["cost"]["basis"]) == (2, 0.0, "measured")
    assert timeline["overlays"][0]["text"] == "$5"
    assert office.house.renders(second.id) == {"0": True, "1": True}
    assert office.client.get(f"/v1/videos/{job.video_id}/timeline.otio").json()["OTIO_SCHEMA"].startswith("Timeline")


def test_one_changed_price_renders_its_piece_alone(office):
    body = edit(*(colour(n, 1, transition={"name": "wipe", "length": 0.2}) for n in range(3)))
    body["overlays"] = [{"kind": "price_tag", "start": 1.2, "length": 0.8, "text": "$19"}]
    office.house.run(office.post("/v1/renders", body).json()["job_id"])
    body["overlays"][0]["text"] = "$17"

    changed = office.post("/v1/renders:validate", body).json()["cost"]
    job_id = office.post("/v1/renders", body).json()["job_id"]
    office.house.run(job_id)

    assert (changed["pieces"], changed["pieces_ready"], changed["frames_to_render"]) == (3, 2, 30)
    assert office.house.renders(job_id) == {"0": True, "1": False, "2": True}


def test_the_same_key_gives_the_same_job_and_another_edit_is_refused(office):
    first = office.post("/v1/renders", edit(colour(0, 1)), **{"Idempotency-Key": "order-1"})
    same = office.post("/v1/renders", edit(colour(0, 1)), **{"Idempotency-Key": "order-1"})
    other = office.post("/v1/renders", edit(colour(0, 2)), **{"Idempotency-Key": "order-1"})

    assert first.json()["job_id"] == same.json()["job_id"]
    assert (first.json()["created"], same.json()["created"]) == (True, False)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency.key_reused")


BAD = {
    "overlap": (edit(colour(0, 1), colour(0.5, 1)), ("edit.overlap", "/tracks/0/clips/1/start")),
    "zero length": (edit(colour(0, 1), colour(1, 0)), ("edit.zero_length", "/tracks/0/clips/1/length")),
    "negative": (edit(colour(-1, 1)), ("request.greater_than_equal", "/tracks/0/clips/0/start")),
    "nothing": (edit(), ("edit.empty", "/tracks")),
    "no track": (edit() | {"tracks": []}, ("edit.empty", "/tracks")),
    "unknown field": (edit(colour(0, 1, colour="red")), ("request.unexpected_keyword_argument", "/tracks/0/clips/0/colour")),
    "unknown effect": (edit(colour(0, 1, effects=[{"name": "sparkle"}])), ("edit.unknown_effect", "/tracks/0/clips/0/effects/0/name")),
    "unknown parameter": (
        edit(colour(0, 1, effects=[{"name": "vignette", "params": {"power": 1}}])),
        ("edit.unknown_param", "/tracks/0/clips/0/effects/0/params/power"),
    ),
    "parameter out of bounds": (
        edit(colour(0, 1, effects=[{"name": "vignette", "params": {"strength": 7}}])),
        ("edit.bad_param", "/tracks/0/clips/0/effects/0/params/strength"),
    ),
    "unknown transition": (
        edit(colour(0, 1), colour(1, 1, transition={"name": "teleport"})),
        ("edit.unknown_transition", "/tracks/0/clips/1/transition/name"),
    ),
    "transition longer than a clip": (
        edit(colour(0, 1), colour(1, 1, transition={"name": "wipe", "length": 1.5})),
        ("edit.transition_too_long", "/tracks/0/clips/1/transition/length"),
    ),
    "unknown caption style": (
        edit(colour(0, 1), captions={"style": "comic", "phrases": []}),
        ("edit.unknown_style", "/captions/style"),
    ),
    "captions over each other": (
        edit(colour(0, 1), captions={"phrases": [{"start": 0, "length": 0.6, "text": "a"}, {"start": 0.5, "length": 0.4, "text": "b"}]}),
        ("edit.overlap", "/captions/phrases/1/start"),
    ),
    "unknown safe area": (edit(colour(0, 1), safe_area="myspace"), ("edit.unknown_safe_area", "/safe_area")),
    "unknown music": (
        edit(colour(0, 1), sounds=[{"media": {"music": {"style": "polka"}}}]),
        ("edit.unknown_music", "/sounds/0/media/music/style"),
    ),
    "an unknown effect sound": (
        edit(colour(0, 1), sounds=[{"media": {"effect": "explosion"}, "start": 0.5}]),
        ("edit.unknown_sound", "/sounds/0/media/effect"),
    ),
    "an unknown track": (edit(colour(0, 1), sounds=[{"media": {"track": "nobody"}}]), ("edit.unknown_track", "/sounds/0/media")),
    "an unknown layout": (
        edit(colour(0, 1, layout={"name": "heap", "slot": 1, "of": 2})),
        ("edit.unknown_layout", "/tracks/0/clips/0/layout/name"),
    ),
    "a layout for fewer clips": (
        edit(colour(0, 1, layout={"name": "full", "slot": 1, "of": 2})),
        ("edit.layout_count", "/tracks/0/clips/0/layout"),
    ),
    "a slot that the layout does not have": (
        edit(colour(0, 1, layout={"name": "grid", "slot": 5, "of": 4})),
        ("edit.layout_count", "/tracks/0/clips/0/layout/slot"),
    ),
    "a rate off the samples": (edit(colour(0, 1), rate="30000/1001"), ("edit.rate", "/rate")),
    "an odd size": (edit(colour(0, 1), size={"width_px": 181, "height_px": 320}), ("edit.odd_size", "/size")),
    "unknown preset": (edit(colour(0, 1), presets=["9000p"]), ("brief.unknown_preset", "/presets/0")),
    "a larger preset": (edit(colour(0, 1), presets=["1080p"]), ("edit.preset_larger", "/presets/0")),
    "two sources": (
        edit({"media": {"colour": "#000000", "clip": "a"}, "start": 0, "length": 1}),
        ("edit.source", "/tracks/0/clips/0/media"),
    ),
    "an unknown clip": (edit({"media": {"clip": "nobody"}, "start": 0, "length": 1}), ("edit.unknown_clip", "/tracks/0/clips/0/media")),
    "an unknown upload": (
        edit({"media": {"upload": f"uploads/{'a' * 64}.png"}, "start": 0, "length": 1}),
        ("edit.unknown_upload", "/tracks/0/clips/0/media"),
    ),
    "an address that is not allowed": (
        edit({"media": {"url": "https://evil.example/a.mp4"}, "start": 0, "length": 1}),
        ("image.url_refused", "/tracks/0/clips/0/media/url"),
    ),
    "an unresolved merge field": (edit(colour(0, 1), title="{{ NAME }}"), ("edit.unresolved_merge", "/title")),
    "a control character": (edit(colour(0, 1), title="a\u0007b"), ("edit.control_character", "/title")),
    "too long": (edit(colour(0, 1200)), ("edit.too_long", "/tracks/0/clips/0/length")),
    "a drawing without words": (
        edit(colour(0, 1), overlays=[{"kind": "text", "start": 0, "length": 1}]),
        ("edit.text_missing", "/overlays/0/text"),
    ),
    "text too long": (
        edit(colour(0, 1), overlays=[{"kind": "badge", "start": 0, "length": 1, "text": "many words " * 40}]),
        ("edit.text_too_long", "/overlays/0/text"),
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_refused_with_its_place(office, name):
    body, expected = BAD[name]

    assert expected in office.problems(body)
    assert expected in office.problems(body, "/v1/renders")


def test_all_that_is_wrong_is_said_at_once(office):
    body = edit(colour(0, 1, effects=[{"name": "sparkle"}]), colour(0.5, 1), {"media": {"clip": "nobody"}, "start": 3, "length": 1})

    codes = {code for code, _ in office.problems(body)}

    assert {"edit.overlap", "edit.unknown_effect", "edit.unknown_clip"} <= codes


def test_ranges_beyond_a_source_are_refused(office):
    film = {"upload": office.house.film(seconds=2)}
    body = edit(
        {"media": film, "start": 0, "length": 1, "source_in": 5},
        {"media": film, "start": 1, "length": 1.5, "source_in": 1},
        {"media": film, "start": 3, "length": 1.5, "speed": 2},
    )

    assert office.problems(body) == {
        ("edit.beyond_source", "/tracks/0/clips/0/source_in"),
        ("edit.beyond_source", "/tracks/0/clips/1/length"),
        ("edit.beyond_source", "/tracks/0/clips/2/length"),
    }


def test_ten_thousand_clips_are_refused_with_one_error(office):
    answer = office.post("/v1/renders:validate", edit(*(colour(n / 10, 0.1) for n in range(10_000))))

    assert (answer.status_code, answer.json()["code"]) == (413, "edit.too_many_clips")
    assert len(answer.json()["errors"]) == 1


def test_what_was_decided_for_the_editor_is_told(office):
    film = {"upload": office.house.film(seconds=1)}
    body = edit(
        {"media": film, "start": 0.01, "length": 0.99},
        colour(1.5, 0.5, transition={"name": "crossfade", "length": 0.1}),
        {"media": film, "start": 2, "length": 1},
        colour(3, 0.5, transition={"name": "crossfade", "length": 0.1}),
        captions={"phrases": [{"start": 0, "length": 9, "text": "glyph \U000f0000"}]},
        merge={"UNUSED": "x"},
    )

    remarks = {(r["weight"], r["code"]) for r in office.post("/v1/renders:validate", body).json()["remarks"]}

    assert remarks == {
        ("note", "edit.snapped"),
        ("note", "edit.gap"),
        ("note", "edit.past_end"),
        ("warning", "edit.no_handle"),
        ("warning", "edit.no_glyph"),
        ("warning", "edit.unused_merge"),
    }


@pytest.mark.parametrize(
    "body", [[], "text", 3, None, {}, {"title": "x"}, {"title": "x", "tracks": [7]}, {"tracks": {"clips": 1}, "merge": 3}]
)
def test_no_body_breaks_it(office, body):
    assert office.post("/v1/renders:validate", body).status_code == 422


def test_shotstacks_words_are_understood(office):
    body = copy.deepcopy(EDITS["shotstack"]["value"])
    body["timeline"]["tracks"][1]["clips"][0]["asset"] = {"type": "image", "src": "https://nowhere.example/a.jpg"}

    assert office.problems(body) == {("image.url_refused", "/timeline/tracks/1/clips/0/asset/src")}


def test_what_shotstack_has_and_we_have_not_is_refused_with_its_place(office):
    body = copy.deepcopy(EDITS["shotstack"]["value"])
    body["timeline"]["tracks"][0]["clips"][0]["asset"] = {"type": "html", "html": "<b>x</b>"}
    body["timeline"]["fonts"] = []
    body["output"]["format"] = "gif"

    assert office.problems(body) == {
        ("shotstack.unsupported", "/timeline/fonts"),
        ("shotstack.unsupported", "/timeline/tracks/0/clips/0/asset/type"),
        ("shotstack.unsupported", "/output/format"),
    }


def test_the_example_of_the_documentation_renders(office):
    job = office.house.run(office.post("/v1/renders", EDITS["cards"]["value"]).json()["job_id"])

    assert job.state is JobState.completed, job.error
