"""Event streams of a job on which nobody works."""

import asyncio
import shutil

import pytest

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.jobs.sql import SqlJobStore
from libs.common.media.errors import Unavailable
from libs.common.runtime.doorbell import SilentDoorbell
from libs.common.runtime.events import EventBell
from services.gateway.accounts.base import Role
from services.gateway.accounts.memory import MemoryAccounts
from services.gateway.follow import follow
from services.gateway.parts import Gateway
from services.gateway.settings import GatewaySettings
from services.gateway.streams import Streams
from services.gateway.upstreams import Upstreams


@pytest.fixture
def idle(_sqlite_template, tmp_path):
    shutil.copy(_sqlite_template, tmp_path / "jobs.db")
    jobs = SqlJobStore(f"sqlite:///{tmp_path / 'jobs.db'}")
    yield Gateway(
        settings=GatewaySettings(ping_s=0.05, event_poll_s=0.02),
        jobs=jobs,
        blobs=MemoryBlobStore(),
        doorbell=SilentDoorbell(),
        accounts=MemoryAccounts(),
        upstreams=Upstreams({}),
        bell=EventBell(),
        streams=Streams(1),
    )
    jobs.close()


def test_a_silent_stream_is_pinged_and_ends_when_its_key_is_revoked(idle):
    job = idle.jobs.submit(tenant="t", root_sha256="0" * 64, title="x", presets=("540p",)).job
    key = idle.accounts.create(tenant="t", role=Role.viewer, name="x").key

    async def listen() -> list[bytes]:
        pieces = []
        async for piece in follow(job.id, after=0, key_id=key.id, gateway=idle):
            pieces.append(piece)
            if pieces.count(b": ping\n\n") == 2:
                idle.accounts.revoke(key.id, tenant="t")
        return pieces

    pieces = asyncio.run(asyncio.wait_for(listen(), 30))

    assert b"id: 1\n" in pieces[0]
    assert pieces[-2:] == [b": ping\n\n"] * 2


def test_a_stream_ends_quietly_when_its_key_cannot_be_checked(idle, monkeypatch):
    job = idle.jobs.submit(tenant="t", root_sha256="0" * 64, title="x", presets=("540p",)).job

    def away(key_id):
        raise Unavailable("the database does not answer", code="database.unavailable")

    monkeypatch.setattr(idle.accounts, "live", away)

    async def listen() -> list[bytes]:
        return [piece async for piece in follow(job.id, after=0, key_id="x", gateway=idle)]

    pieces = asyncio.run(asyncio.wait_for(listen(), 30))

    assert len(pieces) == len(idle.jobs.events(job.id))


def test_news_wake_the_stream_before_its_own_pause_is_over(idle):
    job = idle.jobs.submit(tenant="t", root_sha256="0" * 64, title="x", presets=("540p",)).job
    patient = Gateway(**{**{name: getattr(idle, name) for name in idle.__slots__}, "settings": GatewaySettings(event_poll_s=3600)})

    async def listen() -> bytes:
        stream = follow(job.id, after=0, key_id="x", gateway=patient)
        told = [await anext(stream) for _ in idle.jobs.events(job.id)]
        waiting = asyncio.ensure_future(anext(stream))
        while not patient.bell._listeners:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(idle.jobs.cancel, job.id)
        patient.bell.wake(job.id)
        news = await asyncio.wait_for(waiting, 30)
        await stream.aclose()
        assert told
        return news

    assert b"cancelled" in asyncio.run(listen())
