"""Briefs from files, with their images."""

import pytest

from libs.client.briefs import load_brief, send_images
from libs.client.output import Wrong


def test_images_beside_the_brief_are_uploaded_once_each(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"x")
    (tmp_path / "logo.png").write_bytes(b"y")
    brief = {
        "product": {
            "images": ["photo.jpg", {"file": "photo.jpg"}, "https://shop.test/a.jpg", {"url": "https://shop.test/b.jpg"}, {"upload": "k"}],
            "brand": {"logo": "logo.png"},
        }
    }
    sent = []

    def upload(path):
        sent.append(path.name)
        return f"uploads/{path.name}"

    assert send_images(brief, beside=tmp_path, upload=upload) == 2
    assert sent == ["photo.jpg", "logo.png"]
    assert brief["product"]["images"] == [
        {"upload": "uploads/photo.jpg"},
        {"upload": "uploads/photo.jpg"},
        {"url": "https://shop.test/a.jpg"},
        {"url": "https://shop.test/b.jpg"},
        {"upload": "k"},
    ]
    assert brief["product"]["brand"]["logo"] == {"upload": "uploads/logo.png"}


def test_an_image_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Wrong, match=r"photo\.jpg"):
        send_images({"product": {"images": ["photo.jpg"]}}, beside=tmp_path, upload=str)


@pytest.mark.parametrize(
    "brief", [{}, {"product": 1}, {"product": {"images": 1, "brand": []}}, {"product": {"images": [1, None, {"a": 1}]}}]
)
def test_what_is_in_the_wrong_place_is_left_for_the_gateway(tmp_path, brief):
    assert send_images(brief, beside=tmp_path, upload=str) == 0


def test_a_brief_is_yaml_or_json(tmp_path):
    path = tmp_path / "brief.yaml"
    path.write_text("product:\n  name: 保温杯\n", encoding="utf-8")
    assert load_brief(path) == {"product": {"name": "保温杯"}}

    path.write_text('{"product": {"name": "cup"}}')
    assert load_brief(path) == {"product": {"name": "cup"}}


@pytest.mark.parametrize(("text", "code"), [("a: [", 4), ("just text", 4), (None, 2)])
def test_what_is_no_brief_says_so(tmp_path, text, code):
    path = tmp_path / "brief.yaml"
    if text is not None:
        path.write_text(text)

    with pytest.raises(Wrong) as caught:
        load_brief(path)
    assert caught.value.code == code
