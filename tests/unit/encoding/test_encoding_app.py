import json
from collections.abc import Callable

from starlette.testclient import TestClient

from libs.common import documents
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.presets import PRESETS
from libs.common.media.sound import Soundtrack
from libs.common.media.timeline import Cut
from libs.common.pipeline import STAGES
from services.encoding.app import create_app
from services.encoding.settings import EncodingSettings
from services.encoding.steps import build_steps
from services.encoding.timeline import timeline_json


def test_the_catalogue_names_every_preset_with_its_sizes():
    with TestClient(create_app(EncodingSettings())) as client:
        answer = client.get("/v1/presets")

    assert answer.status_code == 200
    assert [entry["name"] for entry in answer.json()] == list(PRESETS)
    assert answer.json()[0]["sizes"]["9:16"] == {"width_px": 1080, "height_px": 1920}


def test_the_service_answers_that_it_lives():
    with TestClient(create_app(EncodingSettings())) as client:
        assert client.get("/livez").status_code == 200


def test_with_a_token_the_catalogue_wants_it():
    with TestClient(create_app(EncodingSettings(token="secret-of-the-house"))) as client:
        assert client.get("/v1/presets").status_code == 401
        assert client.get("/v1/presets", headers={"Authorization": "Bearer secret-of-the-house"}).status_code == 200


def test_every_encoding_stage_has_a_binding():
    steps = build_steps(EncodingSettings(), blobs=MemoryBlobStore())

    assert set(steps) == {name for name in STAGES if name.startswith("encoding.")}


def test_what_decides_the_bytes_is_part_of_the_key():
    plain, labelled = (
        build_steps(settings, blobs=MemoryBlobStore())
        for settings in (EncodingSettings(), EncodingSettings(content_producer="001191310000MA1K00000X10000"))
    )
    other_threads = build_steps(EncodingSettings(threads=2), blobs=MemoryBlobStore())

    assert plain["encoding.assemble"].salt() != labelled["encoding.assemble"].salt()
    assert plain["encoding.encode"].salt() != other_threads["encoding.encode"].salt()


def test_each_cut_of_the_timeline_file_can_be_read_back(make_cut: Callable[..., Cut], soundtrack: Soundtrack):
    cuts = (make_cut(0, 31, (3, 10, "手冲壶")), make_cut(1, 69))

    timeline = json.loads(timeline_json("手冲壶", cuts, soundtrack))

    assert timeline["length"] == 100
    assert timeline["scene_starts"] == [0, 31]
    assert tuple(documents.load(Cut, json.dumps(entry).encode()) for entry in timeline["cuts"]) == cuts
