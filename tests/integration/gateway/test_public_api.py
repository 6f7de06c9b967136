"""The public API as a customer meets it: over TLS, from the brief to the finished file."""

import json
import socket
import ssl
from contextlib import ExitStack

import httpx2
import pytest

from libs.common import documents
from libs.common.media.brief import Brief
from services.gateway.accounts.base import Role
from services.gateway.examples import BRIEFS

BOTTLE = BRIEFS["bottle"]["value"]


def brief(**product) -> dict:
    return {**BOTTLE, "product": {**BOTTLE["product"], **product}}


@pytest.fixture(scope="module")
def producer(gateway):
    with gateway.client(Role.producer) as client:
        yield client


@pytest.fixture(scope="module")
def finished(gateway, producer):
    """A job that was worked on to its end, with the events that were seen on the way."""
    gateway.pool.start()
    accepted = producer.post("/v1/videos", json=brief(name="finished"))
    assert accepted.status_code == 202, accepted.text
    job = producer.get(accepted.headers["location"], params={"wait": 30}).json()
    assert job["state"] == "completed", job
    return job


def test_a_client_of_tls_1_2_is_refused(gateway):
    host, port = "localhost", int(gateway.url.rpartition(":")[2])
    old = ssl.create_default_context(cafile=str(gateway.certificate.ca))
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises((ssl.SSLError, ConnectionError)), socket.create_connection((host, port), timeout=10) as plain:
        old.wrap_socket(plain, server_hostname=host).close()

    new = ssl.create_default_context(cafile=str(gateway.certificate.ca))
    with socket.create_connection((host, port), timeout=10) as plain, new.wrap_socket(plain, server_hostname=host) as line:
        assert line.version() == "TLSv1.3"


def test_an_order_is_accepted_with_the_place_of_its_job(gateway, producer):
    answer = producer.post("/v1/videos", json=BOTTLE)

    assert answer.status_code == 202
    assert answer.headers["location"] == f"/v1/jobs/{answer.json()['job_id']}"
    (row,) = gateway.jobs.documents(answer.json()["job_id"])
    stored = documents.load(Brief, gateway.blobs.get(f"documents/{row.sha256}.json"))
    assert stored.product.name == BOTTLE["product"]["name"]


def test_the_same_key_orders_once_and_another_brief_under_it_is_a_conflict(producer):
    headers = {"Idempotency-Key": "order-4711"}
    first = producer.post("/v1/videos", json=BOTTLE, headers=headers).json()
    again = producer.post("/v1/videos", json=BOTTLE, headers=headers).json()
    other = producer.post("/v1/videos", json=brief(name="another"), headers=headers)

    assert (first["created"], again["created"]) == (True, False)
    assert first["job_id"] == again["job_id"]
    assert (other.status_code, other.json()["code"]) == (409, "idempotency.key_reused")


def test_asking_again_does_not_fetch_images_again(gateway, producer):
    headers, asked = {"Idempotency-Key": "images"}, brief(images=[{"url": "https://shop.test/once.png"}])
    for _ in range(2):
        assert producer.post("/v1/videos", json=asked, headers=headers).status_code == 202

    assert gateway.assets.state.fetched.count("https://shop.test/once.png") == 1


def test_images_by_address_are_uploads_in_the_stored_brief(gateway, producer):
    asked = brief(images=[{"url": "https://shop.test/a.png"}], brand={"name": "x", "logo": {"url": "https://shop.test/logo.png"}})
    job_id = producer.post("/v1/videos", json=asked).json()["job_id"]

    (row,) = gateway.jobs.documents(job_id)
    stored = gateway.blobs.get(f"documents/{row.sha256}.json")
    assert b"https://" not in stored
    assert stored.count(b"uploads/") == 2


def test_each_image_that_cannot_be_fetched_is_named(producer):
    images = [{"url": "https://shop.test/a.png"}, {"url": "https://shop.test/missing1"}, {"url": "https://shop.test/missing2"}]
    answer = producer.post("/v1/videos", json=brief(images=images))

    assert answer.status_code == 422
    assert [(item["field"], item["code"]) for item in answer.json()["errors"]] == [
        ("/product/images/1/url", "image.not_there"),
        ("/product/images/2/url", "image.not_there"),
    ]


