"""`reelsmith keys`: who may call."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from libs.client.commands.shared import AsJson, gateway, wants_json
from libs.client.output import err, out, print_json

app = typer.Typer(no_args_is_help=True, help="API keys of your tenant.")


class Role(StrEnum):
    admin = "admin"
    producer = "producer"
    reviewer = "reviewer"
    viewer = "viewer"
    service = "service"


@app.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What it is for.")],
    role: Annotated[Role, typer.Option(help="What it may do.")] = Role.service,
    days: Annotated[int | None, typer.Option(help="How long it lives; for ever without.", min=1, max=3650)] = None,
    json: AsJson = False,
) -> None:
    """Make a key. The secret is printed once and kept nowhere."""
    with gateway(context) as reelsmith:
        made = reelsmith.create_key(name=name, role=role, expires_in_days=days)
    if wants_json(context, json):
        print_json(made)
        return
    out.print(made["secret"], soft_wrap=True)
    err.print("Keep it now: it cannot be shown again.")


@app.command("list")
def list_command(context: typer.Context, json: AsJson = False) -> None:
    """All keys, without secrets."""
    with gateway(context) as reelsmith:
        keys = reelsmith.keys()
    if wants_json(context, json):
        print_json({"keys": keys})
        return
    table = Table("id", "role", "name", "created", "last used", "state", box=None)
    for key in keys:
        state = "revoked" if key["revoked_at"] else f"until {key['expires_at'][:10]}" if key["expires_at"] else "good"
        used = (key["last_used_at"] or "never")[:16]
        table.add_row(key["id"], key["role"], escape(key["name"]), key["created_at"][:16], used, state)
    out.print(table)


@app.command()
def revoke(context: typer.Context, key_id: Annotated[str, typer.Argument(metavar="ID")], json: AsJson = False) -> None:
    """Close a key, at once."""
    with gateway(context) as reelsmith:
        key = reelsmith.revoke_key(key_id)
    if wants_json(context, json):
        print_json(key)
        return
    out.print(f"{key['id']} opens nothing any more.")
