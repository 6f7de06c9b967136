"""What every HTTP face of ours promises."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import Request

from libs.common.media.brief import Brief
from libs.common.media.errors import Defect, DomainError, InvalidInput, NotFound, TooLarge, Unavailable
from libs.common.runtime.client import async_client
from libs.common.runtime.http import JSON_LIMIT_BYTES, SECURITY_HEADERS, create_service_app
from libs.common.runtime.problems import STATUS, error_from, pointer, status_of

GOOD = {"product": {"name": "lamp", "selling_points": ["bright"]}}


def broken() -> None:
    raise Unavailable("no", code="part.down")


def build_app(**options):
    app = create_service_app(title="test", **options)

    @app.post("/briefs")
    def briefs(brief: Brief) -> str:
        return brief.product.name

    @app.post("/big", max_body_size=4 * JSON_LIMIT_BYTES)
    async def big(request: Request) -> int:
        return sum([len(piece) async for piece in request.stream()])

    @app.get("/missing")
    def missing() -> None:
        raise NotFound("no such thing", code="thing.not_found")

    @app.get("/bug")
    def bug() -> None:
        raise RuntimeError("the password is swordfish")

    @app.get("/defect")
    def defect() -> None:
        raise Defect("the password is swordfish", code="blob.tampered")

    @app.get("/many")
    def many() -> None:
        raise ExceptionGroup("brief", [InvalidInput(f"bad {n}", code="x", field=f"/images/{n}") for n in range(2)])

    @app.get("/waits")
    def waits() -> None:
        raise Unavailable("later")

    return app


def ask(method, path, *, app=None, **options):
    async def run():
        transport = httpx2.ASGITransport(app=app or build_app())
        async with async_client("http://service", transport=transport) as client:
            return await client.request(method, path, **options)

    return asyncio.run(run())


async def endless(total: int) -> AsyncIterator[bytes]:
    for _ in range(total // 65_536):
        yield b" " * 65_536


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        ("GET", "/missing", {}, 404, "thing.not_found"),
        ("GET", "/nowhere", {}, 404, "route.not_found"),
        ("DELETE", "/missing", {}, 405, "route.method_not_allowed"),
        ("POST", "/briefs", {"content": b"{", "headers": {"content-type": "application/json"}}, 400, "request.malformed"),
        ("POST", "/briefs", {"content": b'"\xff"', "headers": {"content-type": "application/json"}}, 400, "request.malformed"),
        ("POST", "/briefs", {"json": {"product": {}}}, 422, "request.invalid"),
        ("POST", "/briefs", {"content": b" " * (JSON_LIMIT_BYTES + 1)}, 413, "request.too_large"),
        ("GET", "/bug", {}, 500, "internal"),
        ("GET", "/defect", {}, 500, "blob.tampered"),
        ("GET", "/waits", {}, 503, "unavailable"),
    ],
)
def test_every_refusal_is_a_problem_with_a_code_and_a_trace_id(method, path, options, status, code):
    answer = ask(method, path, **options)

    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["trace_id"] == answer.headers["x-request-id"]
    assert problem["instance"] == path
    assert "swordfish" not in answer.text
    assert set(SECURITY_HEADERS) <= set(answer.headers) | {name for name in SECURITY_HEADERS if name.lower() in answer.headers}


def test_an_invalid_body_is_pointed_at():
    problem = ask("POST", "/briefs", json={"product": {"name": "", "selling_points": ["bright"]}, "colour": 1}).json()

    assert {item["field"] for item in problem["errors"]} == {"/product/name", "/colour"}


def test_several_faults_are_listed_together():
    problem = ask("GET", "/many").json()

    assert problem["status"] == 422
    assert [item["field"] for item in problem["errors"]] == ["/images/0", "/images/1"]


def test_a_body_without_a_declared_length_is_counted():
    answer = ask("POST", "/briefs", content=endless(2 * JSON_LIMIT_BYTES), headers={"content-type": "application/json"})

    assert answer.status_code == 413


def test_a_route_may_take_more_and_no_more_than_that():
    taken = ask("POST", "/big", content=endless(3 * JSON_LIMIT_BYTES))
    refused = ask("POST", "/big", content=endless(5 * JSON_LIMIT_BYTES))

    assert (taken.status_code, taken.json()) == (200, 3 * JSON_LIMIT_BYTES)
    assert (refused.status_code, refused.json()["code"]) == (413, "request.too_large")


def test_a_declared_length_over_the_limit_is_refused_even_where_nobody_reads_it():
    answer = ask("GET", "/waits", content=b" " * (JSON_LIMIT_BYTES + 1))

    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")


def test_a_callers_request_id_is_kept_when_it_is_harmless():
    assert ask("GET", "/livez", headers={"x-request-id": "order-12345"}).headers["x-request-id"] == "order-12345"
    assert "\n" not in ask("GET", "/livez", headers={"x-request-id": "a b"}).headers["x-request-id"]


def test_readiness_names_the_part_that_is_down_and_liveness_does_not_care():
    app = build_app(ready={"database": broken, "disk": lambda: None})

    ready = ask("GET", "/readyz", app=app)

    assert ready.status_code == 503
    assert ready.json()["parts"]["database"]["reason"] == "part.down"
    assert ready.json()["parts"]["disk"]["ok"] is True
    assert ask("GET", "/livez", app=app).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 401), ({"authorization": "Bearer wrong"}, 401), ({"authorization": "Bearer right"}, 200)],
)
def test_an_internal_service_wants_its_token_before_it_reads_anything(headers, status):
    answer = ask("POST", "/briefs", app=build_app(token="right"), json=GOOD, headers=headers)

    assert answer.status_code == status
    assert ask("GET", "/livez", app=build_app(token="right")).status_code == 200


def _all_errors(kind=DomainError):
    for child in kind.__subclasses__():
        yield child
        yield from _all_errors(child)


@pytest.mark.parametrize("kind", [k for k in _all_errors() if k.__module__ == "libs.common.media.errors"])
def test_every_error_has_a_status_of_its_own_and_survives_the_wire(kind):
    assert kind in STATUS
    body = {"type": f"urn:reelsmith:problem:{kind.slug}", "code": "a.b", "detail": "why", "errors": [{"field": "/x"}]}

    error = error_from(int(STATUS[kind]), body)

    assert (type(error), error.code, error.detail, error.field) == (kind, "a.b", "why", "/x")


def test_a_subclass_inherits_the_nearest_status():
    class Odd(TooLarge):
        pass

    assert status_of(Odd("x")) == 413


def test_an_answer_that_is_no_problem_is_not_trusted():
    assert isinstance(error_from(502, "<html>"), Unavailable)
    assert isinstance(error_from(404, {"detail": "x"}), Defect)


def test_pointers_escape_what_rfc_6901_escapes():
    assert pointer(["a/b", 0, "~"]) == "/a~1b/0/~0"


def test_problems_carry_what_utf8_cannot():
    body = json.dumps(GOOD | {"\ud800": 1})

    assert ask("POST", "/briefs", content=body.encode(), headers={"content-type": "application/json"}).status_code == 422
