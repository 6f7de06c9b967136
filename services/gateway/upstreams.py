"""Questions that other services of ours answer, over HTTP: what they refuse is refused here in the same words, what does not answer
is `upstream.<name>_down`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import KW_ONLY, dataclass
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

_NOT_LET_IN = frozenset({401, 403})
"""Who the caller is was settled at our door: these speak of our own token, and would tell the caller that his key is wrong."""

_log = structlog.get_logger("reelsmith.gateway.upstreams")


@dataclass(frozen=True, slots=True)
class Question:
    method: str
    path: str
    _: KW_ONLY
    tenant: str
    params: Mapping[str, Any] | None = None
    json: object = None
    content: Body | None = None
    content_type: str | None = None
    read_s: float | None = None
    """Longest silence of a question that takes its time; else the settings' holds."""

    def headers(self) -> dict[str, str]:
        kind = {"Content-Type": self.content_type} if self.content_type is not None else {}
        return {TENANT_HEADER: self.tenant} | _request_id() | kind


class Upstreams:
    """Name to client. In one process the clients carry an ASGI transport straight onto the services' applications."""

    def __init__(self, clients: Mapping[str, httpx2.AsyncClient]) -> None:
        self._clients = dict(clients)

    @classmethod
    def from_settings(cls, settings: GatewaySettings) -> Upstreams:
        token = settings.internal_token.get_secret_value() if settings.internal_token else None
        addresses = {ASSETS: settings.assets_url, VOICE: settings.voice_url, COMPOSITION: settings.composition_url}
        return cls({name: async_client(url, token=token, read_s=settings.upstream_read_s) for name, url in addresses.items()})

    async def ask(self, name: str, question: Question) -> Any:
        """The JSON of the answer, None for an empty one. Raises what the service refused with, or Unavailable."""
        answer = await self.fetch(name, question)
        try:
            return answer.json() if answer.content else None
        except ValueError as error:
            raise Unavailable(f"The {name} service answers nonsense.", code=f"upstream.{name}_down") from error

    async def fetch(self, name: str, question: Question) -> httpx2.Response:
        """The whole answer, which was a success."""
        client = self._clients.get(name)
        if client is None:
            raise Unavailable(f"The {name} service is not part of this installation.", code=f"upstream.{name}_down")
        try:
            answer = await client.request(
                question.method,
                question.path,
                params=question.params,
                json=question.json,
                content=question.content,
                headers=question.headers(),
                timeout=httpx2.USE_CLIENT_DEFAULT if question.read_s is None else timeouts(question.read_s),
            )
        except httpx2.TransportError as error:
            raise Unavailable(f"The {name} service does not answer.", code=f"upstream.{name}_down") from error
        if answer.status_code in _NOT_LET_IN:
            _log.error("upstream.not_let_in", service=name, status=answer.status_code, hint="REELSMITH_GATEWAY_INTERNAL_TOKEN")
            raise Unavailable(f"The {name} service does not let the gateway in.", code=f"upstream.{name}_down")
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
