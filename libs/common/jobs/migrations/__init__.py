"""The database's schema, step by step: `migrate(url)` brings any database to the newest one."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from libs.common.jobs.database import open_engine, writing

_LOCK = 0x7265656C  # "reel": a PostgreSQL advisory lock, so that services that start together take turns


def migrate(url: str, *, to: str = "head") -> None:
    """Safe to call from every service at start. Raises Unavailable where the database does not answer."""
    engine = open_engine(url)
    try:
        with writing(engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    finally:
        engine.dispose()