def test_a_dry_run_answers_the_same_and_orders_nothing(producer):
    before = len(producer.get("/v1/jobs", params={"limit": 200}).json()["jobs"])
    good = producer.post("/v1/briefs:validate", json=BOTTLE)
    bad = producer.post("/v1/briefs:validate", json={**BOTTLE, "voice": "nobody", "presets": ["8k"]})

    assert good.json() == {"valid": True, "width_px": 540, "height_px": 960, "presets": ["540p"]}
    assert [item["field"] for item in bad.json()["errors"]] == ["/presets/0", "/voice"]
    assert len(producer.get("/v1/jobs", params={"limit": 200}).json()["jobs"]) == before


def test_a_service_that_is_down_is_named(producer):
    answer = producer.get("/v1/effects")

    assert (answer.status_code, answer.json()["code"]) == (503, "upstream.composition_down")
    assert answer.headers["retry-after"]


def test_another_tenants_job_does_not_exist(gateway, finished):
    with gateway.client(Role.admin, tenant="other") as stranger:
        for path in (f"/v1/jobs/{finished['id']}", f"/v1/jobs/{finished['id']}/events", f"/v1/videos/{finished['video_id']}"):
            assert stranger.get(path).status_code == 404
        for verb in ("cancel", "resume", "approve"):
            assert stranger.post(f"/v1/jobs/{finished['id']}:{verb}").status_code == 404
        assert stranger.get("/v1/jobs").json()["jobs"] == []


def test_a_finished_job_shows_its_steps_and_cannot_be_stopped(producer, finished):
    assert {step["stage"] for step in finished["steps"]} >= {"scripts.write", "composition.render", "encoding.publish"}
    assert all(step["state"] == "done" for step in finished["steps"])

    answer = producer.post(f"/v1/jobs/{finished['id']}:cancel")
    assert (answer.status_code, answer.json()["code"]) == (409, "job.ended")


def test_a_finished_video_lists_its_files_and_each_is_what_it_says(producer, finished):
    video = producer.get(f"/v1/videos/{finished['video_id']}").json()

    assert [file["name"] for file in video["files"]] == [
        "540p.mp4",
        "poster.jpg",
        "captions.vtt",
        "script.json",
        "timeline.json",
        "timeline.otio",
    ]
    assert video["publication"]["renditions"][0]["preset"] == "540p"
    for file in video["files"]:
        answer = producer.get(file["href"])
        assert (answer.status_code, len(answer.content)) == (200, file["size_bytes"])
        assert documents.content_hash(answer.content) == file["sha256"]
        assert answer.headers["etag"] == f'"{file["sha256"]}"'
        assert answer.headers["content-disposition"] == f'attachment; filename="{finished["video_id"]}-{file["name"]}"'


@pytest.mark.parametrize(
    ("headers", "status", "part"),
    [
        ({"Range": "bytes=3-9"}, 206, slice(3, 10)),
        ({"Range": "bytes=-4"}, 206, slice(-4, None)),
        ({"Range": "bytes=0-1,3-4"}, 200, slice(None)),
        ({"Range": "bytes=99999-"}, 416, None),
        ({"Range": "bytes=3-9", "If-Range": '"other"'}, 200, slice(None)),
        ({"Range": "bytes=3-9", "If-Range": "{etag}"}, 206, slice(3, 10)),
        ({"If-None-Match": "{etag}"}, 304, slice(0, 0)),
        ({"If-None-Match": '"other"'}, 200, slice(None)),
    ],
)
def test_files_come_in_ranges_and_under_conditions(producer, finished, headers, status, part):
    path = f"/v1/videos/{finished['video_id']}/files/540p.mp4"
    whole = producer.get(path)
    etag = whole.headers["etag"]

    answer = producer.get(path, headers={name: value.replace("{etag}", etag) for name, value in headers.items()})

    assert answer.status_code == status
    if part is None:
        assert answer.headers["content-range"] == f"bytes */{len(whole.content)}"
    else:
        assert answer.content == whole.content[part]
    if status == 206:
        assert answer.headers["content-range"].endswith(f"/{len(whole.content)}")


def test_a_file_that_is_not_there_and_a_video_that_is_not_ready_say_so(gateway, producer, finished):
    missing = producer.get(f"/v1/videos/{finished['video_id']}/files/..%2Fkeys")
    nothing = producer.get(f"/v1/videos/{finished['video_id']}/files/8k.mp4")
    row = gateway.jobs.submit(tenant="shop", root_sha256="0" * 64, title="waits", presets=("540p",))
    gateway.jobs.cancel(row.job.id)
    early = producer.get(f"/v1/videos/{row.job.video_id}/files/540p.mp4")

    assert missing.status_code == 404
    assert (nothing.status_code, nothing.json()["code"]) == (404, "video.file_not_found")
    assert (early.status_code, early.json()["code"]) == (409, "video.not_ready")


