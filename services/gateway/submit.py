"""Accept a brief or an edit: store the document, record the job, ring."""

from __future__ import annotations

from functools import partial

from starlette.concurrency import run_in_threadpool

from libs.common import documents
from libs.common.blobs.base import store_document
from libs.common.jobs.base import Submission
from libs.common.media.brief import Brief
from libs.common.media.edit import Remark, Timeline
from services.gateway.edits.look import look_at
from services.gateway.parts import Gateway
from services.gateway.prepare import prepare


async def submit(brief: Brief, *, tenant: str, idempotency_key: str | None, gateway: Gateway) -> Submission:
    """Raises Conflict (`idempotency.key_reused`), and what `prepare` raises. The same key with the same brief gives the first job."""
    asked = documents.content_hash(documents.dump(brief))
    if idempotency_key is not None:
        look = partial(gateway.jobs.submitted, tenant=tenant, idempotency_key=idempotency_key, request_sha256=asked)
        if (earlier := await run_in_threadpool(look)) is not None:
            return earlier  # before the images: whoever asks again must not depend on another's web server
    prepared = await prepare(brief, tenant=tenant, gateway=gateway)
    return await run_in_threadpool(_record, prepared, prepared.product.name, prepared.presets, asked, tenant, idempotency_key, gateway)


async def submit_edit(
    timeline: Timeline, *, tenant: str, idempotency_key: str | None, gateway: Gateway
) -> tuple[Submission, tuple[Remark, ...]]:
    """The same for an edit, with what there is to say about it. Raises what `look_at` raises."""
    asked = documents.content_hash(documents.dump(timeline))
    if idempotency_key is not None:
        look = partial(gateway.jobs.submitted, tenant=tenant, idempotency_key=idempotency_key, request_sha256=asked)
        if (earlier := await run_in_threadpool(look)) is not None:
            return earlier, ()
    looked = await look_at(timeline, tenant=tenant, gateway=gateway)
    ours = looked.timeline
    recorded = await run_in_threadpool(_record, ours, ours.title, ours.renditions, asked, tenant, idempotency_key, gateway)
    return recorded, looked.remarks


def _record(
    root: Brief | Timeline,
    title: str,
    presets: tuple[str, ...],
    asked: str,
    tenant: str,
    idempotency_key: str | None,
    gateway: Gateway,
) -> Submission:
    sha256 = store_document(gateway.blobs, root)
    submission = gateway.jobs.submit(
        tenant=tenant,
        root=type(root),
        root_sha256=sha256,
        title=title,
        presets=presets,
        idempotency_key=idempotency_key,
        request_sha256=asked,
    )
    if submission.created:
        gateway.doorbell.ring(submission.ready)
    return submission
