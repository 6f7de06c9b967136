"""`reelsmith up`: everything in one process."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer


def up(
    data: Annotated[Path, typer.Option(help="Folder of everything: database, blobs, keys, certificates.")] = Path(".reelsmith/data"),
    port: Annotated[int, typer.Option(help="0 takes a free one.", min=0, max=65_535)] = 8443,
    host: Annotated[str, typer.Option(help="0.0.0.0 opens it to the network.")] = "127.0.0.1",
) -> None:
    """Start Reelsmith, all in one. Address, key and certificate authority are written to DATA/client.json."""
    arguments = ["-m", "services.standalone", "--data", str(data), "--port", str(port), "--host", host]
    os.execv(sys.executable, [sys.executable, *arguments])