def events_of(client, job_id, **headers):
    with client.stream("GET", f"/v1/jobs/{job_id}/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        return list(httpx2.EventSource(answer))


def test_events_tell_the_whole_story_and_the_stream_ends_with_the_job(producer, finished):
    events = events_of(producer, finished["id"])

    assert [int(event.id) for event in events] == list(range(1, len(events) + 1))
    states = [json.loads(event.data)["data"]["state"] for event in events if event.event == "job.state"]
    assert (states[0], states[-1]) == ("accepted", "completed")
    assert {event.event for event in events} >= {"job.state", "step.state", "scene.written"}


def test_who_comes_back_gets_what_is_new(producer, finished):
    everything = events_of(producer, finished["id"])
    rest = events_of(producer, finished["id"], **{"Last-Event-ID": everything[4].id})

    assert [event.id for event in rest] == [event.id for event in everything[5:]]


def test_a_key_holds_so_many_streams_and_cancelling_ends_them(gateway, finished):
    with gateway.client(Role.producer, tenant="stalled") as client, ExitStack() as open_streams:
        job_id = client.post("/v1/videos", json=BOTTLE).json()["job_id"]
        path = f"/v1/jobs/{job_id}/events"
        streams = [open_streams.enter_context(client.stream("GET", path)) for _ in range(2)]
        refused = client.get(path)
        cancelled = client.post(f"/v1/jobs/{job_id}:cancel")
        endings = [list(httpx2.EventSource(stream))[-1] for stream in streams]
        welcome_again = client.get(path)

    assert (refused.status_code, refused.json()["code"]) == (429, "events.too_many_streams")
    assert cancelled.json()["cancel_requested"] is True
    assert [json.loads(event.data)["data"]["state"] for event in endings] == ["cancelled", "cancelled"]
    assert welcome_again.status_code == 200


def test_uploads_pass_through_with_the_tenant(producer):
    answer = producer.post("/v1/uploads", files={"file": ("a.png", b"y" * 3_000_000, "image/png")})

    assert answer.status_code == 201
    assert answer.json()["size_bytes"] > 3_000_000
    assert answer.json()["tenant"] == "shop"


def test_the_library_is_filled_searched_looked_at_and_emptied(producer):
    lines = [{"video_id": "clip/1", "transcript": "steam over a mug"}, {"video_id": "clip-2", "transcript": "a dog"}]
    added = producer.post("/v1/library/clips", json=lines)
    found = producer.get("/v1/library/search", params={"q": "steam"}).json()
    one = producer.get("/v1/library/clips/clip-2")
    gone = producer.delete("/v1/library/clips/clip-2")
    again = producer.delete("/v1/library/clips/clip-2")

    assert [found["outcome"] for found in added.json()["items"]] == ["created", "created"]
    assert found == {"results": [{"id": "clip/1", "score": 1.0}], "took_ms": 1.5}
    assert one.json()["transcript"] == "a dog"
    assert (gone.status_code, again.status_code, again.json()["code"]) == (204, 404, "clip.not_found")
    assert producer.get("/v1/library/stats").json() == {"clips": 1}


def test_keys_are_made_listed_and_revoked_and_none_revokes_itself(gateway):
    with gateway.client(Role.admin, tenant="keys") as admin:
        made = admin.post("/v1/keys", json={"name": "backend", "role": "service", "expires_in_days": 7}).json()
        mine = next(key for key in admin.get("/v1/keys").json()["keys"] if key["role"] == "admin")
        own = admin.delete(f"/v1/keys/{mine['id']}")
        revoked = admin.delete(f"/v1/keys/{made['key']['id']}").json()

    assert made["secret"].startswith(f"rk_{made['key']['id']}_")
    assert (own.status_code, own.json()["code"]) == (409, "key.own")
    assert revoked["revoked_at"] is not None


def test_catalogues_and_version_are_there(producer):
    assert [preset["name"] for preset in producer.get("/v1/presets").json()["presets"]] == ["1080p", "540p"]
    assert producer.get("/v1/voices").json()["voices"][0]["engine"] == "none"
    assert producer.get("/v1/version").json()["name"] == "reelsmith"


def test_the_gateway_says_that_it_is_ready(producer):
    assert producer.get("/readyz").json()["parts"].keys() == {"database", "blobs"}
