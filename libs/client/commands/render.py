"""`reelsmith render`: from an edit on disk to a video on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from libs.client.briefs import load_object
from libs.client.commands.make import deliver, follow
from libs.client.commands.shared import AsJson, gateway, wants_json
from libs.client.edits import send_media
from libs.client.output import err, print_json


def render(
    context: typer.Context,
    edit: Annotated[Path, typer.Argument(help="YAML or JSON. Media may be files beside it: `{file: clip.mp4}`.", metavar="TIMELINE.json")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The largest rendition; other files are put beside it.")] = None,
    key: Annotated[str | None, typer.Option("--idempotency-key", help="Name of this order: the same again makes no second video.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only say what is wrong and what it would cost.")] = False,
    json: AsJson = False,
) -> None:
    """Render an edit, without any script, and fetch it."""
    if output is None and not check:
        raise typer.BadParameter("say where to put the video: -o out.mp4", param_hint="--output")
    with gateway(context) as reelsmith:
        wanted = load_object(edit, "an edit: it starts with `title:` and `tracks:`")
        send_media(wanted, beside=edit.parent, upload=reelsmith.upload_media)
        plan = reelsmith.validate_render(wanted)
        quiet = wants_json(context, json)
        if not quiet:
            _tell(plan)
        if check or output is None:
            if quiet:
                print_json(plan)
            return
        accepted = reelsmith.render(wanted, idempotency_key=key)
        deliver(reelsmith, follow(reelsmith, accepted["job_id"], quiet=quiet), output, quiet=quiet)


def _tell(plan: dict[str, Any]) -> None:
    cost = plan["cost"]
    pieces = f"{cost['pieces']} pieces, {cost['pieces_ready']} of them rendered already"
    err.print(f"{plan['length_s']:g} s, {plan['width_px']} x {plan['height_px']}: {pieces}; about {cost['cpu_s']:g} CPU seconds.")
    for remark in plan["remarks"]:
        colour = "yellow" if remark["weight"] == "warning" else "dim"
        err.print(f"[{colour}]{escape(remark['field'] or '/')}: {escape(remark['detail'])}[/{colour}]", soft_wrap=True)
