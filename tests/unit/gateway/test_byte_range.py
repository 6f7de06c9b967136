"""Ranges as RFC 9110 has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.byte_range import Span, Unsatisfiable, names, parse_range

SIZE = 1_000


@pytest.mark.parametrize(
    ("header", "span"),
    [
        (None, None),
        ("bytes=0-0", Span(0, 1)),
        ("bytes=0-499", Span(0, 500)),
        ("bytes=500-", Span(500, SIZE)),
        ("bytes=900-5000", Span(900, SIZE)),
        ("bytes=-1", Span(999, SIZE)),
        ("bytes=-5000", Span(0, SIZE)),
        (" Bytes = 0-1", None),
        ("bytes=0-1,5-6", None),
        ("bytes=5-1", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("items=0-1", None),
        ("bytes=٣-٤", None),
    ],
)
def test_a_range_is_understood_or_ignored(header, span):
    assert parse_range(header, SIZE) == span


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_a_range_without_a_byte_in_it_is_refused(header):
    with pytest.raises(Unsatisfiable):
        parse_range(header, SIZE)


@given(header=st.text(max_size=40) | st.from_regex(r"bytes=\d{0,25}-\d{0,25}", fullmatch=True), size=st.integers(0, 10**15))
def test_whatever_comes_the_span_lies_in_the_file(header, size):
    try:
        span = parse_range(header, size)
    except Unsatisfiable:
        return
    assert span is None or 0 <= span.start < span.end <= size


@pytest.mark.parametrize(
    ("header", "same"),
    [(None, False), ('"abc"', True), ('W/"abc"', True), ('"x", "abc"', True), ("*", True), ('"abcd"', False), ("abc", False)],
)
def test_entity_tags_are_compared_whole(header, same):
    assert names(header, '"abc"') is same
