"""Verdicts on edits: no text that is drawn goes unread."""

import pytest
from pydantic import TypeAdapter

from libs.common.media.edit import Timeline
from libs.common.media.review import Decision
from libs.common.runtime.context import RecordingContext
from services.moderation.review import review_edit
from services.moderation.text import Policy

TIMELINE = TypeAdapter(Timeline)
BAD = "全国第一"
PLAIN = {"media": {"colour": "#102030"}, "start": 0, "length": 2}


def card(**fields):
    return {"tracks": [{"clips": [PLAIN | {"media": {"card": {"text": "保温杯"} | fields}}]}]}


def overlay(**fields):
    return {"overlays": [{"kind": "text", "start": 0, "length": 1, "text": "保温杯"} | fields]}


def caption(**fields):
    return {"captions": {"phrases": [{"start": 0, "length": 1} | fields]}}


def words(*texts):
    return [{"text": text, "start": 0, "length": 1} for text in texts]


def reviewed(**fields):
    edit = TIMELINE.validate_python({"title": "保温杯", "tracks": [{"clips": [PLAIN]}]} | fields)
    return review_edit(edit, policy=Policy(), context=RecordingContext())


def test_a_plain_edit_is_allowed():
    assert reviewed(**overlay(), **caption(text="保温一整天")).decision is Decision.allow


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"title": BAD}, "/title"),
        (card(text=BAD), "/tracks/0/clips/0/media/card/text"),
        (card(subtext=BAD), "/tracks/0/clips/0/media/card/subtext"),
        (card(style="end", params={"brand": BAD}), "/tracks/0/clips/0/media/card/params/brand"),
        (overlay(text=BAD), "/overlays/0/text"),
        (overlay(subtext=BAD), "/overlays/0/subtext"),
        (overlay(params={"words": BAD}), "/overlays/0/params/words"),
        (caption(text=BAD), "/captions/phrases/0"),
        (caption(words=words("全国", "第一")), "/captions/phrases/0"),
        (caption(text=" ", words=words("全国", "第一")), "/captions/phrases/0"),
    ],
)
def test_every_text_is_read_with_its_place(fields, pointer):
    verdict = reviewed(**fields)
    assert verdict.decision is not Decision.allow
    assert {finding.field for finding in verdict.findings} == {pointer}
