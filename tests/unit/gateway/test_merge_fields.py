"""Merge fields and the reading of edits."""

from __future__ import annotations

import pytest

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
