"""Questions that other services of ours answer, over HTTP: what they refuse is refused here in the same words, what does not answer
is `upstream.<name>_down`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx2
import structlog

from libs.common.media.errors import DomainError, Unavailable
from libs.common.runtime.client import async_client, timeouts
from libs.common.runtime.problems import error_from
from services.gateway.settings import GatewaySettings

TENANT_HEADER = "X-Reelsmith-Tenant"
ASSETS, VOICE, COMPOSITION = "assets", "voice", "composition"

Body = bytes | AsyncIterator[bytes]


class Upstreams:
    """Name to client. In one process the clients carry an ASGI transport straight onto the services' applications."""

    def __init__(self, clients: Mapping[str, httpx2.AsyncClient]) -> None:
        self._clients = dict(clients)

    @classmethod
    def from_settings(cls, settings: GatewaySettings) -> Upstreams:
        token = settings.internal_token.get_secret_value() if settings.internal_token else None
        addresses = {ASSETS: settings.assets_url, VOICE: settings.voice_url, COMPOSITION: settings.composition_url}
        return cls({name: async_client(url, token=token, read_s=settings.upstream_read_s) for name, url in addresses.items()})

    async def ask(
        self,
        name: str,
        method: str,
        path: str,
        *,
        tenant: str,
        params: Mapping[str, Any] | None = None,
        json: object = None,
        content: Body | None = None,
        content_type: str | None = None,
        read_s: float | None = None,
    ) -> Any:
        """The JSON of the answer, None for an empty one. Raises what the service refused with, or Unavailable.

        `read_s` is the longest silence of a question that takes its time; else the settings' holds.
        """
        answer = await self.fetch(
            name, method, path, tenant=tenant, params=params, json=json, content=content, content_type=content_type, read_s=read_s
        )
        try:
            return answer.json() if answer.content else None
        except ValueError as error:
            raise Unavailable(f"The {name} service answers nonsense.", code=f"upstream.{name}_down") from error

    async def fetch(
        self,
        name: str,
        method: str,
        path: str,
        *,
        tenant: str,
        params: Mapping[str, Any] | None = None,
        json: object = None,
        content: Body | None = None,
        content_type: str | None = None,
        read_s: float | None = None,
    ) -> httpx2.Response:
        """The whole answer, which was a success."""
        client = self._clients.get(name)
        if client is None:
            raise Unavailable(f"The {name} service is not part of this installation.", code=f"upstream.{name}_down")
        headers = {TENANT_HEADER: tenant} | _request_id()
        if content_type is not None:
            headers["Content-Type"] = content_type
        try:
            patience = httpx2.USE_CLIENT_DEFAULT if read_s is None else timeouts(read_s)
            answer = await client.request(method, path, params=params, json=json, content=content, headers=headers, timeout=patience)
        except httpx2.TransportError as error:
            raise Unavailable(f"The {name} service does not answer.", code=f"upstream.{name}_down") from error
        if not answer.is_success:
            raise _refusal(answer)
        return answer

    async def close(self) -> None:
        for client in self._clients.values():
            await client.aclose()


def _refusal(answer: httpx2.Response) -> DomainError:
    try:
        body = answer.json()
    except ValueError:
        body = None
    return error_from(answer.status_code, body)


def _request_id() -> dict[str, str]:
    found = structlog.contextvars.get_contextvars().get("request_id")
    return {"X-Request-Id": found} if found else {}
