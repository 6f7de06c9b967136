"""What the routes work with, in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Protocol

from fastapi import Depends, Request

from libs.common.blobs.base import BlobStore
from libs.common.jobs.base import JobStore, StepRef
from services.gateway.accounts.base import Accounts
from services.gateway.settings import GatewaySettings
from services.gateway.streams import Streams
from services.gateway.upstreams import Upstreams


class Doorbell(Protocol):
    def ring(self, refs: Iterable[StepRef]) -> None:
        """Tell the workers where to look. Never raises: what is not heard is rung again by the reconciler."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    settings: GatewaySettings
    jobs: JobStore
    blobs: BlobStore
    doorbell: Doorbell
    accounts: Accounts
    upstreams: Upstreams
    streams: Streams


def _gateway_of(request: Request) -> Gateway:
    found: Gateway = request.app.state.gateway
    return found


Parts = Annotated[Gateway, Depends(_gateway_of)]
