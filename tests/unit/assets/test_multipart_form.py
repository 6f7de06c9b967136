"""Forms are read into memory as they come, and no further than allowed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from libs.common.media.errors import InvalidInput, TooLarge
from services.assets.multipart import Form, read_form

TYPE = "multipart/form-data; boundary=edge"
BODY = (
    b'--edge\r\nContent-Disposition: form-data; name="annotation"\r\n\r\n{"video_id": "a"}\r\n'
    b'--edge\r\nContent-Disposition: form-data; name="file"; filename="clip.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
    + bytes(range(256)) * 20
    + b"\r\n--edge--\r\n"
)


def read(body: bytes = BODY, *, kind: str = TYPE, most_bytes: int = 10_000, piece: int = 7) -> Form:
    async def stream() -> AsyncIterator[bytes]:
        for start in range(0, len(body), piece):
            yield body[start : start + piece]

    return asyncio.run(read_form(stream(), kind, most_bytes=most_bytes))


def test_parts_arrive_whole_however_the_body_is_cut() -> None:
    for piece in (1, 7, 100_000):
        form = read(piece=piece)

        assert form.text("annotation") == b'{"video_id": "a"}'
        assert form.file("file").file.read() == bytes(range(256)) * 20
        assert form.file("file").filename == "clip.mp4"
        form.close()


def test_a_file_is_refused_as_soon_as_it_is_too_large() -> None:
    with pytest.raises(TooLarge) as caught:
        read(most_bytes=100)

    assert caught.value.code == "media.too_large"


@pytest.mark.parametrize("kind", ["application/json", "", "multipart/form-data", "multipart/mixed; boundary=edge"])
def test_another_kind_of_body_is_refused(kind: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(kind=kind)

    assert caught.value.code == "upload.not_multipart"


@pytest.mark.parametrize(
    "body", [BODY[:-20], b"nonsense", BODY.replace(b'name="annotation"', b'name="file"'), BODY.replace(b' name="file";', b"")]
)
def test_a_broken_body_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(body)

    assert caught.value.code == "upload.malformed"


def test_a_part_that_is_missing_is_named() -> None:
    form = read()

    with pytest.raises(InvalidInput) as caught:
        form.file("image")
    form.close()

    assert (caught.value.code, caught.value.field) == ("upload.missing", "/image")


def test_a_form_of_many_parts_is_refused() -> None:
    part = b'--edge\r\nContent-Disposition: form-data; name="p%d"\r\n\r\nx\r\n'

    with pytest.raises(TooLarge, match="parts"):
        read(b"".join(part % number for number in range(9)) + b"--edge--\r\n")
