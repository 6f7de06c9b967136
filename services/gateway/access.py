"""Who may do what: the one table of routes, scopes and roles, and the route class that enforces it before a body is read."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader, HTTPBearer
from starlette.concurrency import run_in_threadpool

from libs.common.media.errors import Defect, Forbidden, Unauthenticated
from services.gateway.accounts.base import Accounts, ApiKey, Role


class Scope(StrEnum):
    videos_write = "videos:write"
    videos_read = "videos:read"
    jobs_read = "jobs:read"
    jobs_control = "jobs:control"
    jobs_review = "jobs:review"
    uploads_write = "uploads:write"
    library_read = "library:read"
    library_write = "library:write"
    library_delete = "library:delete"
    catalogues_read = "catalogues:read"
    keys_manage = "keys:manage"


_READING = {Scope.videos_read, Scope.jobs_read, Scope.library_read, Scope.catalogues_read}
_MAKING = _READING | {Scope.videos_write, Scope.jobs_control, Scope.uploads_write, Scope.library_write}

ROLES: dict[Role, frozenset[Scope]] = {
    Role.admin: frozenset(Scope),
    Role.producer: frozenset(_MAKING | {Scope.library_delete}),
    Role.service: frozenset(_MAKING),
    Role.reviewer: frozenset(_READING | {Scope.jobs_review}),
    Role.viewer: frozenset(_READING),
}

ROUTES: dict[str, Scope] = {
    "createVideo": Scope.videos_write,
    "validateBrief": Scope.videos_write,
    "createRender": Scope.videos_write,
    "validateRender": Scope.videos_write,
    "getTimeline": Scope.videos_read,
    "getTimelineOtio": Scope.videos_read,
    "getVideo": Scope.videos_read,
    "getVideoFile": Scope.videos_read,
    "listJobs": Scope.jobs_read,
    "getJob": Scope.jobs_read,
    "streamJobEvents": Scope.jobs_read,
    "cancelJob": Scope.jobs_control,
    "resumeJob": Scope.jobs_control,
    "approveJob": Scope.jobs_review,
    "declineJob": Scope.jobs_review,
    "createUpload": Scope.uploads_write,
    "createMediaUpload": Scope.uploads_write,
    "searchLibrary": Scope.library_read,
    "getLibraryStats": Scope.library_read,
    "getClip": Scope.library_read,
    "addClips": Scope.library_write,
    "addMedia": Scope.library_write,
    "deleteClip": Scope.library_delete,
    "listMusic": Scope.library_read,
    "addMusic": Scope.library_write,
    "deleteMusic": Scope.library_delete,
    "listEffects": Scope.catalogues_read,
    "listTransitions": Scope.catalogues_read,
    "listVoices": Scope.catalogues_read,
    "hearVoice": Scope.catalogues_read,
    "listCaptionStyles": Scope.catalogues_read,
    "listOverlays": Scope.catalogues_read,
    "listCards": Scope.catalogues_read,
    "listLayouts": Scope.catalogues_read,
    "showEffect": Scope.catalogues_read,
    "showTransition": Scope.catalogues_read,
    "showCaptionStyle": Scope.catalogues_read,
    "showOverlay": Scope.catalogues_read,
    "showCard": Scope.catalogues_read,
    "showLayout": Scope.catalogues_read,
    "listPresets": Scope.catalogues_read,
    "getVersion": Scope.catalogues_read,
    "createKey": Scope.keys_manage,
    "listKeys": Scope.keys_manage,
    "revokeKey": Scope.keys_manage,
}
"""Operation id to what it needs. An operation that is not here cannot be declared."""

PUBLIC_PATHS = frozenset({"/livez", "/readyz", "/", "/docs", "/docs/start.js", "/docs/assets", "/openapi.json"})
"""What may be asked without a key: whether we live, and how to talk to us."""


def roles_with(scope: Scope) -> tuple[Role, ...]:
    return tuple(role for role, scopes in ROLES.items() if scope in scopes)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is calling."""

    key: ApiKey

    @property
    def id(self) -> str:
        return f"key:{self.key.id}"

    @property
    def tenant(self) -> str:
        return self.key.tenant

    def must(self, scope: Scope) -> None:
        if scope not in ROLES[self.key.role]:
            able = ", ".join(roles_with(scope))
            raise Forbidden(f"This needs a key with one of the roles {able}; yours is {self.key.role}.", code="auth.role")


