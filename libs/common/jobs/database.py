"""One way to open the database: SQLite on a single node, PostgreSQL for more. Accounts and the clip catalogue use it too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from libs.common.media.errors import InvalidInput, StorageFull, Unavailable

BUSY_TIMEOUT_S = 10
READ_ONLY = "reelsmith_read_only"
_DISK_FULL_SQLSTATE = "53100"


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///<path>` or `postgresql://…`. Open it in the process that uses it: connections do not survive a fork.

    Raises InvalidInput (`database.bad_url`) for any other kind of address.
    """
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_S})
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
        return engine
    if backend == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            pool_timeout=BUSY_TIMEOUT_S,
            connect_args={"connect_timeout": 5, "options": f"-c lock_timeout={BUSY_TIMEOUT_S}s -c timezone=UTC"},
        )
    raise InvalidInput(f"the database is SQLite or PostgreSQL, not {backend}", code="database.bad_url")


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver opens no transactions of its own; `_begin` does
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_S * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: a reader that turns into a writer would fail instead of wait."""
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes. Raises Unavailable where the database does not answer, StorageFull where its disk is full,
    InvalidInput (`database.bad_value`) for a value that its column cannot hold, like NUL in a text of PostgreSQL."""
    with _translated(), engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads."""
    with _translated(), engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        yield connection


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DataError as error:
        raise InvalidInput("the database cannot hold this value", code="database.bad_value") from error
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        if _says_full(error):
            raise StorageFull("the database's disk is full", code="storage.full") from error
        raise Unavailable("the database does not answer", code="database.unavailable") from error


def _says_full(error: Exception) -> bool:
    origin = error.orig if isinstance(error, DBAPIError) else None
    return getattr(origin, "sqlstate", None) == _DISK_FULL_SQLSTATE or "disk is full" in str(origin)


def now_of(connection: Connection) -> datetime:
    """The one clock: the database's on PostgreSQL, this machine's on SQLite."""
    if connection.dialect.name == "postgresql":
        found: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return found.astimezone(UTC)
    return datetime.now(UTC)
