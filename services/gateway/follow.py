"""A job's history as server-sent events, read from SQL: `id` is the event's number, so a reader that comes back misses nothing."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool

from libs.common.jobs.base import Event, Job
from libs.common.media.errors import Unauthenticated, Unavailable
from services.gateway.parts import Gateway

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
BATCH = 500


async def follow(job_id: str, *, after: int, key_id: str, gateway: Gateway) -> AsyncIterator[bytes]:
    """Ends when the job is over and all is told, when the key is no longer good, or when the database does not answer (the reader comes
    back by itself)."""
    spoke_at = time.monotonic()
    with gateway.bell.listen(job_id) as bell:
        while True:
            try:
                job, events = await run_in_threadpool(_news, job_id, after, gateway)
            except Unavailable:
                return
            for event in events:
                after = event.seq
                yield format_sse_event(data_str=_EVENT.dump_json(event).decode(), event=event.type, id=str(event.seq))
            if events:
                spoke_at = time.monotonic()
            if len(events) == BATCH:
                continue
            if job.state.terminal:
                return
            if time.monotonic() - spoke_at >= gateway.settings.ping_s:
                if not await run_in_threadpool(_still_welcome, key_id, gateway):
                    return
                spoke_at = time.monotonic()
                yield KEEPALIVE_COMMENT
            await bell.wait(gateway.settings.event_poll_s)


def _news(job_id: str, after: int, gateway: Gateway) -> tuple[Job, tuple[Event, ...]]:
    """The job is read first: once it is over, the events that are read after it are all there will be."""
    return gateway.jobs.job(job_id), gateway.jobs.events(job_id, after=after, limit=BATCH)


def _still_welcome(key_id: str, gateway: Gateway) -> bool:
    """Whether the key is known to be good. The headers are sent: an error could reach nobody any more."""
    try:
        gateway.accounts.live(key_id)
    except (Unauthenticated, Unavailable):
        return False
    return True
