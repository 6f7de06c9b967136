"""The `reelsmith` command. Exit codes: 0 done, 1 the job has no video, 2 usage, 3 not reached or not allowed, 4 refused."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from libs.client.commands import jobs, keys, library, music
from libs.client.commands.make import fetch, make
from libs.client.commands.render import render
from libs.client.commands.shared import AsJson, Wanted
from libs.client.commands.up import up

app = typer.Typer(no_args_is_help=True, help="Short videos from product briefs, on your own machines.", pretty_exceptions_enable=False)
app.command()(up)
app.command()(make)
app.command()(render)
app.command()(fetch)
app.add_typer(library.app, name="library")
app.add_typer(music.app, name="music")
app.add_typer(jobs.app, name="jobs")
app.add_typer(keys.app, name="keys")


@app.callback()
def options(
    context: typer.Context,
    url: Annotated[str | None, typer.Option(envvar="REELSMITH_URL", help="Of the gateway, https://…")] = None,
    key: Annotated[str | None, typer.Option(envvar="REELSMITH_API_KEY", help="API key.", show_envvar=True)] = None,
    ca: Annotated[Path | None, typer.Option(envvar="REELSMITH_CA", help="Certificate authority of the gateway, PEM.")] = None,
    client: Annotated[
        Path | None,
        typer.Option(envvar="REELSMITH_CLIENT", help="File with the three above; `reelsmith up` writes .reelsmith/data/client.json."),
    ] = None,
    json: AsJson = False,
) -> None:
    context.obj = Wanted(url=url, key=key, ca=ca, file=client, as_json=json)


def main() -> None:
    app(prog_name="reelsmith")


if __name__ == "__main__":
    main()
