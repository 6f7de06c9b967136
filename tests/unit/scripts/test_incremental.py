from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scripts.incremental import ArrayReader, MalformedStream

texts = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(['"', "\\", "{", "}]", '\\"', "[{", "\u2028", "😀"])
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8)
scenes = st.lists(st.dictionaries(texts, values, max_size=4), max_size=4)
others = st.dictionaries(texts.filter(lambda key: key != "scenes"), values | st.just({"scenes": [{"a": 1}]}), max_size=3)


@given(before=others, found=scenes, after=others, indent=st.sampled_from([None, 1]), ascii_only=st.booleans(), cuts=st.randoms())
def test_reads_in_any_pieces_what_json_loads_reads_at_once(
    before: dict[str, Any], found: list[dict[str, Any]], after: dict[str, Any], indent: int | None, ascii_only: bool, cuts: random.Random
) -> None:
    document = {**before, "scenes": found, **{key: value for key, value in after.items() if key not in before}}
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    reader, read = ArrayReader("scenes"), []
    while text:
        size = cuts.randint(1, 9)
        read += reader.feed(text[:size])
        text = text[size:]

    assert read == found
    assert reader.close() == document


def test_an_object_is_there_with_its_last_brace() -> None:
    reader = ArrayReader("scenes")

    assert reader.feed('{"scenes": [{"a": "}]\\"{"') == []
    assert reader.feed("}") == [{"a": '}]"{'}]
    assert reader.feed(', {"b": {"c": []}}') == [{"b": {"c": []}}]


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "}",
        '{"scenes": [{"a": 1]]}',
        '{"scenes": [{"a": NaN}]}',
        '{"scenes": [{"a": "\x01"}]}',
        '{"scenes": [{"a": 1,}]}',
        '{"scenes": [{}], "scenes": [{"a": 1}]}',
        '{"scenes": {}}',
        '{"scenes": [1]}',
        '{"scenes": [{}]',
        '{"scenes": [{}]} trailing',
        "<html><body>502</body></html>",
    ],
)
def test_what_json_would_refuse_is_refused(text: str) -> None:
    def read() -> None:
        reader = ArrayReader("scenes")
        reader.feed(text)
        reader.close()

    with pytest.raises(MalformedStream):
        read()


def test_white_space_without_end_is_not_waited_for() -> None:
    reader = ArrayReader("scenes")

    with pytest.raises(MalformedStream, match="white space"):
        reader.feed("{" + " \n" * 200)


def test_a_stream_without_end_is_cut() -> None:
    reader = ArrayReader("scenes", longest=1_000)

    with pytest.raises(MalformedStream, match="1000"):
        reader.feed('{"scenes": [{"a": "' + "x" * 1_000)
