"""Whatever is sent to `POST /v1/videos`, the answer is never a crash."""

import asyncio
import json
import shutil

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.jobs.sql import SqlJobStore
from libs.common.runtime.doorbell import SilentDoorbell
from services.gateway.accounts.base import Role
from services.gateway.accounts.memory import MemoryAccounts
from services.gateway.app import create_app
from services.gateway.examples import BRIEFS
from services.gateway.settings import GatewaySettings
from services.gateway.upstreams import Upstreams

TEXTS = st.text(max_size=30) | st.sampled_from(["", " ", "\x00", "\ud800", "﻿", "👩‍👩‍👧", "1e999", "../..", "uploads/" + "a" * 64 + ".png"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


def places(value, path=()):
    """Every place of a brief, so that any of them can be spoilt."""
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from places(part, (*path, name))


GOOD = BRIEFS["lamp"]["value"] | {"voice": None, "library": "main", "seed": 1}
GOOD["product"] = GOOD["product"] | {
    "images": [{"upload": "uploads/x"}],
    "brand": {"name": "x", "primary": "#123456"},
    "must_not_say": ["x"],
}
PLACES = sorted(places(GOOD), key=str)


@pytest.fixture(scope="module")
def post(_sqlite_template, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "jobs.db"
    shutil.copy(_sqlite_template, path)
    jobs, accounts = SqlJobStore(f"sqlite:///{path}"), MemoryAccounts()
    app = create_app(
        GatewaySettings(), jobs=jobs, blobs=MemoryBlobStore(), doorbell=SilentDoorbell(), accounts=accounts, upstreams=Upstreams({})
    )
    secret = accounts.create(tenant="t", role=Role.producer, name="x").secret
    runner = asyncio.Runner()

    async def send(body: bytes, headers: dict[str, bytes]) -> httpx2.Response:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://gateway") as client:
            return await client.post(
                "/v1/videos", content=body, headers={"X-API-Key": secret, "Content-Type": "application/json"} | headers
            )

    def run(body: bytes, **headers: bytes) -> httpx2.Response:
        return runner.run(send(body, headers))

    yield run
    runner.close()
    jobs.close()


def is_an_answer(answer) -> bool:
    if answer.status_code == 202:
        return True
    problem = answer.json()
    return answer.status_code in (400, 409, 422, 503) and answer.headers["content-type"] == "application/problem+json" and problem["code"]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(place=st.sampled_from(PLACES), value=VALUES)
def test_a_brief_with_one_spoilt_place_is_accepted_or_explained(post, place, value):
    spoilt = json.loads(json.dumps(GOOD))
    if not place:
        spoilt = value
    else:
        parent = spoilt
        for name in place[:-1]:
            parent = parent[name]
        parent[place[-1]] = value

    answer = post(json.dumps(spoilt).encode())

    assert is_an_answer(answer), answer.text


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_accepted_or_explained(post, body):
    answer = post(body)

    assert is_an_answer(answer), answer.text


@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b'{"product":' * 5_000, b"\xff\xfe", b'{"a":1e400}', b"NaN", b'"\\ud800"', b'{"length_s": 1' + b"0" * 5_000 + b"}"],
)
def test_bodies_that_break_parsers_are_explained(post, body):
    assert is_an_answer(post(body))


@settings(max_examples=40, deadline=None)
@given(key=st.text(st.characters(min_codepoint=1, max_codepoint=255, exclude_characters="\r\n"), max_size=300))
def test_any_idempotency_key_is_taken_or_explained(post, key):
    answer = post(json.dumps(BRIEFS["lesson"]["value"]).encode(), **{"Idempotency-Key": key.encode("latin-1")})

    assert is_an_answer(answer), answer.text
