"""`reelsmith music`: your own music."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Column, Table

from libs.client.commands.shared import AsJson, gateway, wants_json
from libs.client.output import out, print_json

app = typer.Typer(no_args_is_help=True, help="Your own music.")


@app.command("add")
def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A sound file, or a film whose sound is meant.")],
    licence: Annotated[str, typer.Option(help="Under what you may use it.")],
    id: Annotated[str | None, typer.Option("--id", help="By default the file's name.")] = None,
    title: Annotated[str | None, typer.Option(help="By default the file's name.")] = None,
    mood: Annotated[str, typer.Option(help="bright, calm, tense, warm or neutral.")] = "neutral",
    tempo_bpm: Annotated[str | None, typer.Option(help="Beats a minute; by default it is measured.")] = None,
    json: AsJson = False,
) -> None:
    """Add a track, or replace the one of the same id."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "-" for char in file.stem.lower()).strip("-_")
    track = {"id": id or plain, "title": title or file.stem, "licence": licence, "mood": mood}
    if tempo_bpm is not None:
        track["tempo_bpm"] = tempo_bpm
    with gateway(context) as reelsmith:
        found = reelsmith.add_music(file, track)
    if wants_json(context, json):
        print_json(found)
    else:
        out.print(f"{escape(found['id'])}: {found['length_s']:.1f} s, {found['tempo_bpm']:g} beats a minute, {found['mood']}")


@app.command("list")
def list_tracks(context: typer.Context, json: AsJson = False) -> None:
    """What there is."""
    with gateway(context) as reelsmith:
        tracks = reelsmith.music()
    if wants_json(context, json):
        print_json(tracks)
        return
    table = Table(Column("id", no_wrap=True), "mood", "tempo", "length", "title", "licence", box=None)
    for track in tracks:
        figures = (f"{track['tempo_bpm']:g}", f"{track['length_s']:.0f} s")
        table.add_row(escape(track["id"]), track["mood"], *figures, escape(track["title"]), escape(track["licence"]))
    out.print(table if tracks else "No music yet: videos get music that is written for them.")


@app.command("remove")
def remove(context: typer.Context, track: Annotated[str, typer.Argument(help="Id of a track.")]) -> None:
    """Choose it no more. Finished videos keep what they play."""
    with gateway(context) as reelsmith:
        reelsmith.delete_music(track)
    out.print(f"{escape(track)} is removed.")
