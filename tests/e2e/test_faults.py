"""Bad input, missing parts, and a process that is killed in the middle."""

from __future__ import annotations

import json
import socket
import time

import pytest

BRIEF = {
    "product": {
        "name": "Trail Mug",
        "category": "insulated mug",
        "selling_points": ["Keeps coffee hot for 12 hours", "Opens with one hand"],
    },
    "language": "en",
    "length_s": 8,
    "presets": ["540p"],
}


def changed(**fields) -> dict:
    return {**json.loads(json.dumps(BRIEF)), **fields}


def with_product(**fields) -> dict:
    return changed(product={**BRIEF["product"], **fields})


@pytest.mark.parametrize(
    ("brief", "status", "field"),
    [
        ({}, 422, "/product"),
        (changed(colour="red"), 422, "/colour"),
        (changed(length_s=4), 422, "/length_s"),
        (changed(length_s=181), 422, "/length_s"),
        (changed(presets=["8k"]), 422, "/presets"),
        (changed(voice="nobody"), 422, "/voice"),
        (changed(language="fr"), 422, "/language"),
        (with_product(name=""), 422, "/product/name"),
        (with_product(selling_points=[]), 422, "/product/selling_points"),
        (with_product(price={"amount": "-1"}), 422, "/product/price/amount"),
        (with_product(images=[{"url": "http://169.254.169.254/latest/meta-data"}]), 422, "/product/images/0/url"),
        (with_product(images=[{"url": "https://localhost/x.png"}]), 422, "/product/images/0/url"),
        (with_product(images=[{"url": "file:///etc/passwd"}]), 422, "/product/images/0/url"),
        (with_product(selling_points=["x" * 300_000] * 12), 413, None),
    ],
)
def test_bad_input_is_a_problem_that_names_the_field(house, brief, status, field):
    answer = house.api.post("/v1/videos", json=brief)
    problem = answer.json()
    assert answer.status_code == status, problem
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["code"]
    if field is not None:
        pointers = [error["field"] for error in problem["errors"]]
        assert any(pointer.startswith(field) for pointer in pointers), problem


def test_a_blocked_brief_ends_with_the_finding(house):
    accepted = house.submit(
        {**BRIEF, "language": "zh", "product": {"name": "神奇保温杯", "category": "杯子", "selling_points": ["全国销量第一的国家级保温杯"]}}
    )
    job = house.wait(accepted["job_id"])
    assert job["state"] == "rejected"
    assert job["error"]["code"] == "ad_law.superlative"
    assert job["error"]["field"].startswith("/product/selling_points")


def test_an_unreadable_clip_is_refused_by_name(house):
    answer = house.api.post("/v1/library/media", files={"file": ("clip.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(5000), "video/mp4")})
    assert answer.status_code == 422
    assert answer.json()["code"].startswith("media.")


def test_nobody_gets_in_without_a_key(house):
    answer = house.api.get("/v1/jobs", headers={"Authorization": ""})
    assert answer.status_code == 401
    assert answer.json()["code"]


def test_without_a_model_server_the_template_writes_and_says_so(lone_house):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    lone_house.env = {"REELSMITH_SCRIPTS_LLM_URL": f"http://127.0.0.1:{port}/v1", "REELSMITH_SCRIPTS_LLM_MODEL": "absent"}
    lone_house.start()
    accepted, _ = lone_house.make(BRIEF)
    publication = lone_house.video(accepted)["publication"]
    assert publication["generator"] == "template/1"
    assert publication["degraded"]


def test_a_killed_process_finishes_the_job_after_its_next_start(lone_house):
    lone_house.env = {"REELSMITH_LEASE_S": "2"}
    lone_house.start()
    lone_house.add_library(4)
    accepted = lone_house.submit(BRIEF)
    while not any(
        step["stage"] == "composition.render" and step["state"] == "running" for step in lone_house.job(accepted["job_id"])["steps"]
    ):
        time.sleep(0.05)
    lone_house.kill()
    lone_house.start()
    job = lone_house.wait(accepted["job_id"])
    assert job["state"] == "completed", (job["error"], lone_house.log())

    done = lone_house.steps_done(accepted["job_id"])
    assert len(done) == len(set(done)) == len(job["steps"])
    assert list((lone_house.data / "blobs").rglob("*.partial")) == []
