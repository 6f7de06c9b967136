"""`reelsmith up`: everything in one process."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from libs.client.commands.shared import AsJson, wants_json


def up(
    context: typer.Context,
    data: Annotated[
        Path | None, typer.Option(help="Folder of everything: database, blobs, keys, certificates. Else REELSMITH_DATA or .reelsmith/data.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="0 takes a free one. Else REELSMITH_PORT or 8443.", min=0, max=65_535)] = None,
    host: Annotated[str | None, typer.Option(help="0.0.0.0 opens it to the network. Else REELSMITH_HOST or 127.0.0.1.")] = None,
    json: AsJson = False,
) -> None:
    """Start Reelsmith, all in one. Address, key and certificate authority are written to DATA/client.json."""
    given = {"--data": data, "--port": port, "--host": host}
    arguments = [word for name, value in given.items() if value is not None for word in (name, str(value))]
    if wants_json(context, json):
        arguments.append("--json")
    os.execv(sys.executable, [sys.executable, "-m", "services.standalone", *arguments])
