"""Bring the database to the newest schema and end: `python -m libs.common.runtime.migrate`. Where deployments do that in a step of its
own, the services run with `REELSMITH_DATABASE_MIGRATE=false`."""

from __future__ import annotations

from libs.common.jobs.migrations import migrate
from libs.common.runtime.log import configure_logging
from libs.common.runtime.settings import DatabaseSettings
from libs.common.runtime.stores import prepared_url


def main() -> None:
    configure_logging("migrate")
    migrate(prepared_url(DatabaseSettings()))


if __name__ == "__main__":
    main()
