"""The step that deployments run before the services start."""

import sqlite3
import subprocess
import sys

from manifests import environment_without_ours


def test_it_makes_a_database_that_is_ready_and_running_it_again_changes_nothing(tmp_path):
    path = tmp_path / "made" / "reelsmith.db"
    for _ in range(2):
        told = subprocess.run(
            [sys.executable, "-m", "libs.common.runtime.migrate"],
            env=environment_without_ours() | {"REELSMITH_DATABASE_URL": f"sqlite:///{path}"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert told.returncode == 0, told.stderr
    with sqlite3.connect(path) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert {"alembic_version", "job", "step"} <= tables


def test_it_says_that_the_database_does_not_answer():
    told = subprocess.run(
        [sys.executable, "-m", "libs.common.runtime.migrate"],
        env=environment_without_ours() | {"REELSMITH_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode != 0
    assert "database" in told.stderr
