"""A whole gateway behind real TLS: a job store on SQLite, sealed blobs in memory, workers that rehearse, small stand-ins upstream."""

import json
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
import structlog
from fastapi import FastAPI, Request

from libs.common.blobs.keyring import MemoryKeyring
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.blobs.sealed import SealedBlobStore
from libs.common.documents import content_hash
from libs.common.jobs.sql import SqlJobStore
from libs.common.media.errors import InvalidInput, NotFound
from libs.common.runtime.client import async_client, sync_client
from libs.common.runtime.context import StepContext
from libs.common.runtime.events import EventBell
from libs.common.runtime.http import create_service_app
from libs.common.runtime.local import LocalPool
from libs.common.runtime.rehearsal import rehearsal_bindings
from libs.common.runtime.tls import Certificate, development_certificate
from services.gateway.accounts.base import Role
from services.gateway.accounts.sql import SqlAccounts
from services.gateway.app import create_app
from services.gateway.serve import serve
from services.gateway.settings import GatewaySettings
from services.gateway.upstreams import ASSETS, TENANT_HEADER, VOICE, Upstreams

PNG = bytes.fromhex("89504e470d0a1a0a") + b"x" * 100


def fake_assets(blobs) -> FastAPI:
    """Uploads keep their whole body; clips live in a dictionary."""
    app = create_service_app(title="assets")
    app.state.clips = {}
    app.state.fetched = []

    @app.post("/v1/uploads", status_code=201, max_body_size=1 << 30)
    async def uploads(request: Request):
        data = b"".join([piece async for piece in request.stream()])
        key = f"uploads/{content_hash(data)}.png"
        blobs.put(key, data)
        return {"key": key, "size_bytes": len(data), "tenant": request.headers[TENANT_HEADER]}

    @app.post("/v1/images/fetch")
    async def fetch(request: Request):
        url = (await request.json())["url"]
        app.state.fetched.append(url)
        if "missing" in url:
            raise InvalidInput(f"{url} answers 404", code="image.not_there", field="/url")
        key = f"uploads/{content_hash(url.encode())}.png"
        blobs.put(key, PNG)
        return {"key": key}

    @app.post("/v1/library/clips", max_body_size=1 << 30)
    async def clips(request: Request, library: str):
        lines = await request.json()
        app.state.clips |= {line["video_id"]: line for line in lines}
        results = [{"id": line["video_id"], "outcome": "created", "line": number} for number, line in enumerate(lines, 1)]
        return {"created": len(lines), "items": results}

    @app.post("/v1/library/media", status_code=201, max_body_size=1 << 30)
    async def media(request: Request, library: str):
        async with request.form() as form:
            data, said = await form["file"].read(), form.get("annotation")
        if data.startswith(b"broken"):
            raise InvalidInput("this is no film", code="media.unreadable")
        sha256 = content_hash(data)
        line = json.loads(said) if said else {"video_id": f"m-{sha256[:16]}"}
        outcome = "updated" if line["video_id"] in app.state.clips else "created"
        app.state.clips[line["video_id"]] = {"transcript": "", "media": {"source_sha256": sha256}} | line
        return {outcome: 1, "items": [{"id": line["video_id"], "outcome": outcome}]}

    @app.get("/v1/library/search")
    async def search(q: str, limit: int, library: str, with_media: bool):
        found = [name for name, clip in app.state.clips.items() if q in clip["transcript"]]
        return {"results": [{"id": name, "score": 1.0} for name in found[:limit]], "took_ms": 1.5}

    @app.get("/v1/library/stats")
    async def stats(library: str):
        return {"clips": len(app.state.clips)}

    @app.get("/v1/library/clips/{clip_id}")
    async def clip(clip_id: str):
        if clip_id not in app.state.clips:
            raise NotFound(f"no clip {clip_id}", code="clip.not_found")
        return {"id": clip_id} | app.state.clips[clip_id]

    @app.delete("/v1/library/clips/{clip_id}", status_code=204)
    async def delete(clip_id: str) -> None:
        if app.state.clips.pop(clip_id, None) is None:
            raise NotFound(f"no clip {clip_id}", code="clip.not_found")

    return app


def fake_voice() -> FastAPI:
    app = create_service_app(title="voice")

    @app.get("/v1/voices")
    async def voices():
        return {"voices": [{"name": "zh-female", "language": "zh", "title": "女声", "engine": "none"}]}

    return app


def straight_to(app: FastAPI) -> httpx2.AsyncClient:
    return async_client("http://service", transport=httpx2.ASGITransport(app=app))


def stall(stage: str, context: StepContext) -> None:
    """Jobs of one tenant never get on, until somebody stops them."""
    while context.tenant == "stalled":
        context.progress(0.5)
        time.sleep(0.05)


@dataclass(frozen=True, kw_only=True)
class Running:
    url: str
    certificate: Certificate
    jobs: SqlJobStore
    blobs: SealedBlobStore
    accounts: SqlAccounts
    pool: LocalPool
    assets: FastAPI

    def client(self, role: Role = Role.admin, *, tenant: str = "shop", read_s: float | None = 30) -> httpx2.Client:
        secret = self.accounts.create(tenant=tenant, role=role, name="test").secret
        return sync_client(self.url, token=secret, ca=self.certificate.ca, read_s=read_s)


@pytest.fixture(scope="module")
def gateway(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("gateway")
    shutil.copy(_sqlite_template, folder / "jobs.db")
    log = (folder / "log").open("w")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(log))  # the command's output is looked at: nothing may mix into it
    jobs = SqlJobStore(f"sqlite:///{folder / 'jobs.db'}")
    blobs = SealedBlobStore(MemoryBlobStore(), MemoryKeyring())
    accounts, bell, assets = SqlAccounts(jobs.engine), EventBell(), fake_assets(blobs)
    pool = LocalPool(jobs, blobs, rehearsal_bindings(blobs, before=stall), threads=4, bell=bell)
    app = create_app(
        GatewaySettings(ping_s=0.2, event_poll_s=0.1, streams_per_key=2),
        jobs=jobs,
        blobs=blobs,
        doorbell=pool,
        accounts=accounts,
        upstreams=Upstreams({ASSETS: straight_to(assets), VOICE: straight_to(fake_voice())}),
        bell=bell,
    )
    certificate = development_certificate(folder / "tls")
    ready, stop, port = threading.Event(), threading.Event(), []

    def started(number: int) -> None:
        port.append(number)
        ready.set()

    options = {"host": "127.0.0.1", "port": 0, "certificate": certificate, "started": started, "stop": stop}
    server = threading.Thread(target=serve, args=(app,), kwargs=options)
    server.start()
    assert ready.wait(30)
    yield Running(
        url=f"https://localhost:{port[0]}", certificate=certificate, jobs=jobs, blobs=blobs, accounts=accounts, pool=pool, assets=assets
    )
    stop.set()
    server.join(30)
    assert not server.is_alive()
    if pool._loops[0].is_alive():
        pool.stop(drain_s=5)
    jobs.close()
    structlog.reset_defaults()
    log.close()
