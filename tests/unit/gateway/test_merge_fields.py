"""Merge fields and the reading of edits."""

from __future__ import annotations

import pytest

from libs.common import documents
from libs.common.media.edit import Timeline
from libs.common.media.errors import InvalidInput, TooLarge
from services.gateway.edits.merge import merged
from services.gateway.edits.read import read_edit
from services.gateway.settings import GatewaySettings

CLIP = {"media": {"colour": "#000000"}, "start": 0, "length": 1}


def test_a_field_inside_a_text_is_replaced():
    assert merged({"title": "Only {{ PRICE }}!", "merge": {"PRICE": "$5"}}) == ({"title": "Only $5!"}, [])


def test_a_field_that_is_the_whole_text_keeps_the_kind_of_its_value():
    assert merged({"start": "{{AT}}", "merge": {"AT": 2.5}})[0] == {"start": 2.5}


def test_a_value_is_not_looked_at_again():
    assert merged({"title": "{{ A }}", "merge": {"A": "{{ B }}", "B": "x"}})[0] == {"title": "{{ B }}"}


def test_a_field_without_a_value_is_named_with_its_place():
    _, errors = merged({"tracks": [{"a/b": "{{ X }}"}], "merge": {}})
    assert [(error.code, error.field) for error in errors] == [("edit.unresolved_merge", "/tracks/0/a~1b")]


def test_braces_that_are_no_field_stay():
    assert merged({"title": "{{ 1 + 1 }} {{}}"})[0] == {"title": "{{ 1 + 1 }} {{}}"}


def test_more_clips_than_allowed_are_one_error():
    with pytest.raises(TooLarge) as refused:
        read_edit({"tracks": [{"clips": [{}] * 501}]}, GatewaySettings())
    assert (refused.value.code, refused.value.field) == ("edit.too_many_clips", "/tracks")


def test_a_number_of_a_billion_digits_is_refused_at_once():
    body = {"title": "x", "tracks": [{"clips": [CLIP | {"start": "1e999999999"}]}]}
    with pytest.raises(ExceptionGroup) as refused:
        read_edit(body, GatewaySettings())
    assert [error.field for error in refused.value.exceptions] == ["/tracks/0/clips/0/start"]


@pytest.mark.parametrize("body", [None, [], 7, "text"])
def test_what_is_no_object_is_refused(body):
    with pytest.raises(InvalidInput):
        read_edit(body, GatewaySettings())


def test_a_decimal_is_exact():
    read = read_edit({"title": "x", "tracks": [{"clips": [CLIP | {"start": 0.1, "length": "1/3"}]}]}, GatewaySettings())
    clip = read.timeline.tracks[0].clips[0]
    assert (str(clip.start), str(clip.length)) == ("1/10", "1/3")


def refused(body):
    with pytest.raises(ExceptionGroup) as caught:
        read_edit(body, GatewaySettings())
    return [(error.code, error.field) for error in caught.value.exceptions]


def plain(**more):
    return {"title": "x", "tracks": [{"clips": [CLIP]}]} | more


def test_a_field_may_have_a_chinese_name():
    assert merged({"title": "{{ 价格 }}", "merge": {"价格": "¥149"}})[0] == {"title": "¥149"}


def test_short_fields_cannot_ask_for_gigabytes():
    body = plain(merge={"A": "x" * 2_000}, overlays=[{"text": "{{A}} " * 300}] * 300)
    with pytest.raises(TooLarge) as too_large:
        read_edit(body, GatewaySettings())
    assert too_large.value.code == "edit.merge_too_large"


@pytest.mark.parametrize("value", [None, [], {"colour": "#000000"}, "x" * 2_001])
def test_a_value_that_is_no_short_text_and_no_number_is_refused(value):
    assert refused(plain(merge={"A": value})) == [("edit.merge", "/merge/A")]


def test_more_values_than_allowed_are_refused():
    assert refused(plain(merge={f"v{n}": 1 for n in range(201)})) == [("edit.merge", "/merge")]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400])
def test_a_number_that_is_none_is_refused_wherever_it_stands(value):
    clip = CLIP | {"effects": [{"name": "vignette", "params": {"strength": value}}]}
    assert refused(plain(tracks=[{"clips": [clip]}])) == [("request.finite_number", "/tracks/0/clips/0/effects/0/params/strength")]
    assert refused(plain(merge={"A": value})) == [("request.finite_number", "/merge/A")]


@pytest.mark.parametrize("levels", [40, 5_000])
def test_an_endless_nest_is_refused(levels):
    nest: list[object] = []
    for _ in range(levels):
        nest = [nest]
    assert [code for code, _ in refused(plain(tracks=nest))] == ["request.too_deep"]


def test_a_heap_of_names_is_one_error():
    clip = CLIP | {"effects": [{"name": "vignette", "params": {f"p{n}": None for n in range(1_000)}}]}
    assert refused(plain(tracks=[{"clips": [clip]}])) == [("request.too_long", "/tracks/0/clips/0/effects/0/params")]


def test_a_parameter_of_the_wrong_kind_is_named_once():
    clip = CLIP | {"effects": [{"name": "vignette", "params": {"strength": None}}]}
    assert refused(plain(tracks=[{"clips": [clip]}])) == [("request.float_type", "/tracks/0/clips/0/effects/0/params/strength")]


@pytest.mark.parametrize("written", [1 / 3, 0.1 + 0.2, 5e-324, "0.123456789012", "598.123456789012", "7/999999999"])
def test_whatever_time_is_accepted_can_be_written_and_read_again(written):
    timeline = read_edit(plain(tracks=[{"clips": [CLIP | {"start": written}]}], rate=25), GatewaySettings()).timeline
    assert documents.load(Timeline, documents.dump(timeline)) == timeline
