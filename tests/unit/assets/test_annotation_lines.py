"""Annotations are read line by line, and each bad one gets its own answer."""

from __future__ import annotations

import json

import pytest

from libs.common.media.brief import Language
from libs.common.media.errors import InvalidInput, TooLarge
from libs.common.media.footage import Media, MediaKind, Subject
from libs.common.media.time import RationalTime
from services.assets.choose import GRID, Option, shot_of
from services.assets.clip import Annotation, Clip, Ingested, language_of, orientation_of
from services.assets.index.base import Orientation
from services.assets.ingest import LINE_BYTES, MOST_LINES, Line, read_annotation, read_lines


def read(value: object) -> Annotation | Ingested:
    return read_annotation(Line(1, value))


def test_an_array_and_lines_say_the_same() -> None:
    items = [{"video_id": "a"}, {"video_id": "b"}]

    assert read_lines(json.dumps(items).encode()) == read_lines(b"\n".join(json.dumps(item).encode() for item in items) + b"\n")


def test_empty_lines_count_but_are_no_lines() -> None:
    assert [line.number for line in read_lines(b'{"video_id":"a"}\n\n{"video_id":"b"}\n')] == [1, 3]


def test_a_line_that_is_no_json_does_not_spoil_the_others() -> None:
    first, second = (read_annotation(line) for line in read_lines(b'{"video_id": \n{"video_id": "b"}'))

    assert isinstance(first, Ingested)
    assert first.code == "annotation.unreadable"
    assert isinstance(second, Annotation)


def test_a_line_that_is_too_long_is_not_parsed() -> None:
    (line,) = read_lines(b'{"video_id": "' + b"x" * LINE_BYTES + b'"}')

    answer = read_annotation(line)

    assert isinstance(answer, Ingested)
    assert answer.code == "annotation.too_long"


def test_too_many_lines_are_refused_before_any_work() -> None:
    with pytest.raises(TooLarge, match="are allowed"):
        read_lines(b"{}\n" * (MOST_LINES + 1))


@pytest.mark.parametrize("body", [b"[", b"[" * 100_000, b"[1,"])
def test_a_broken_array_is_refused_whole(body: bytes) -> None:
    with pytest.raises(InvalidInput, match="no JSON"):
        read_lines(body)


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({}, "/video_id"),
        ({"video_id": ""}, "/video_id"),
        ({"video_id": "a/b"}, "/video_id"),
        ({"video_id": "a", "duration": -1}, "/duration"),
        ({"video_id": "a", "duration": float("nan")}, "/duration"),
        ({"video_id": "a", "tags": ["x"] * 65}, "/tags"),
        ({"video_id": "a", "tags": [" "]}, "/tags/0"),
        ({"video_id": "a", "key_frames": ["soon"]}, "/key_frames/0"),
        ({"video_id": "a", "language": "fr"}, "/language"),
        ({"video_id": "a", "transcript": "x" * 20_001}, "/transcript"),
        ({"video_id": "a", "subjects": [{"kind": "cat", "left": 0, "top": 0, "width": 1, "height": 1}]}, "/subjects/0/kind"),
        ({"video_id": "a", "subjects": [{"kind": "face", "left": -0.1, "top": 0, "width": 1, "height": 1}]}, "/subjects/0/left"),
        ({"video_id": "a", "subjects": [{"kind": "face", "left": 0.5, "top": 0, "width": 0.6, "height": 1}]}, "/subjects/0"),
        ({"video_id": "a", "subjects": [{"kind": "face", "left": 0.5, "top": 0, "width": 0, "height": 1}]}, "/subjects/0"),
        ({"video_id": "a", "subjects": [{"kind": "face", "left": 0.5, "top": 0, "width": 0.1}]}, "/subjects/0/height"),
    ],
)
def test_a_bad_field_is_named(value: dict[str, object], field: str) -> None:
    answer = read(value)

    assert isinstance(answer, Ingested)
    assert (answer.code, answer.field) == ("annotation.invalid", field)


def test_the_common_spellings_of_fields_are_taken() -> None:
    answer = read({"video_id": "a", "lang": "zh", "license": "CC0"})

    assert isinstance(answer, Annotation)
    assert (answer.language, answer.licence) == (Language.zh, "CC0")


def test_the_boxes_of_faces_and_products_are_kept_and_reach_the_shot() -> None:
    answer = read({"video_id": "a", "subjects": [{"kind": "face", "left": 0.25, "top": 0.1, "width": 0.5, "height": 0.3}]})

    assert isinstance(answer, Annotation)
    option = Option(id="a", media=Media(kind=MediaKind.image), relevance=1.0, reason="", clip=Clip(annotation=answer, media=None))
    shot = shot_of(option, RationalTime(30, GRID), seed=0, scene=0)
    assert shot.subjects == (Subject(kind="face", left=0.25, top=0.1, width=0.5, height=0.3),)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("a red cup", Language.en),
        ("红色的杯子", Language.zh),
        ("iPhone 手机开箱", Language.zh),
        ("the word 茶 means tea in English", Language.en),
        ("", Language.en),
    ],
)
def test_the_language_of_a_text_is_found_out(text: str, language: Language) -> None:
    assert language_of(text) is language


@pytest.mark.parametrize(
    ("size", "orientation"),
    [((1080, 1920), Orientation.portrait), ((1920, 1080), Orientation.landscape), ((1000, 1080), Orientation.square)],
)
def test_orientation_is_by_the_sides(size: tuple[int, int], orientation: Orientation) -> None:
    assert orientation_of(*size) is orientation
