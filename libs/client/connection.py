"""Which gateway, with which key: from options, the environment, or the file that `reelsmith up` writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from libs.client.client import Reelsmith
from libs.client.errors import ClientError

DEFAULT_FILE = Path(".reelsmith/data/client.json")


class NoConnection(ClientError):
    """It is not known where the gateway is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    url: str
    key: str
    ca: Path | None

    def open(self) -> Reelsmith:
        return Reelsmith(self.url, self.key, ca=self.ca)


def find_connection(*, url: str | None, key: str | None, ca: Path | None, file: Path | None) -> Connection:
    """What is given beats what the file says. A key and an authority of the file go only with the address of the file: a key must not
    travel to a server that it is not for.

    Raises NoConnection where there is no address or no key.
    """
    if url is None or file is not None:
        saved = _saved(file or DEFAULT_FILE, wanted=file is not None)
        if url is None or saved.get("url") == url:
            url, key = url or saved.get("url"), key or saved.get("key")
            ca = ca or (Path(saved["ca"]) if "ca" in saved else None)
    if url is None:
        raise NoConnection(
            "No gateway is known here. Start one with `reelsmith up`, or name yours with --url or REELSMITH_URL "
            "(and REELSMITH_API_KEY, REELSMITH_CA)."
        )
    if key is None:
        raise NoConnection("There is no API key: set REELSMITH_API_KEY, or give --key.")
    return Connection(url=url.rstrip("/"), key=key, ca=ca)


def _saved(file: Path, *, wanted: bool) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(file.read_text())
    except FileNotFoundError:
        if wanted:
            raise NoConnection(f"{file} is not there; `reelsmith up` writes it.") from None
        return {}
    except (OSError, ValueError) as error:
        raise NoConnection(f"{file} cannot be read: {error}") from error
    return found
