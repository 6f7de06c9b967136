"""What every database that we open promises, SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from libs.common.jobs.database import open_engine, reading, writing
from libs.common.media.errors import InvalidInput

NOT_TO_BE_HELD = {"sqlite": "SELECT zeroblob(2000000000)", "postgresql": "SELECT CAST('99999999999' AS integer)"}
"""What the engine itself refuses as a value: SQLite what is too long, PostgreSQL a number out of range."""


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def test_a_value_that_the_database_cannot_hold_is_bad_input(engine: Engine) -> None:
    with pytest.raises(InvalidInput) as caught, reading(engine) as connection:
        connection.execute(text(NOT_TO_BE_HELD[engine.dialect.name])).all()

    assert caught.value.code == "database.bad_value"


def test_a_nul_in_a_text_is_kept_or_refused_and_never_a_crash(engine: Engine) -> None:
    query = text("SELECT CAST(:value AS TEXT)")
    if engine.dialect.name == "sqlite":
        with writing(engine) as connection:
            assert connection.execute(query, {"value": "a\0b"}).scalar_one() == "a\0b"
    else:
        with pytest.raises(InvalidInput) as caught, writing(engine) as connection:
            connection.execute(query, {"value": "a\0b"})
        assert caught.value.code == "database.bad_value"
