"""What a folder or a list of annotations holds."""

import json

import pytest

from libs.client.ingest import find_items
from libs.client.output import Wrong


def test_a_list_names_its_media_relative_to_itself(tmp_path):
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips" / "a.mp4").write_bytes(b"x")
    lines = [{"video_id": "a", "uri": "clips/a.mp4"}, {"video_id": "b", "transcript": "no media"}, {"video_id": "c", "uri": "s3://x/c.mp4"}]
    (tmp_path / "all.jsonl").write_text("\n".join(json.dumps(line) for line in lines) + "\n\n")

    items = find_items(tmp_path / "all.jsonl")

    assert [item.annotation["video_id"] for item in items] == ["a", "b", "c"]
    assert [item.media for item in items] == [(tmp_path / "clips" / "a.mp4").resolve(), None, None]


def test_a_folder_is_searched_for_lists_sidecars_and_bare_files(tmp_path):
    for name in ("a.mp4", "b.mov", "sub/c.MP4", "d.mp4", "notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "list.jsonl").write_text(json.dumps({"video_id": "listed", "uri": "a.mp4"}))
    (tmp_path / "b.mov.json").write_text(json.dumps({"video_id": "beside"}))
    (tmp_path / "d.json").write_text(json.dumps({"video_id": "beside too"}))

    found = {item.media.name: item.annotation.get("video_id") for item in find_items(tmp_path)}

    assert found == {"a.mp4": "listed", "b.mov": "beside", "c.MP4": None, "d.mp4": "beside too"}


@pytest.mark.parametrize(("line", "said"), [("{", "not JSON"), ("[]", "no annotation"), ('{"uri": "gone.mp4"}', "not there")])
def test_a_line_that_cannot_be_used_is_named_with_its_number(tmp_path, line, said):
    path = tmp_path / "list.jsonl"
    path.write_text('{"video_id": "fine"}\n' + line)

    with pytest.raises(Wrong, match=f":2.*{said}"):
        find_items(path)


def test_nothing_to_bring_in_is_an_error(tmp_path):
    with pytest.raises(Wrong, match="nothing"):
        find_items(tmp_path)
    with pytest.raises(Wrong, match="not there"):
        find_items(tmp_path / "missing")
