"""What every HTTP face of ours has: limits before parsing, a request id, security headers, a log line, health, problems."""

from __future__ import annotations

import hmac
import re
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

import structlog
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from libs.common.media.errors import DomainError, Unauthenticated
from libs.common.runtime.problems import http_problem, install_problems, last_resort, problem_of

JSON_LIMIT_BYTES = 1 << 20
"""Of a request body. A route that takes more says so with FastAPI's `max_body_size=`; both the declared length and the bytes that really
come are held to it, before anything is parsed."""

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000",
    "Cache-Control": "no-store",
}
"""A route may set its own value of each."""

HEALTH_PATHS = frozenset({"/livez", "/readyz"})

Check = Callable[[], object]
"""Raises where the part it looks at cannot be used."""

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_log = structlog.get_logger("reelsmith.http")


def create_service_app(
    *,
    title: str,
    ready: Mapping[str, Check] | None = None,
    token: str | None = None,
    lifespan: Lifespan | None = None,
    **options: Any,
) -> FastAPI:
    """An application with problems, limits, headers, `/livez` and `/readyz`.

    `ready` names what has to work before requests may come. With `token`, all but the health routes want it as a bearer.
    `options` go to FastAPI; without them there are no documentation pages.
    """
    app = FastAPI(title=title, lifespan=lifespan, **({"docs_url": None, "redoc_url": None, "openapi_url": None} | options))
    install_problems(app)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=JSON_LIMIT_BYTES)
    if token is not None:
        app.add_middleware(BearerGuard, token=token)
    app.add_middleware(Door, service=title)
    _add_health(app, dict(ready or {}))
    return app


def _add_health(app: FastAPI, checks: dict[str, Check]) -> None:
    @app.get("/livez", include_in_schema=False)
    async def livez() -> dict[str, str]:
        """The process answers. Nothing else is looked at: a restart mends no database."""
        return {"status": "ok"}

    @app.get("/readyz", include_in_schema=False)
    def readyz() -> Response:
        """Everything that is needed answers; else 503, so that no requests are sent here."""
        found = {name: _look(check) for name, check in checks.items()}
        ok = all(part["ok"] for part in found.values())
        return JSONResponse({"status": "ok" if ok else "unavailable", "parts": found}, status_code=200 if ok else 503)


def _look(check: Check) -> dict[str, Any]:
    started = time.perf_counter()
    reason = None
    try:
        check()
    except DomainError as error:
        reason = error.code
    except Exception as error:
        _log.error("not_ready", exc_info=error)
        reason = type(error).__name__
    return {"ok": reason is None, "reason": reason, "took_ms": round((time.perf_counter() - started) * 1000, 1)}


class BearerGuard:
    """One secret between our own services."""

    def __init__(self, app: ASGIApp, *, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in HEALTH_PATHS:
            given = Headers(scope=scope).get("authorization", "")
            if not hmac.compare_digest(given.encode("utf-8", "replace"), self._expected):
                error = Unauthenticated("this is an internal service", code="internal.token")
                await problem_of(scope, error)(scope, receive, send)
                return
        await self._app(scope, receive, send)


class Door:
    """The outermost layer: gives each request its id, each answer its headers, each exception an answer, and the log one line."""

    def __init__(self, app: ASGIApp, *, service: str) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        status = 0
        sent_bytes = 0
        replaced = False

        async def send_with_headers(message: Message) -> None:
            nonlocal status, sent_bytes, replaced
            if message["type"] == "http.response.start":
                status = message["status"]
                _complete(MutableHeaders(scope=message), scope)
                if status == 413 and _is_plain(message):
                    replaced = True
                    problem = http_problem(scope, 413, "The body is larger than this route accepts.")
                    _complete(problem.headers, scope)
                    await problem(scope, receive, send)
            sent_bytes += len(message.get("body", b""))
            if not replaced:
                await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            _log.error("unhandled", service=self._service, method=scope["method"], path=scope["path"], exc_info=error)
            if status:  # too late for another answer: the connection breaks off, so that nobody takes half a file for a whole one
                raise
            await last_resort(scope)(scope, receive, send_with_headers)
        finally:
            self._record(scope, status, sent_bytes, time.perf_counter() - started)

    def _record(self, scope: Scope, status: int, sent_bytes: int, took_s: float) -> None:
        if scope["path"] in HEALTH_PATHS and status == 200:
            return
        route = scope.get("route")
        _log.info(
            "request",
            service=self._service,
            method=scope["method"],
            path=scope["path"],
            route=getattr(route, "path", None),
            status=status,
            sent_bytes=sent_bytes,
            duration_ms=round(took_s * 1000, 1),
            principal=scope.get("state", {}).get("principal_id"),
        )


def _is_plain(message: Message) -> bool:
    return Headers(raw=message["headers"]).get("content-type", "").startswith("text/plain")


def _complete(headers: MutableHeaders, scope: Scope) -> None:
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    headers["X-Request-Id"] = scope["state"]["request_id"]
