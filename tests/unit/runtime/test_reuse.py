"""Under which key finished work is found again."""

from __future__ import annotations

from typing import Any

import pytest

from libs.common.jobs.base import DocumentRow
from libs.common.media.blob import BlobRef
from libs.common.media.footage import Footage, Media, MediaKind, Shot
from libs.common.media.time import RationalTime
from libs.common.pipeline import STAGES
from libs.common.runtime.reuse import blob_refs, input_hash

INPUTS = ((DocumentRow(job_id="j", kind="Brief", key="", sha256="b"),), (DocumentRow(job_id="j", kind="Master", key="", sha256="m"),))
SAME: dict[str, Any] = {"key": "1080p", "inputs": INPUTS, "salt": "s", "tenant": "t"}


def key_of(stage: str = "encoding.encode", **other: Any) -> str:
    return input_hash(STAGES[stage], **{**SAME, **other})


def test_equal_inputs_have_one_key_whatever_the_job() -> None:
    other_job = tuple((DocumentRow(job_id="k", kind=row.kind, key=row.key, sha256=row.sha256),) for (row,) in INPUTS)

    assert key_of(inputs=other_job) == key_of()


@pytest.mark.parametrize("other", [{"key": "540p"}, {"salt": "z"}, {"tenant": "z"}, {"inputs": INPUTS[:1]}, {"stage": "encoding.publish"}])
def test_whatever_decides_the_result_changes_the_key(other: dict[str, Any]) -> None:
    assert key_of(**other) != key_of()


def test_inputs_cannot_slide_from_one_place_to_the_next() -> None:
    (brief,), (master,) = INPUTS

    assert key_of(inputs=((brief, master), ())) != key_of(inputs=((brief,), (master,)))


def test_blobs_are_found_however_deep() -> None:
    blob = BlobRef(key="clips/a.mp4", size_bytes=1, media_type="video/mp4")
    media = Media(kind=MediaKind.video, blob=blob)
    shot = Shot(media=media, source_range=None, share=RationalTime(1, 30))  # type: ignore[arg-type]

    assert list(blob_refs(Footage(scene=0, shots=(shot, shot)))) == [blob, blob]
