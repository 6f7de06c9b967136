"""The tables in the code and the tables that the migrations make are the same."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from libs.common.jobs.database import open_engine, writing
from libs.common.jobs.migrations import migrate
from libs.common.jobs.schema import metadata


def test_the_migrations_make_the_tables_that_the_code_expects(database_url: str) -> None:
    engine = open_engine(database_url)
    with writing(engine) as connection:
        ours = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        differences = compare_metadata(ours, metadata)
    engine.dispose()

    assert differences == []


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    migrate(database_url)


def _is_ours(name: str | None, kind: str, parents: object) -> bool:
    return kind != "table" or name in metadata.tables
