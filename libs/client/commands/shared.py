"""What every command starts with: the options of the whole, and a line to the gateway."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from libs.client.client import Reelsmith
from libs.client.connection import NoConnection, find_connection
from libs.client.output import ExitCode, Wrong, explained

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Library = Annotated[str, typer.Option(help="Which library.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The options before the subcommand."""

    url: str | None
    key: str | None
    ca: Path | None
    file: Path | None
    as_json: bool


@contextmanager
def gateway(context: typer.Context) -> Iterator[Reelsmith]:
    """The client; every error on the way ends the command with a message and its code."""
    wanted: Wanted = context.obj
    with explained():
        try:
            connection = find_connection(url=wanted.url, key=wanted.key, ca=wanted.ca, file=wanted.file)
        except NoConnection as error:
            raise Wrong(str(error), ExitCode.unreachable) from None
        with connection.open() as reelsmith:
            yield reelsmith


def wants_json(context: typer.Context, here: bool) -> bool:
    return here or context.obj.as_json
