"""Real servers for all tests: Debian's Redis and PostgreSQL, each on a free port with its own folder, gone when the session ends.

The project's own environment variables are taken out at import, so that a developer's settings decide no test.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis
import structlog

from libs.common.jobs.migrations import migrate

for _name in [name for name in os.environ if name.startswith("REELSMITH_")]:
    del os.environ[_name]

# One line an event: drawing every traceback with its locals, as for a terminal, takes longer than most tests.
structlog.configure(
    processors=[structlog.contextvars.merge_contextvars, structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
)

START_TIMEOUT_S = 60
SUPERUSER = "reelsmith"


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis that keeps an append-only file. Sessions share it: use key prefixes or databases of your own."""
    folder, port = tmp_path_factory.mktemp("redis"), _free_port()
    server = subprocess.Popen(
        [
            *("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""),
            *("--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction", "--loglevel", "warning"),
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        with redis.Redis(port=port) as client:
            _wait_until(lambda: client.ping() is not None, redis.ConnectionError)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()


@pytest.fixture(scope="session")
def postgres_dsn() -> Iterator[str]:
    """The address of a PostgreSQL server's first database, as its superuser; `database_url` gives each test a database of its own."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    account = "postgres" if os.getuid() == 0 else None  # it refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="reelsmith-postgres-"))
    if account is not None:
        shutil.chown(folder, account, account)
    port = _free_port()
    subprocess.run(
        [programs / "initdb", "-D", folder / "pg", "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"],
        user=account,
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    server = subprocess.Popen(
        [
            *(programs / "postgres", "-D", folder / "pg", "-p", str(port), "-k", folder, "-c", "listen_addresses=127.0.0.1"),
            *("-c", "fsync=off", "-c", "max_connections=200", "-c", "log_min_messages=fatal"),
        ],
        user=account,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    dsn = f"postgresql://{SUPERUSER}@127.0.0.1:{port}/postgres"
    try:
        _wait_until(lambda: psycopg.connect(dsn, connect_timeout=2).close() is None, psycopg.OperationalError)
        yield dsn
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: the folder goes anyway
        server.wait()
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, migrated database for one test, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("_sqlite_template"), tmp_path / "jobs.db")
        return f"sqlite:///{tmp_path / 'jobs.db'}"
    template: str = request.getfixturevalue("_postgres_template")
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(template.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE migrated")
    return template.rpartition("/")[0] + f"/{name}"


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def _postgres_template(postgres_dsn: str) -> str:
    with psycopg.connect(postgres_dsn, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
    url = postgres_dsn.rpartition("/")[0] + "/migrated"
    migrate(url)
    return url


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until(answers: Callable[[], bool], not_yet: type[Exception]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            if answers():
                return
        except not_yet:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.05)
