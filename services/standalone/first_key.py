"""The first key: whoever can read the data folder is the administrator."""

from __future__ import annotations

import json
import os
from pathlib import Path

from libs.common.media.errors import Unauthenticated
from services.gateway.accounts.base import Accounts, Role

TENANT = "default"


def write_client_file(path: Path, *, accounts: Accounts, url: str, ca: Path) -> None:
    """Write address, key and authority for the `reelsmith` command, 0600. The key of an earlier start is kept while it is good."""
    secret = _earlier_key(path, accounts)
    if secret is None:
        secret = accounts.create(tenant=TENANT, role=Role.admin, name="all-in-one administrator").secret
    partial = path.with_suffix(".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as target:
        json.dump({"url": url, "key": secret, "ca": str(ca.resolve())}, target, indent=2)
    os.replace(partial, path)


def _earlier_key(path: Path, accounts: Accounts) -> str | None:
    try:
        secret = str(json.loads(path.read_text())["key"])
        accounts.authenticate(secret)
    except (FileNotFoundError, ValueError, KeyError, Unauthenticated):
        return None
    return secret
