"""Following a job over a line that may break."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import httpx2

from libs.client.errors import ApiError, NotAllowed, Refused
from libs.client.line import BUSY, Line
from libs.client.models import TERMINAL, Event, JobDetail

PATIENCE_S = 60.0
"""How long the gateway may be away before following is given up."""
PAUSE_S = 1.0
SNAPSHOT_EVERY_S = 0.3
SILENCE_S = 60.0
"""The gateway speaks each 15 s; a line that is silent for longer is dead."""


class NoEvents(Exception):
    """Event streams do not get through: the job has to be asked for instead."""


def events(line: Line, job_id: str, *, after: int = 0) -> Iterator[Event]:
    """Raises NoEvents where something on the way does not let streams through, Unreachable after `PATIENCE_S` without an answer."""
    heard_at = time.monotonic()
    while True:
        try:
            for event in _one_stream(line, job_id, after):
                after, heard_at = event["seq"], time.monotonic()
                yield event
        except httpx2.SSEError as error:
            raise NoEvents(str(error)) from error
        except httpx2.TransportError as error:
            if time.monotonic() - heard_at > PATIENCE_S:
                raise line.unreachable(error) from error
            time.sleep(PAUSE_S)
            continue
        except ApiError as error:
            if error.status == 429:
                raise NoEvents(str(error)) from error
            if error.status not in BUSY or time.monotonic() - heard_at > PATIENCE_S:
                raise
            time.sleep(PAUSE_S)
            continue
        job: JobDetail = line.ask("GET", f"/v1/jobs/{job_id}")
        if job["state"] in TERMINAL:
            return
        heard_at = time.monotonic()
        time.sleep(PAUSE_S)  # the gateway closed the stream on its own account


def follow(line: Line, job_id: str) -> Iterator[JobDetail]:
    """The job as it is now, then each time that it got on, not more often than `SNAPSHOT_EVERY_S`; the last one is terminal."""
    job: JobDetail = line.ask("GET", f"/v1/jobs/{job_id}")
    yield job
    try:
        shown_at = time.monotonic()
        for event in events(line, job_id) if job["state"] not in TERMINAL else ():
            if event["type"] != "job.state" and time.monotonic() - shown_at < SNAPSHOT_EVERY_S:
                continue
            job = line.ask("GET", f"/v1/jobs/{job_id}")
            shown_at = time.monotonic()
            if job["state"] in TERMINAL:
                break
            yield job
        if job["state"] not in TERMINAL:
            job = line.ask("GET", f"/v1/jobs/{job_id}")
        yield job
    except NoEvents:
        yield from _poll(line, job_id)


def _poll(line: Line, job_id: str) -> Iterator[JobDetail]:
    answered_at = time.monotonic()
    while True:
        try:
            job: JobDetail = line.ask("GET", f"/v1/jobs/{job_id}")
        except (NotAllowed, Refused):
            raise
        except ApiError:
            if time.monotonic() - answered_at > PATIENCE_S:
                raise
            time.sleep(PAUSE_S)
            continue
        answered_at = time.monotonic()
        yield job
        if job["state"] in TERMINAL:
            return
        time.sleep(PAUSE_S)


def _one_stream(line: Line, job_id: str, after: int) -> Iterator[Event]:
    headers = {"Last-Event-ID": str(after), "Accept": "text/event-stream"}
    with line.stream(f"/v1/jobs/{job_id}/events", headers=headers, silence_s=SILENCE_S) as answer:
        for message in httpx2.EventSource(answer):
            event: Event = json.loads(message.data)
            yield event
