"""The composition root of the public API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI

from libs.common.blobs.base import BlobStore
from libs.common.jobs.base import JobStore
from libs.common.runtime.doorbell import Doorbell
from libs.common.runtime.events import EventBell
from libs.common.runtime.http import create_service_app
from services.gateway.access import check_access
from services.gateway.accounts.base import Accounts
from services.gateway.openapi import describe
from services.gateway.parts import Gateway
from services.gateway.routes import ROUTERS
from services.gateway.settings import GatewaySettings
from services.gateway.streams import Streams
from services.gateway.swagger import add_swagger
from services.gateway.upstreams import Upstreams


def create_app(
    settings: GatewaySettings,
    *,
    jobs: JobStore,
    blobs: BlobStore,
    doorbell: Doorbell,
    accounts: Accounts,
    upstreams: Upstreams,
    bell: EventBell | None = None,
) -> FastAPI:
    """Raises Defect where a route has no entry in the access table. Closes `upstreams` at the end; the stores are the caller's.

    `bell` is woken by workers of this process; without one, event streams look for news every `settings.event_poll_s`.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        await upstreams.close()

    ready = {"database": lambda: jobs.jobs(tenant="", limit=1), "blobs": lambda: blobs.exists("documents/readiness.json")}
    app = routes_alone(lifespan=lifespan, ready=ready)
    app.state.gateway = Gateway(
        settings=settings,
        jobs=jobs,
        blobs=blobs,
        doorbell=doorbell,
        accounts=accounts,
        upstreams=upstreams,
        bell=bell or EventBell(),
        streams=Streams(settings.streams_per_key),
    )
    return app


def routes_alone(**options: Any) -> FastAPI:
    """The application before it is given anything to work with: enough to describe it."""
    options |= {"version": version("reelsmith"), "openapi_url": "/openapi.json", "redirect_slashes": False}
    app = create_service_app(title="gateway", **options)
    for router in ROUTERS:
        app.include_router(router)
    add_swagger(app)
    check_access(app, ROUTERS)
    app.openapi = partial(describe, app)  # type: ignore[method-assign]
    return app