_bearer = HTTPBearer(scheme_name="bearer", auto_error=False, description="An API key: `rk_…`")
_header = APIKeyHeader(scheme_name="header", name="X-API-Key", auto_error=False, description="The same key, for clients without bearers.")


class _Requires:
    """The dependency that hands a route its principal, and says in the signature which scope it needs."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __call__(self, request: Request, bearer: Annotated[Any, Depends(_bearer)], header: Annotated[Any, Depends(_header)]) -> Principal:
        found: Principal = request.state.principal
        return found


def requires(scope: Scope) -> _Requires:
    return _Requires(scope)


VideoWriter = Annotated[Principal, Depends(requires(Scope.videos_write))]
VideoReader = Annotated[Principal, Depends(requires(Scope.videos_read))]
JobReader = Annotated[Principal, Depends(requires(Scope.jobs_read))]
JobController = Annotated[Principal, Depends(requires(Scope.jobs_control))]
Reviewer = Annotated[Principal, Depends(requires(Scope.jobs_review))]
Uploader = Annotated[Principal, Depends(requires(Scope.uploads_write))]
LibraryReader = Annotated[Principal, Depends(requires(Scope.library_read))]
LibraryWriter = Annotated[Principal, Depends(requires(Scope.library_write))]
LibraryDeleter = Annotated[Principal, Depends(requires(Scope.library_delete))]
CatalogueReader = Annotated[Principal, Depends(requires(Scope.catalogues_read))]
KeyManager = Annotated[Principal, Depends(requires(Scope.keys_manage))]


class GuardedRoute(APIRoute):
    """A route that knows its scope from the table, and asks for it before it reads a byte of the body."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        self.scope = _scope_of(self)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        serve = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            principal = await _principal_of(request)
            request.state.principal = principal
            request.state.principal_id = principal.id
            principal.must(self.scope)
            return await serve(request)

        return guarded


def guarded_router(tag: str) -> APIRouter:
    return APIRouter(prefix="/v1", tags=[tag], route_class=GuardedRoute)


def check_access(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Raises Defect where `app` has a door that nobody guards, or the table an entry that nothing uses."""
    declared = {route.operation_id for router in routers for route in router.routes if isinstance(route, GuardedRoute)}
    if unused := ROUTES.keys() - declared:
        raise Defect(f"no route for {sorted(unused)}", code="access.unused_entry")
    for route in app.routes:
        path = getattr(route, "path", None)
        if path is not None and path not in PUBLIC_PATHS:
            raise Defect(f"{path} is not guarded", code="access.unguarded_route")
    for router in routers:
        if unguarded := [route for route in router.routes if not isinstance(route, GuardedRoute)]:
            raise Defect(f"{unguarded} are not guarded", code="access.unguarded_route")


def _scope_of(route: APIRoute) -> Scope:
    named = ROUTES.get(route.operation_id or "")
    if named is None:
        raise Defect(f"operation {route.operation_id!r} has no entry in the access table", code="access.no_entry")
    said = [found.call.scope for found in route.dependant.dependencies if isinstance(found.call, _Requires)]
    if said != [named]:
        raise Defect(f"{route.operation_id} says {said} and the access table {named}", code="access.contradiction")
    return named


async def _principal_of(request: Request) -> Principal:
    accounts: Accounts = request.app.state.gateway.accounts
    secret = _secret_of(request)
    if secret is None:
        raise Unauthenticated("Send an API key: `Authorization: Bearer rk_…`.", code="auth.missing_key")
    return Principal(await run_in_threadpool(accounts.authenticate, secret))


def _secret_of(request: Request) -> str | None:
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and value:
        return value.strip()
    return request.headers.get("x-api-key")
