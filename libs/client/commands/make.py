"""`reelsmith make`: from a brief on disk to a video on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from libs.client.briefs import load_brief, send_images
from libs.client.client import Reelsmith
from libs.client.commands.shared import AsJson, gateway, wants_json
from libs.client.models import WAITING, FileLink, JobDetail, Video
from libs.client.output import ExitCode, Wrong, err, out, print_json
from libs.client.progress import job_progress


def make(
    context: typer.Context,
    brief: Annotated[Path, typer.Argument(help="YAML or JSON. Images may be files beside it.", metavar="BRIEF.yaml")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The largest rendition; the other files are put beside it.")],
    key: Annotated[str | None, typer.Option("--idempotency-key", help="Name of this order: the same again makes no second video.")] = None,
    json: AsJson = False,
) -> None:
    """Make a video and fetch it with its poster, captions, script and timeline."""
    with gateway(context) as reelsmith:
        wanted = load_brief(brief)
        send_images(wanted, beside=brief.parent, upload=reelsmith.upload)
        accepted = reelsmith.submit(wanted, idempotency_key=key)
        quiet = wants_json(context, json)
        job = follow(reelsmith, accepted["job_id"], quiet=quiet)
        deliver(reelsmith, job, output, quiet=quiet)


def fetch(
    context: typer.Context,
    job_id: Annotated[str, typer.Argument(metavar="JOB")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The largest rendition; the other files are put beside it.")],
    json: AsJson = False,
) -> None:
    """Fetch the files of a job, waiting for its end where it still runs."""
    with gateway(context) as reelsmith:
        quiet = wants_json(context, json)
        deliver(reelsmith, follow(reelsmith, job_id, quiet=quiet), output, quiet=quiet)


def follow(reelsmith: Reelsmith, job_id: str, *, quiet: bool) -> JobDetail:
    try:
        with job_progress(err, quiet=quiet) as shown:
            for job in reelsmith.follow(job_id):
                shown.show(job)
                if job["state"] == WAITING:
                    break
    except KeyboardInterrupt:
        hint = f"It goes on without you: `reelsmith jobs show {job_id}`, `reelsmith jobs cancel {job_id}`."
        raise Wrong(f"Not waiting for {job_id} any longer.", ExitCode.interrupted, hint=hint) from None
    return job


def deliver(reelsmith: Reelsmith, job: JobDetail, output: Path, *, quiet: bool) -> None:
    _must_be_complete(job, output)
    video = reelsmith.video(job["video_id"])
    written = []
    for file in video["files"]:
        target = place_of(file, video, output)
        reelsmith.download(file, target)
        written.append(target)
    if quiet:
        print_json({"job": job, "video": video, "files": [str(path) for path in written]})
        return
    for path in written:
        out.print(escape(str(path)), soft_wrap=True)
    for note in (video["publication"] or {}).get("degraded", ()):
        err.print(f"[yellow]Note:[/yellow] {escape(note)}", soft_wrap=True)


def place_of(file: FileLink, video: Video, output: Path) -> Path:
    """The first file is the largest rendition and gets the name that was asked for; the others get its stem."""
    if file["name"] == video["files"][0]["name"]:
        return output
    kind, _, ending = file["name"].rpartition(".")
    plain = {"poster.jpg": ".jpg", "captions.vtt": ".vtt", "timeline.otio": ".otio"}
    return output.with_name(output.stem + plain.get(file["name"], f".{kind}.{ending}"))


def _must_be_complete(job: JobDetail, output: Path) -> None:
    """Raises Wrong for a job that has no video, saying why and what to do."""
    if job["state"] == "completed":
        return
    error = job["error"]
    why = f": {error['detail']} [{error['step']}, {error['code']}]" if error else ""
    hints = {
        "failed": f"When the cause is mended: `reelsmith jobs resume {job['id']}`, then `reelsmith fetch {job['id']} -o {output}`.",
        "rejected": "Change the brief where the finding points, and make it again.",
        WAITING: f"A reviewer decides: `reelsmith jobs approve {job['id']}`, then `reelsmith fetch {job['id']} -o {output}`.",
    }
    state = "waits for a review" if job["state"] == WAITING else f"is {job['state']}"
    raise Wrong(f"The job {job['id']} {state}{why}", ExitCode.failed, hint=hints.get(job["state"], ""))
