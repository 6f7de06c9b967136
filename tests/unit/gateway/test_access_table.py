"""The one table of routes, scopes and roles."""

import asyncio
import re

import httpx2
import pytest
from fastapi import APIRouter

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.errors import Defect
from libs.common.runtime.doorbell import SilentDoorbell
from libs.common.runtime.http import create_service_app
from services.gateway.access import ROLES, ROUTES, GuardedRoute, Scope, VideoReader, check_access, guarded_router
from services.gateway.accounts.base import Role
from services.gateway.accounts.memory import MemoryAccounts
from services.gateway.app import create_app
from services.gateway.openapi import describe
from services.gateway.settings import GatewaySettings
from services.gateway.upstreams import Upstreams


@pytest.fixture(scope="module")
def accounts():
    return MemoryAccounts()


@pytest.fixture(scope="module")
def app(accounts):
    """Without a job store: who gets past the door meets an AttributeError, and the answer is 500."""
    return create_app(
        GatewaySettings(),
        jobs=None,
        blobs=MemoryBlobStore(),
        doorbell=SilentDoorbell(),
        accounts=accounts,
        upstreams=Upstreams({}),
    )


def ask(app, method, path, **options):
    async def run():
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://gateway") as client:
            return await client.request(method, path, **options)

    return asyncio.run(run())


def operations(app):
    for path, methods in describe(app)["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), re.sub(r"\{[^}]+\}", "x", path), operation["operationId"]


def test_every_documented_operation_is_in_the_table_and_the_other_way_round(app):
    assert {name for _, _, name in operations(app)} == set(ROUTES)


@pytest.mark.parametrize("role", [None, *Role])
def test_every_route_lets_in_exactly_the_roles_of_the_table(app, accounts, role):
    headers = {} if role is None else {"Authorization": f"Bearer {accounts.create(tenant='t', role=role, name='x').secret}"}
    refusal = 401 if role is None else 403

    for method, path, name in operations(app):
        answer = ask(app, method, path, headers=headers)

        allowed = role is not None and ROUTES[name] in ROLES[role]
        assert (answer.status_code == refusal) is not allowed, f"{role} {name}: {answer.status_code}"


@pytest.mark.parametrize("path", ["/livez", "/docs", "/docs/start.js", "/docs/assets/swagger-ui.css", "/openapi.json"])
def test_what_is_public_needs_no_key(app, path):
    assert ask(app, "GET", path).status_code == 200


def test_a_stranger_is_turned_away_before_the_body_is_read(app):
    answer = ask(app, "POST", "/v1/videos", content=b"{", headers={"Content-Type": "application/json"})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("path", "methods"), [("/v1/keys", "GET, POST"), ("/v1/library/clips/x", "GET, DELETE"), ("/v1/videos", "POST")])
def test_a_wrong_method_is_told_the_right_ones(app, path, methods):
    answer = ask(app, "PATCH", path)

    assert (answer.status_code, answer.headers["allow"]) == (405, methods)


def test_a_key_may_come_in_its_own_header(app, accounts):
    secret = accounts.create(tenant="t", role=Role.viewer, name="x").secret

    assert ask(app, "GET", "/v1/presets", headers={"X-API-Key": secret}).status_code == 200
    assert ask(app, "GET", f"/v1/presets?key={secret}&api_key={secret}").status_code == 401


def test_a_revoked_key_opens_nothing_from_the_next_request_on(app, accounts):
    made = accounts.create(tenant="t", role=Role.viewer, name="x")
    headers = {"X-API-Key": made.secret}
    before = ask(app, "GET", "/v1/presets", headers=headers).status_code
    accounts.revoke(made.key.id, tenant="t")

    assert (before, ask(app, "GET", "/v1/presets", headers=headers).status_code) == (200, 401)


def test_an_operation_without_an_entry_cannot_be_declared():
    router = guarded_router("x")

    with pytest.raises(Defect, match="no entry"):

        @router.get("/open", operation_id="openDoor")
        def open_door(principal: VideoReader) -> None: ...


def test_a_signature_that_contradicts_the_table_cannot_be_declared():
    router = guarded_router("x")

    with pytest.raises(Defect, match="createVideo"):

        @router.post("/videos", operation_id="createVideo")
        def create_video(principal: VideoReader) -> None: ...


def test_a_route_beside_the_guarded_routers_fails_the_start():
    app = create_service_app(title="x")

    @app.get("/v1/backdoor")
    def backdoor() -> None: ...

    used = guarded_router("x")
    used.routes += [_named(name, scope) for name, scope in ROUTES.items()]
    with pytest.raises(Defect, match="backdoor"):
        check_access(app, [used])


def test_a_plain_router_fails_the_start():
    plain = APIRouter()

    @plain.get("/v1/backdoor")
    def backdoor() -> None: ...

    used = guarded_router("x")
    used.routes += [_named(name, scope) for name, scope in ROUTES.items()]
    with pytest.raises(Defect, match="backdoor"):
        check_access(create_service_app(title="x"), [used, plain])


def test_an_entry_that_no_route_uses_fails_the_start():
    with pytest.raises(Defect, match="createVideo"):
        check_access(create_service_app(title="x"), [])


def test_an_administrator_may_do_everything_and_a_viewer_may_change_nothing():
    assert ROLES[Role.admin] == set(Scope)
    assert all(scope.value.endswith(":read") for scope in ROLES[Role.viewer])
    assert set(ROLES) == set(Role)


def _named(name, scope):
    route = object.__new__(GuardedRoute)
    route.operation_id, route.scope = name, scope
    return route
