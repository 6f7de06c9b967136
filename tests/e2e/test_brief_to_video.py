"""A brief goes in by REST over TLS, a finished captioned video comes out."""

from __future__ import annotations

import io
import json

import pytest

from libs.common.runtime.containers import open_input

BRIEF = {
    "product": {
        "name": "暖山保温杯",
        "category": "保温杯",
        "selling_points": ["316不锈钢内胆", "12小时保温", "一键开盖单手可用"],
        "price": {"amount": "129", "currency": "CNY", "was": "199"},
        "brand": {"name": "暖山"},
    },
    "language": "zh",
    "length_s": 10,
    "presets": ["540p"],
}


@pytest.fixture(scope="module")
def made(house):
    """The brief, made once for all that look at it."""
    return house.make(BRIEF)


@pytest.fixture(scope="module")
def film(house, made):
    return house.file(made[0], "540p.mp4")


def test_the_video_has_the_size_rate_and_length_asked_for(film):
    with open_input(io.BytesIO(film)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, audio.codec_context.name) == ("h264", "aac")
        assert (video.width, video.height, video.average_rate) == (540, 960, 30)
        assert 9 <= video.frames / 30 <= 11
        assert abs(float(audio.duration * audio.time_base) - video.frames / 30) < 0.05


def test_every_frame_is_there_once(film):
    with open_input(io.BytesIO(film)) as container:
        stream = container.streams.video[0]
        frames = [round(float(frame.time) * 30) for frame in container.decode(stream)]
    assert frames == list(range(stream.frames))


def test_the_index_lies_before_the_media(film):
    assert film.index(b"moov") < film.index(b"mdat")


def test_the_script_holds_the_facts_and_says_who_wrote_it(house, made):
    script = json.loads(house.file(made[0], "script.json"))
    script = script.get("body", script)
    text = "".join(scene["narration"] for scene in script["scenes"])
    assert script["generator"] == "template/1"
    assert "129" in text
    assert "保温" in text
    assert all(check["passed"] for check in script["checks"])


def test_captions_cover_the_speech(house, made):
    vtt = house.file(made[0], "captions.vtt").decode()
    assert vtt.startswith("WEBVTT")
    assert vtt.count("-->") >= 3


def test_the_timeline_opens_in_an_editing_program(house, made):
    import opentimelineio as otio

    timeline = otio.adapters.read_from_string(house.file(made[0], "timeline.otio").decode(), "otio_json")
    assert timeline.video_tracks()
    assert timeline.duration().to_seconds() == pytest.approx(house.video(made[0])["publication"]["length_s"])


def test_the_poster_is_a_picture(house, made):
    from PIL import Image

    with Image.open(io.BytesIO(house.file(made[0], "poster.jpg"))) as poster:
        assert poster.size == (540, 960)


def test_the_report_says_how_exact_it_is_and_what_was_given_up(house, made):
    publication = house.video(made[0])["publication"]
    assert publication["sync_error_ms"] < 5
    assert publication["generator"] == "template/1"
    assert {label["kind"] for label in publication["labels"] if label["written"]} >= {"visible"}


def test_a_part_of_the_file_can_be_had(house, made, film):
    path = f"/v1/videos/{made[0]['video_id']}/files/540p.mp4"
    part = house.api.get(path, headers={"Range": "bytes=1000-1999"})
    assert part.status_code == 206
    assert part.content == film[1000:2000]


def test_the_same_brief_again_renders_nothing(house, made, film):
    accepted, job = house.make(BRIEF)
    renders = [step for step in job["steps"] if step["stage"] == "composition.render"]
    assert renders
    assert all(step["reused"] for step in renders)
    assert house.file(accepted, "540p.mp4") == film


def test_another_price_renders_only_what_shows_it(house, made):
    dearer = json.loads(json.dumps(BRIEF))
    dearer["product"]["price"]["amount"] = "139"
    _, job = house.make(dearer)
    renders = [step["reused"] for step in job["steps"] if step["stage"] == "composition.render"]
    assert any(renders)
    assert not all(renders)


def test_an_idempotency_key_gives_one_job(house):
    first = house.submit(BRIEF, **{"Idempotency-Key": "order-4711"})
    second = house.submit(BRIEF, **{"Idempotency-Key": "order-4711"})
    assert first["job_id"] == second["job_id"]
    assert (first["created"], second["created"]) == (True, False)
    house.wait(first["job_id"])


def test_nothing_of_the_customers_lies_in_plain_on_the_disk(house, made, film):
    markers = [film[5000:5064], "一键开盖".encode()]
    blobs = [path for path in (house.data / "blobs").rglob("*") if path.is_file()]
    assert len(blobs) > 10
    assert [path for path in blobs for marker in markers if marker in path.read_bytes()] == []
    assert [path.name for path in house.data.rglob("*.partial")] == []
