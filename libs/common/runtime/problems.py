"""Errors on the wire: RFC 9457 problem details, and the one table from the domain's errors to HTTP status codes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any, ClassVar

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from libs.common.media import errors
from libs.common.media.errors import Defect, DomainError, Unavailable

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:reelsmith:problem:"

STATUS: dict[type[DomainError], HTTPStatus] = {
    errors.InvalidInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.Unauthenticated: HTTPStatus.UNAUTHORIZED,
    errors.Forbidden: HTTPStatus.FORBIDDEN,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.LimitExceeded: HTTPStatus.TOO_MANY_REQUESTS,
    errors.Rejected: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.StorageFull: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.Cancelled: HTTPStatus.CONFLICT,
    errors.LeaseLost: HTTPStatus.CONFLICT,
    errors.Defect: HTTPStatus.INTERNAL_SERVER_ERROR,
}

_BY_SLUG = {kind.slug: kind for kind in STATUS}
_RETRY_AFTER_S = 5

_FRAMEWORK_CODES = {
    400: "request.malformed",
    404: "route.not_found",
    405: "route.method_not_allowed",
    413: "request.too_large",
    415: "request.media_type",
}
"""Codes of what the framework itself refuses."""

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_PHRASES = {413: "Content Too Large", 422: "Unprocessable Content"}
"""RFC 9110's words where Python versions differ."""

_log = structlog.get_logger("reelsmith.problems")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemItem:
    """One thing that is wrong with the request."""

    __pydantic_config__: ClassVar = {"use_attribute_docstrings": True}

    code: str
    """Stable, for programs."""
    detail: str
    """For people."""
    field: str | None = None
    """JSON pointer into the part of the request that `location` names."""
    location: str = "body"
    """`body`, `query`, `path` or `header`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """RFC 9457 problem details."""

    __pydantic_config__: ClassVar = {"use_attribute_docstrings": True}

    type: str
    """Stable URN of the kind of problem."""
    title: str
    status: int
    code: str
    """Stable and finer than `type`: what a program should look at."""
    detail: str
    instance: str
    """Path of the request."""
    trace_id: str
    """Also in the `X-Request-Id` header and in our log."""
    errors: tuple[ProblemItem, ...] = ()
    """All that is wrong with the input, where it is the input's fault."""


def status_of(error: DomainError) -> HTTPStatus:
    """The nearest ancestor in the table decides; an error outside it is a bug of ours."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), HTTPStatus.INTERNAL_SERVER_ERROR)


def error_from(status: int, body: object) -> DomainError:
    """The error that another of our services answered with; the other way round than `problem_of`.

    An answer that is no problem of ours becomes Unavailable (`upstream.bad_answer`) for 5xx and Defect for the rest.
    """
    if not isinstance(body, Mapping) or not str(body.get("type", "")).startswith(TYPE_PREFIX):
        if status >= 500:
            return Unavailable(f"a service answered {status}", code="upstream.bad_answer")
        return Defect(f"a service answered {status} without a reason", code="upstream.bad_answer")
    kind = _BY_SLUG.get(str(body["type"]).removeprefix(TYPE_PREFIX), Defect)
    items = body.get("errors") or [{}]
    return kind(str(body.get("detail", "")), code=str(body.get("code", kind.slug)), field=items[0].get("field"))


def trace_id_of(scope: Mapping[str, Any]) -> str:
    found: str = scope.get("state", {}).get("request_id", "")
    return found


def problem_response(
    scope: Mapping[str, Any],
    *,
    status: int,
    slug: str,
    title: str,
    code: str,
    detail: str,
    items: Iterable[ProblemItem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    problem = Problem(
        type=TYPE_PREFIX + slug,
        title=title,
        status=status,
        code=code,
        detail=detail,
        instance=scope.get("path", ""),
        trace_id=trace_id_of(scope),
        errors=tuple(items),
    )
    # ASCII only: what is wrong may quote a lone surrogate, which UTF-8 cannot carry.
    return Response(json.dumps(asdict(problem)), status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def problem_of(scope: Mapping[str, Any], error: DomainError, *more: DomainError) -> Response:
    """`error` decides status and code; its field and those of `more` are listed."""
    status = status_of(error)
    items = tuple(ProblemItem(code=e.code, detail=e.detail, field=e.field) for e in (error, *more) if e.field is not None)
    detail = "Something in this program broke its promise." if status == HTTPStatus.INTERNAL_SERVER_ERROR else error.detail
    headers = {}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if error.retryable or isinstance(error, errors.LimitExceeded):
        headers["Retry-After"] = str(_RETRY_AFTER_S)
    return problem_response(
        scope, status=status, slug=error.slug, title=error.title, code=error.code, detail=detail, items=items, headers=headers
    )


def last_resort(scope: Mapping[str, Any]) -> Response:
    """What a caller sees of an exception that nobody expected: nothing but the id under which we logged it."""
    return problem_of(scope, Defect("unexpected", code="internal"))


def pointer(parts: Iterable[str | int]) -> str:
    """RFC 6901."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def install_problems(app: FastAPI) -> None:
    """Every error of `app` leaves as a problem. Exceptions outside the domain are the middleware's, see `http.Door`."""
    app.add_exception_handler(DomainError, _on_domain_error)
    app.add_exception_handler(ExceptionGroup, _on_group)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)


async def _on_domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    if status_of(error) == HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("defect", code=error.code, detail=error.detail, exc_info=error)
    return problem_of(request.scope, error)


async def _on_group(request: Request, group: Exception) -> Response:
    """Several faults of one input, each with its field."""
    assert isinstance(group, ExceptionGroup)
    known, unknown = group.split(DomainError)
    if unknown is not None or known is None:
        raise group
    faults = [fault for fault in known.exceptions if isinstance(fault, DomainError)]
    faults.sort(key=lambda fault: not fault.retryable)
    return problem_of(request.scope, *faults)


async def _on_invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        return problem_response(
            request.scope, status=400, slug="malformed", title="Malformed request", code="request.malformed", detail="The body is not JSON."
        )
    items = [
        ProblemItem(code=f"request.{item['type']}", detail=item["msg"], field=pointer(item["loc"][1:]), location=str(item["loc"][0]))
        for item in found
    ]
    kind = errors.InvalidInput
    detail = f"{len(items)} part{'s' if len(items) > 1 else ''} of the request cannot be used."
    return problem_response(request.scope, status=422, slug=kind.slug, title=kind.title, code="request.invalid", detail=detail, items=items)


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_methods_of(request))
    return http_problem(request.scope, error.status_code, str(error.detail), headers)


def _methods_of(request: Request) -> list[str]:
    """All that the path takes. The framework names those of the first route alone."""
    routes = request.app.router.routes
    return [
        method for method in _METHODS if any(route.matches(dict(request.scope) | {"method": method})[0] is Match.FULL for route in routes)
    ]


def http_problem(scope: Mapping[str, Any], status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A problem for what the framework refused."""
    code = _FRAMEWORK_CODES.get(status, f"http.{status}")
    return problem_response(scope, status=status, slug=f"http-{status}", title=phrase_of(status), code=code, detail=detail, headers=headers)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route: problems with these status codes. The schema `Problem` is a component of the gateway's document."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": phrase_of(status), "content": content} for status in statuses}


def phrase_of(status: int) -> str:
    return _PHRASES.get(status) or HTTPStatus(status).phrase
