"""Previews over HTTP."""

import io

import av
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from services.composition.app import create_app
from services.composition.previews.drawn import CATALOGUES, Kind
from services.composition.previews.kept import Format, Previews
from services.composition.settings import CompositionSettings, Drawing

SETTINGS = CompositionSettings(executor=Drawing.opencv)
SIZES = {Kind.effect: 2, Kind.transition: 5, Kind.caption_style: 2, Kind.overlay: 1, Kind.card: 1, Kind.layout: 1}


@pytest.fixture(scope="module")
def service():
    with TestClient(create_app(SETTINGS)) as client:
        yield client


def first(kind):
    return next(iter(CATALOGUES[kind]))


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_shown_as_a_row_of_pictures(service, kind):
    answer = service.get(f"/v1/{kind}/{first(kind)}/preview")
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (answer.headers["content-type"], picture.format) == ("image/jpeg", "JPEG")
        assert picture.size == (SIZES[kind] * 360 + (SIZES[kind] - 1) * 4, 640)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_shown_as_two_seconds_of_film(service, kind):
    answer = service.get(f"/v1/{kind}/{first(kind)}/preview", params={"format": "mp4"})
    assert answer.headers["content-type"] == "video/mp4"
    with av.open(io.BytesIO(answer.content)) as film:
        assert sum(1 for _ in film.decode(video=0)) == 60


def test_who_has_it_already_is_told_so(service):
    path = f"/v1/effects/{first(Kind.effect)}/preview"
    etag = service.get(path).headers["etag"]
    again = service.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert service.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_preview_is_drawn_once_and_the_same_each_time():
    one, other = Previews(SETTINGS), Previews(SETTINGS)
    found = one.get(Kind.effect, "grain", Format.jpeg)
    assert one.get(Kind.effect, "grain", Format.jpeg) is found
    assert other.get(Kind.effect, "grain", Format.jpeg).etag == found.etag


@pytest.mark.parametrize(
    ("path", "status", "code"), [("effects/none", 404, "catalogue.unknown_name"), ("effects/blur", 422, "request.invalid")]
)
def test_what_is_not_there_is_refused(service, path, status, code):
    answer = service.get(f"/v1/{path}/preview", params={"format": "gif"} if status == 422 else {})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
