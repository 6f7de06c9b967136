"""API keys in the database that the jobs are in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, Row, select, update

from libs.common.jobs.database import now_of, reading, writing
from libs.common.media.errors import NotFound, StorageFull, Unavailable
from services.gateway.accounts import secrets
from services.gateway.accounts.base import ApiKey, NewKey, Role
from services.gateway.accounts.schema import api_key

LAST_USED_STEP = timedelta(minutes=1)
"""`last_used_at` is written at most this often: reading must not turn into writing."""

_log = structlog.get_logger("reelsmith.gateway.accounts")


class SqlAccounts:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(self, *, tenant: str, role: Role, name: str, expires_at: datetime | None = None) -> NewKey:
        key_id, secret = secrets.new_secret()
        with writing(self._engine) as connection:
            connection.execute(
                api_key.insert().values(
                    id=key_id,
                    secret_sha256=secrets.digest(secret),
                    tenant=tenant,
                    role=role,
                    name=name,
                    created_at=now_of(connection),
                    expires_at=expires_at,
                )
            )
            row = _row(connection, key_id)
            assert row is not None
            return NewKey(key=_key_of(row), secret=secret)

    def authenticate(self, secret: str) -> ApiKey:
        key_id = secrets.id_of(secret)
        with reading(self._engine) as connection:
            row, now = _row(connection, key_id), now_of(connection)
        stored = "" if row is None else row.secret_sha256
        if not secrets.matches(secret, stored) or row is None or not _is_live(row, now):
            raise secrets.unknown_key()
        if row.last_used_at is None or now - row.last_used_at >= LAST_USED_STEP:
            self._note_use(key_id, now)
        return _key_of(row)

    def _note_use(self, key_id: str, now: datetime) -> None:
        """Best effort: a good key opens also while nothing can be written."""
        try:
            with writing(self._engine) as connection:
                connection.execute(update(api_key).where(api_key.c.id == key_id).values(last_used_at=now))
        except (Unavailable, StorageFull) as error:
            _log.warning("key.use_not_noted", key=key_id, code=error.code, detail=error.detail)

    def live(self, key_id: str) -> ApiKey:
        with reading(self._engine) as connection:
            row, now = _row(connection, key_id), now_of(connection)
        if row is None or not _is_live(row, now):
            raise secrets.unknown_key()
        return _key_of(row)

    def keys(self, *, tenant: str) -> tuple[ApiKey, ...]:
        query = select(api_key).where(api_key.c.tenant == tenant).order_by(api_key.c.created_at.desc(), api_key.c.id)
        with reading(self._engine) as connection:
            return tuple(_key_of(row) for row in connection.execute(query))

    def revoke(self, key_id: str, *, tenant: str) -> ApiKey:
        with writing(self._engine) as connection:
            mine = (api_key.c.id == key_id, api_key.c.tenant == tenant)
            connection.execute(update(api_key).where(*mine, api_key.c.revoked_at.is_(None)).values(revoked_at=now_of(connection)))
            row = connection.execute(select(api_key).where(*mine)).first()
        if row is None:
            raise NotFound(f"There is no key {key_id}.", code="key.not_found")
        return _key_of(row)


def _row(connection: Connection, key_id: str) -> Row[Any] | None:
    return connection.execute(select(api_key).where(api_key.c.id == key_id)).first()


def _is_live(row: Row[Any], now: datetime) -> bool:
    return row.revoked_at is None and (row.expires_at is None or row.expires_at > now)


def _key_of(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        tenant=row.tenant,
        role=Role(row.role),
        name=row.name,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )
