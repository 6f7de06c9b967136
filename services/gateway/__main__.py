"""`python -m services.gateway serve` opens the public API; `… create-key` makes the first key of a tenant, for whoever can reach the
database."""

from __future__ import annotations

import argparse
import sys

from libs.common.media.errors import DomainError
from libs.common.runtime.log import configure_logging
from libs.common.runtime.settings import BrokerSettings, DatabaseSettings, StorageSettings
from libs.common.runtime.stores import open_blobs, open_jobs
from libs.common.runtime.tls import Certificate, development_certificate
from services.gateway.accounts.base import Role
from services.gateway.accounts.sql import SqlAccounts
from services.gateway.app import create_app
from services.gateway.serve import serve
from services.gateway.settings import GatewaySettings
from services.gateway.upstreams import Upstreams


def main() -> int:
    options = _parser().parse_args()
    configure_logging("gateway", stream=sys.stderr)
    try:
        if options.command == "create-key":
            _create_key(options.tenant, Role(options.role), options.name)
        else:
            _serve(GatewaySettings())
    except DomainError as error:
        sys.stderr.write(f"{error.detail} [{error.code}]\n")
        return 1
    return 0


def _serve(settings: GatewaySettings) -> None:
    from libs.common.runtime.worker import CeleryDoorbell  # Celery: only where it is rung

    jobs = open_jobs(DatabaseSettings())
    app = create_app(
        settings,
        jobs=jobs,
        blobs=open_blobs(StorageSettings()),
        doorbell=CeleryDoorbell.connect(BrokerSettings()),
        accounts=SqlAccounts(jobs.engine),
        upstreams=Upstreams.from_settings(settings),
    )
    serve(app, host=settings.host, port=settings.port, certificate=_certificate(settings))
    jobs.close()


def _certificate(settings: GatewaySettings) -> Certificate:
    """The operator's own, else one of a private authority that is made at the first start."""
    if settings.tls_cert is not None and settings.tls_key is not None:
        return Certificate(ca=settings.tls_cert, cert=settings.tls_cert, key=settings.tls_key)
    return development_certificate(settings.tls_dir, hosts=settings.hosts)


def _create_key(tenant: str, role: Role, name: str) -> None:
    jobs = open_jobs(DatabaseSettings())
    made = SqlAccounts(jobs.engine).create(tenant=tenant, role=role, name=name)
    jobs.close()
    sys.stdout.write(made.secret + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services.gateway", description="The public API.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="HTTPS, TLS 1.3 only")
    create = commands.add_parser("create-key", help="print a fresh API key")
    create.add_argument("--tenant", default="default")
    create.add_argument("--role", default=Role.admin, choices=list(Role))
    create.add_argument("--name", default="made on the command line")
    return parser


if __name__ == "__main__":
    sys.exit(main())
