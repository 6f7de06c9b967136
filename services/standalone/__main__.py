"""`python -m services.standalone --data DIR --port N`: what `reelsmith up` starts."""

from __future__ import annotations

import argparse
import json
import sys
from importlib.metadata import version
from pathlib import Path

from libs.common.media.errors import DomainError
from libs.common.runtime.log import configure_logging
from libs.common.runtime.tls import development_certificate
from services.gateway.serve import serve
from services.standalone.first_key import write_client_file
from services.standalone.folder import DataFolder
from services.standalone.house import open_house
from services.standalone.settings import StandaloneSettings


def main() -> int:
    options = _options()
    settings = _settings(options)
    configure_logging("standalone", version=version("reelsmith"), stream=sys.stderr)
    folder = DataFolder(settings.data)
    try:
        with folder.occupied():
            certificate = development_certificate(folder.tls, hosts=() if settings.host == "0.0.0.0" else (settings.host,))
            with open_house(settings, folder) as house:

                def announce(port: int) -> None:
                    url = f"https://localhost:{port}"
                    write_client_file(folder.client, accounts=house.accounts, url=url, ca=certificate.ca)
                    sys.stdout.write(_ready_line(url, folder.client, as_json=options.json) + "\n")
                    sys.stdout.flush()

                serve(house.app, host=settings.host, port=settings.port, certificate=certificate, started=announce)
    except DomainError as error:
        sys.stderr.write(f"{error.detail} [{error.code}]\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"cannot listen on {settings.host}:{settings.port}: {error.strerror}\n")
        return 1
    return 0


def _ready_line(url: str, client: Path, *, as_json: bool) -> str:
    """Printed once connections are accepted."""
    docs = f"{url}/docs"
    if as_json:
        return json.dumps({"version": version("reelsmith"), "url": url, "docs": docs, "client": str(client)})
    return f"Reelsmith {version('reelsmith')} at {url} (docs: {docs}, key: {client})"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="reelsmith up", description="Reelsmith, all in one process.")
    parser.add_argument("--data", type=Path, help="folder of everything (default .reelsmith/data)")
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, help="0 takes a free one (default 8443)")
    parser.add_argument("--json", action="store_true", help="say in one line of JSON where it is")
    return parser.parse_args()


def _settings(options: argparse.Namespace) -> StandaloneSettings:
    """What the command line does not say comes from the environment."""
    given = {name: getattr(options, name) for name in ("data", "host", "port") if getattr(options, name) is not None}
    return StandaloneSettings(**given)


if __name__ == "__main__":
    sys.exit(main())
