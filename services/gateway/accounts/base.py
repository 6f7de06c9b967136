"""The port of the accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol

from libs.common.jobs.base import DOCUMENTED


class Role(StrEnum):
    """What a key is for; what each may do stands in `access.ROLES`."""

    admin = "admin"
    producer = "producer"
    reviewer = "reviewer"
    viewer = "viewer"
    service = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key without its secret."""

    __pydantic_config__: ClassVar = DOCUMENTED

    id: str
    """Eight characters, the middle part of the secret."""
    tenant: str
    role: Role
    name: str
    """What it is for, in the owner's words."""
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    """To the minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key as it was made. The secret is shown this once."""

    __pydantic_config__: ClassVar = DOCUMENTED

    key: ApiKey
    secret: str
    """`rk_<id>_<43 characters>`; send it as `Authorization: Bearer …`. We keep its SHA-256 alone."""


class Accounts(Protocol):
    """Raises Unavailable where the database does not answer."""

    def create(self, *, tenant: str, role: Role, name: str, expires_at: datetime | None = None) -> NewKey: ...

    def authenticate(self, secret: str) -> ApiKey:
        """The live key of this secret. Raises Unauthenticated, always with the same words: unknown, wrong, expired or revoked."""
        ...

    def live(self, key_id: str) -> ApiKey:
        """The key as it is now, for long streams. Raises Unauthenticated where it is no longer good."""
        ...

    def keys(self, *, tenant: str) -> tuple[ApiKey, ...]:
        """Newest first, revoked and expired ones too."""
        ...

    def revoke(self, key_id: str, *, tenant: str) -> ApiKey:
        """From now on it opens nothing; again is harmless. Raises NotFound for another tenant's key."""
        ...
