"""What any store of API keys promises."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import structlog
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from libs.common.jobs.database import open_engine, reading
from libs.common.media.errors import NotFound, StorageFull, Unauthenticated, Unavailable
from services.gateway.accounts.base import Accounts, Role
from services.gateway.accounts.memory import MemoryAccounts
from services.gateway.accounts.schema import api_key, metadata
from services.gateway.accounts.sql import SqlAccounts


@pytest.fixture(params=["memory", "sql"])
def accounts(request, database_url) -> Iterator[Accounts]:
    if request.param == "memory":
        yield MemoryAccounts()
        return
    engine = open_engine(database_url)
    yield SqlAccounts(engine)
    engine.dispose()


def test_a_fresh_key_opens(accounts):
    made = accounts.create(tenant="shop", role=Role.producer, name="backend")

    key = accounts.authenticate(made.secret)

    assert (key.id, key.tenant, key.role, key.name) == (made.key.id, "shop", Role.producer, "backend")


def test_wrong_unknown_and_malformed_keys_are_told_the_same(accounts):
    secret = accounts.create(tenant="shop", role=Role.viewer, name="x").secret
    wrong = secret[:-1] + ("0" if secret[-1] != "0" else "1")
    unknown = "rk_00000000_" + secret[12:]
    said = set()
    for text in (wrong, unknown, "nonsense"):
        with pytest.raises(Unauthenticated) as caught:
            accounts.authenticate(text)
        said.add((caught.value.code, caught.value.detail))

    assert len(said) == 1


def test_an_expired_key_opens_nothing(accounts):
    made = accounts.create(tenant="shop", role=Role.viewer, name="x", expires_at=datetime.now(UTC) - timedelta(seconds=1))

    with pytest.raises(Unauthenticated):
        accounts.authenticate(made.secret)
    with pytest.raises(Unauthenticated):
        accounts.live(made.key.id)


def test_a_revoked_key_opens_nothing_and_revoking_again_is_harmless(accounts):
    made = accounts.create(tenant="shop", role=Role.viewer, name="x")
    first = accounts.revoke(made.key.id, tenant="shop")
    second = accounts.revoke(made.key.id, tenant="shop")

    assert first.revoked_at is not None
    assert second.revoked_at == first.revoked_at
    with pytest.raises(Unauthenticated):
        accounts.authenticate(made.secret)


def test_tenants_do_not_see_each_others_keys(accounts):
    made = accounts.create(tenant="shop", role=Role.admin, name="x")

    assert accounts.keys(tenant="other") == ()
    assert [key.id for key in accounts.keys(tenant="shop")] == [made.key.id]
    with pytest.raises(NotFound):
        accounts.revoke(made.key.id, tenant="other")
    assert accounts.authenticate(made.secret).revoked_at is None


def test_use_is_noted_to_the_minute(accounts):
    made = accounts.create(tenant="shop", role=Role.viewer, name="x")
    accounts.authenticate(made.secret)
    (first,) = accounts.keys(tenant="shop")
    accounts.authenticate(made.secret)
    (second,) = accounts.keys(tenant="shop")

    assert first.last_used_at is not None
    assert second.last_used_at == first.last_used_at


@pytest.mark.parametrize("fault", [Unavailable("away", code="database.unavailable"), StorageFull("full", code="storage.full")])
def test_a_key_opens_also_while_its_use_cannot_be_noted(database_url, monkeypatch, fault):
    engine = open_engine(database_url)
    accounts = SqlAccounts(engine)
    made = accounts.create(tenant="shop", role=Role.viewer, name="x")

    def broken(engine):
        raise fault

    monkeypatch.setattr("services.gateway.accounts.sql.writing", broken)
    with structlog.testing.capture_logs() as told:
        key = accounts.authenticate(made.secret)
    engine.dispose()

    assert (key.id, key.last_used_at) == (made.key.id, None)
    assert [(line["log_level"], line["code"]) for line in told] == [("warning", fault.code)]


def test_the_database_holds_no_secret(database_url):
    engine = open_engine(database_url)
    made = SqlAccounts(engine).create(tenant="shop", role=Role.viewer, name="x")
    with reading(engine) as connection:
        row = connection.execute(select(api_key)).one()
    engine.dispose()

    assert made.secret.rpartition("_")[2] not in str(tuple(row))


def test_the_migrations_make_the_table_that_the_code_expects(database_url):
    engine = open_engine(database_url)
    with reading(engine) as connection:
        mine = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, parents: kind != "table" or name in metadata.tables}
        )
        differences = compare_metadata(mine, metadata)
    engine.dispose()

    assert differences == []
