"""API keys of the caller's tenant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, ClassVar

from annotated_types import Interval, Len
from fastapi import Body

from libs.common.media.brief import STRICT
from libs.common.media.errors import Conflict
from libs.common.runtime.problems import documented
from services.gateway.access import KeyManager, guarded_router
from services.gateway.accounts.base import ApiKey, NewKey, Role
from services.gateway.inputs import KeyId, OneLine
from services.gateway.parts import Parts

router = guarded_router("keys")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRequest:
    __pydantic_config__: ClassVar = STRICT

    name: Annotated[str, Len(1, 100), OneLine]
    """What it is for."""
    role: Role
    expires_in_days: Annotated[int, Interval(ge=1, le=3650)] | None = None
    """Without it the key lives until it is revoked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    keys: tuple[ApiKey, ...]


_EXAMPLES = {"backend": {"summary": "For a shop's backend", "value": {"name": "shop backend", "role": "service", "expires_in_days": 365}}}


@router.post("/keys", status_code=201, operation_id="createKey", summary="Make a key", responses=documented(400, 401, 403, 413, 422, 503))
def create_key(wish: Annotated[KeyRequest, Body(openapi_examples=_EXAMPLES)], principal: KeyManager, gateway: Parts) -> NewKey:
    """The secret is in this answer and nowhere else."""
    expires_at = None if wish.expires_in_days is None else datetime.now(UTC) + timedelta(days=wish.expires_in_days)
    return gateway.accounts.create(tenant=principal.tenant, role=wish.role, name=wish.name, expires_at=expires_at)


@router.get("/keys", operation_id="listKeys", summary="List keys", responses=documented(401, 403, 503))
def list_keys(principal: KeyManager, gateway: Parts) -> Keys:
    """Newest first, without secrets."""
    return Keys(keys=gateway.accounts.keys(tenant=principal.tenant))


@router.delete("/keys/{key_id}", operation_id="revokeKey", summary="Revoke a key", responses=documented(401, 403, 404, 409, 422, 503))
def revoke_key(key_id: KeyId, principal: KeyManager, gateway: Parts) -> ApiKey:
    """It opens nothing from now on. The key that asks cannot revoke itself: somebody has to be left inside."""
    if key_id == principal.key.id:
        raise Conflict("A key cannot revoke itself; use another administrator's.", code="key.own")
    return gateway.accounts.revoke(key_id, tenant=principal.tenant)
