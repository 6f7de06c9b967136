"""`reelsmith jobs`: look, stop, go on, decide."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Column, Table

from libs.client.commands.shared import AsJson, gateway, wants_json
from libs.client.models import JobDetail
from libs.client.output import err, out, print_json
from libs.client.progress import STAGES, stage_rows

app = typer.Typer(no_args_is_help=True, help="The work behind the videos.")

JobId = Annotated[str, typer.Argument(metavar="JOB")]


@app.command("list")
def list_command(
    context: typer.Context,
    state: Annotated[str | None, typer.Option(help="Only these, for instance `failed`.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    cursor: Annotated[str | None, typer.Option(help="Of the page before.")] = None,
    json: AsJson = False,
) -> None:
    """Newest first."""
    with gateway(context) as reelsmith:
        page = reelsmith.jobs(state=state, limit=limit, cursor=cursor)
    if wants_json(context, json):
        print_json(page)
        return
    table = Table(Column("job", no_wrap=True), "state", "done", "title", "created", box=None)
    for job in page["jobs"]:
        table.add_row(job["id"], job["state"], f"{job['progress']:.0%}", escape(job["title"]), job["created_at"][:19])
    out.print(table if page["jobs"] else "There are no jobs.")
    if page["cursor"]:
        err.print(f"More: --cursor {page['cursor']}")


@app.command()
def show(context: typer.Context, job_id: JobId, json: AsJson = False) -> None:
    """One job with its steps."""
    with gateway(context) as reelsmith:
        _print(context, reelsmith.job(job_id), json)


@app.command()
def cancel(context: typer.Context, job_id: JobId, json: AsJson = False) -> None:
    """Stop a job; what runs sees it within seconds."""
    with gateway(context) as reelsmith:
        _print(context, reelsmith.cancel(job_id), json)


@app.command()
def resume(context: typer.Context, job_id: JobId, json: AsJson = False) -> None:
    """Go on after a failure; what is done stays done."""
    with gateway(context) as reelsmith:
        _print(context, reelsmith.resume(job_id), json)


@app.command()
def approve(context: typer.Context, job_id: JobId, json: AsJson = False) -> None:
    """Let a held job go on."""
    with gateway(context) as reelsmith:
        _print(context, reelsmith.approve(job_id), json)


@app.command()
def decline(
    context: typer.Context,
    job_id: JobId,
    reason: Annotated[str, typer.Option(help="Told to whoever ordered the video.")],
    json: AsJson = False,
) -> None:
    """End a held job as rejected."""
    with gateway(context) as reelsmith:
        _print(context, reelsmith.decline(job_id, reason=reason), json)


def _print(context: typer.Context, job: JobDetail, json: bool) -> None:
    if wants_json(context, json):
        print_json(job)
        return
    out.print(f"{job['id']}  {job['state']}  {job['progress']:.0%}  {escape(job['title'])}", soft_wrap=True)
    if job["error"]:
        out.print(f"[red]{escape(job['error']['detail'])} [{job['error']['step']}, {job['error']['code']}][/red]", soft_wrap=True)
    table = Table("stage", "done", "reused", "wall s", "CPU s", "trouble", box=None)
    for stage, steps in stage_rows(job):
        wall, cpu = (sum(step["stats"].get(name, 0.0) for step in steps if not step["reused"]) for name in ("wall_s", "cpu_s"))
        done, reused = sum(step["state"] == "done" for step in steps), sum(step["reused"] for step in steps)
        trouble = next((step["error_code"] for step in steps if step["error_code"]), "") or ""
        table.add_row(STAGES[stage], f"{done}/{len(steps)}", str(reused), f"{wall:.2f}", f"{cpu:.2f}", trouble)
    out.print(table)
