"""What the routes work with, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from libs.common.blobs.base import BlobStore
from libs.common.jobs.base import JobStore
from libs.common.runtime.doorbell import Doorbell
from libs.common.runtime.events import EventBell
from services.gateway.accounts.base import Accounts
from services.gateway.settings import GatewaySettings
from services.gateway.streams import Streams
from services.gateway.upstreams import Upstreams


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    settings: GatewaySettings
    jobs: JobStore
    blobs: BlobStore
    doorbell: Doorbell
    accounts: Accounts
    upstreams: Upstreams
    bell: EventBell
    """Wakes those who follow a job in this process."""
    streams: Streams


def _gateway_of(request: Request) -> Gateway:
    found: Gateway = request.app.state.gateway
    return found


Parts = Annotated[Gateway, Depends(_gateway_of)]
