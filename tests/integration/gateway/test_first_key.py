"""The first key of an installation."""

import subprocess
import sys

from libs.common.jobs.database import open_engine
from services.gateway.accounts.base import Role
from services.gateway.accounts.sql import SqlAccounts


def test_whoever_reaches_the_database_can_make_the_first_key(tmp_path):
    path = tmp_path / "jobs.db"  # made and migrated by the command itself
    command = [sys.executable, "-m", "services.gateway", "create-key", "--tenant", "shop", "--role", "producer"]
    done = subprocess.run(command, env={"REELSMITH_DATABASE_URL": f"sqlite:///{path}"}, capture_output=True, text=True, check=True)

    engine = open_engine(f"sqlite:///{path}")
    key = SqlAccounts(engine).authenticate(done.stdout.strip())
    engine.dispose()
    assert (key.tenant, key.role) == ("shop", Role.producer)
