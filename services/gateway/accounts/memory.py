"""API keys in a dictionary: for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from libs.common.media.errors import NotFound
from services.gateway.accounts import secrets
from services.gateway.accounts.base import ApiKey, NewKey, Role


class MemoryAccounts:
    def __init__(self) -> None:
        self._keys: dict[str, ApiKey] = {}
        self._digests: dict[str, str] = {}

    def create(self, *, tenant: str, role: Role, name: str, expires_at: datetime | None = None) -> NewKey:
        key_id, secret = secrets.new_secret()
        key = ApiKey(id=key_id, tenant=tenant, role=role, name=name, created_at=datetime.now(UTC), expires_at=expires_at)
        self._keys[key_id], self._digests[key_id] = key, secrets.digest(secret)
        return NewKey(key=key, secret=secret)

    def authenticate(self, secret: str) -> ApiKey:
        key_id = secrets.id_of(secret)
        if not secrets.matches(secret, self._digests.get(key_id, "")):
            raise secrets.unknown_key()
        key = self.live(key_id)
        if key.last_used_at is None or datetime.now(UTC) - key.last_used_at >= timedelta(minutes=1):
            self._keys[key_id] = replace(key, last_used_at=datetime.now(UTC))
        return key

    def live(self, key_id: str) -> ApiKey:
        key = self._keys.get(key_id)
        if key is None or key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= datetime.now(UTC)):
            raise secrets.unknown_key()
        return key

    def keys(self, *, tenant: str) -> tuple[ApiKey, ...]:
        return tuple(key for key in reversed(self._keys.values()) if key.tenant == tenant)

    def revoke(self, key_id: str, *, tenant: str) -> ApiKey:
        key = self._keys.get(key_id)
        if key is None or key.tenant != tenant:
            raise NotFound(f"There is no key {key_id}.", code="key.not_found")
        if key.revoked_at is None:
            self._keys[key_id] = key = replace(key, revoked_at=datetime.now(UTC))
        return key
