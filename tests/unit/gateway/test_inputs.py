"""What cannot be an id, and text that a terminal would obey, is refused before a store sees it."""

import asyncio

import httpx2
import pytest

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.runtime.doorbell import SilentDoorbell
from services.gateway.accounts.base import Role
from services.gateway.accounts.memory import MemoryAccounts
from services.gateway.app import create_app
from services.gateway.settings import GatewaySettings
from services.gateway.upstreams import Upstreams


@pytest.fixture(scope="module")
def ask():
    """As an administrator, of a gateway without a job store: what got through to it would end as 500."""
    accounts = MemoryAccounts()
    app = create_app(
        GatewaySettings(), jobs=None, blobs=MemoryBlobStore(), doorbell=SilentDoorbell(), accounts=accounts, upstreams=Upstreams({})
    )
    secret = accounts.create(tenant="t", role=Role.admin, name="x").secret

    def ask(method, path, **options):
        async def run():
            transport = httpx2.ASGITransport(app=app)
            async with httpx2.AsyncClient(transport=transport, base_url="http://gateway", headers={"X-API-Key": secret}) as client:
                return await client.request(method, path, **options)

        return asyncio.run(run())

    return ask


ID = "01234567-89ab-7def-8123-456789abcdef"


@pytest.mark.parametrize("name", ["x", "%00", f"job_{ID}%00", f"job_{ID}%0A", f"vid_{ID}", "job_" + "g" * 36])
@pytest.mark.parametrize("path", ["/v1/jobs/{}", "/v1/jobs/{}/events"])
def test_what_cannot_be_a_job_is_not_looked_for(ask, path, name):
    assert ask("GET", path.format(name)).status_code == 422


@pytest.mark.parametrize("name", ["%00", f"vid_{ID}%00", f"job_{ID}"])
@pytest.mark.parametrize("path", ["/v1/videos/{}", "/v1/videos/{}/files/540p.mp4"])
def test_what_cannot_be_a_video_is_not_looked_for(ask, path, name):
    assert ask("GET", path.format(name)).status_code == 422


@pytest.mark.parametrize("cursor", ["%00", "x", f"job_{ID}%00"])
def test_what_cannot_be_a_cursor_is_not_looked_for(ask, cursor):
    assert ask("GET", f"/v1/jobs?cursor={cursor}").status_code == 422


@pytest.mark.parametrize("reason", ["%00", "no%1B%5B31m"])
def test_a_reason_has_no_control_characters(ask, reason):
    assert ask("POST", f"/v1/jobs/job_{ID}:decline?reason={reason}").status_code == 422


@pytest.mark.parametrize("name", ["\x00", "shop\x1b[31m", "a\nb", "\x7f", "\x9b31m"])
def test_the_name_of_a_key_has_no_control_characters(ask, name):
    answer = ask("POST", "/v1/keys", json={"name": name, "role": "viewer"})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "/name")


def test_the_name_of_a_key_may_be_chinese(ask):
    assert ask("POST", "/v1/keys", json={"name": "店铺后台", "role": "viewer"}).status_code == 201


@pytest.mark.parametrize("key_id", ["%00", "abc"])
def test_what_cannot_be_a_key_is_not_looked_for(ask, key_id):
    assert ask("DELETE", f"/v1/keys/{key_id}").status_code == 422
