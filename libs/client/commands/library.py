"""`reelsmith library`: bring clips in, find them."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from libs.client.commands.shared import AsJson, Library, gateway, wants_json
from libs.client.ingest import Result, find_items, ingest
from libs.client.output import ExitCode, err, out, print_json

app = typer.Typer(no_args_is_help=True, help="Your own clips.")


@app.command("ingest")
def ingest_command(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="A folder, one clip, or a .jsonl file of annotations with `uri`.", metavar="DIR|FILE")],
    library: Library = "main",
    json: AsJson = False,
) -> None:
    """Bring clips in. Run it again after a break: what is there already is skipped."""
    quiet = wants_json(context, json)
    with gateway(context) as reelsmith:
        items = find_items(source)
        columns = (TextColumn("bringing in"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
        results: list[Result] = []
        with Progress(*columns, console=err, disable=quiet or not err.is_terminal) as bar:
            task = bar.add_task("", total=len(items))
            for result in ingest(items, reelsmith=reelsmith, library=library):
                results.append(result)
                bar.update(task, advance=1, description=escape(result.name))
                if not quiet and result.outcome == "refused":
                    bar.console.print(f"[red]{escape(result.name)}: {escape(f'{result.detail} [{result.code}]')}[/red]", soft_wrap=True)
    counts = Counter(result.outcome for result in results)
    if quiet:
        print_json({"counts": dict(counts), "results": [asdict(result) for result in results]})
    else:
        out.print(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
    if counts["refused"]:
        raise typer.Exit(ExitCode.rejected)


@app.command()
def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What should be seen, in Chinese or English.")],
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    with_media: Annotated[bool, typer.Option("--with-media", help="Only clips that can be shown.")] = False,
    library: Library = "main",
    json: AsJson = False,
) -> None:
    """Find clips by meaning."""
    with gateway(context) as reelsmith:
        found = reelsmith.search(text, limit=limit, library=library, with_media=with_media)
    if wants_json(context, json):
        print_json(found)
        return
    table = Table("score", Column("id", no_wrap=True), "what", box=None)
    for hit in found["results"]:
        table.add_row(f"{hit['score']:.3f}", escape(hit["id"]), escape(str(hit.get("title") or hit.get("transcript") or "")[:100]))
    out.print(table if found["results"] else "Nothing fits.")


@app.command()
def stats(context: typer.Context, library: Library = "main", json: AsJson = False) -> None:
    """What the library holds."""
    with gateway(context) as reelsmith:
        found = reelsmith.stats(library=library)
    if wants_json(context, json):
        print_json(found)
        return
    for name, value in found.items():
        out.print(f"{name}: {escape(str(value))}")
