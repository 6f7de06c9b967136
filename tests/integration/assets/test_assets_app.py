"""The library over HTTP, as the gateway and step workers use it."""

from __future__ import annotations

import asyncio
import io
import json
import wave
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image
from pydantic import SecretStr

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.errors import InvalidInput
from libs.common.runtime.settings import DatabaseSettings
from services.assets import app as app_module
from services.assets.app import create_app
from services.assets.library import RemoteLibrary
from services.assets.search import ClipQuery
from services.assets.settings import AssetsSettings
from services.assets.steps import build_steps, open_library

Film = Callable[..., Path]
TENANT = {"X-Reelsmith-Tenant": "acme"}
TEA = {"video_id": "tea", "tags": ["tea"], "transcript": "A woman pours tea into a cup. Steam rises from the cup."}


@pytest.fixture(scope="module")
def blobs() -> MemoryBlobStore:
    return MemoryBlobStore()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, blobs: MemoryBlobStore) -> Iterator[TestClient]:
    """With the real embedding and index, on SQLite."""
    folder = tmp_path_factory.mktemp("assets")
    settings = AssetsSettings(index_root=folder / "index", media_bytes=3_000_000, image_hosts=("img.example",))
    library = open_library(settings, blobs=blobs, database=DatabaseSettings(url=SecretStr(f"sqlite:///{folder}/reelsmith.db")))
    with TestClient(create_app(settings, library=library, blobs=blobs), headers=TENANT) as made:
        yield made
    library.close()


def png(colour: str = "red") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(target, "PNG")
    return target.getvalue()


def problem(answer: object) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]  # type: ignore[attr-defined]


def test_lines_go_in_and_are_found(client: TestClient) -> None:
    lines = "\n".join(json.dumps(line) for line in (TEA, {"video_id": "bad", "duration": -1}))

    answer = client.post("/v1/library/clips", content=lines, headers={"Content-Type": "application/x-ndjson"})

    assert answer.status_code == 200
    assert (answer.json()["created"], answer.json()["refused"]) == (1, 1)
    assert answer.json()["items"][1] == {
        "id": "bad",
        "outcome": "refused",
        "line": 2,
        "code": "annotation.invalid",
        "detail": "Input should be greater than or equal to 0",
        "field": "/duration",
    }
    (hit,) = client.get("/v1/library/search", params={"q": "somebody is pouring a hot drink"}).json()["results"]
    assert (hit["id"], hit["has_media"]) == ("tea", False)
    assert hit["explain"]["dense"] > 0.3


def test_media_goes_in_with_its_annotation(client: TestClient, film: Film) -> None:
    annotation = {"video_id": "kettle", "transcript": "A kettle boils on a stove.", "key_frames": [0.5]}
    path = film("kettle.mp4", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")

    answer = client.post(
        "/v1/library/media", data={"annotation": json.dumps(annotation)}, files={"file": ("k.mp4", path.read_bytes(), "video/mp4")}
    )

    assert answer.status_code == 201
    assert answer.json()["items"] == [{"id": "kettle", "outcome": "created"}]
    clip = client.get("/v1/library/clips/kettle").json()
    assert (clip["has_media"], clip["duration"], clip["media"]["frames"], clip["media"]["orientation"]) == (True, 1.0, 30, "landscape")
    assert client.get("/v1/library/stats").json()["with_media"] == 1


@pytest.mark.parametrize(
    ("data", "files", "expected"),
    [
        ({}, {"file": ("x.mp4", b"#EXTM3U", "video/mp4")}, (422, "media.not_allowed_format")),
        ({}, {"file": ("x.mp4", b"", "video/mp4")}, (422, "media.empty")),
        ({}, {"file": ("x.mp4", bytes(3_000_001), "video/mp4")}, (413, "media.too_large")),
        ({"annotation": "{"}, {"file": ("x.png", png(), "image/png")}, (422, "annotation.unreadable")),
        ({"annotation": '{"video_id": 1}'}, {"file": ("x.png", png(), "image/png")}, (422, "annotation.invalid")),
        ({"annotation": "{}"}, {"other": ("x.png", png(), "image/png")}, (422, "upload.missing")),
    ],
)
def test_what_cannot_be_used_is_a_problem(
    client: TestClient, data: dict[str, str], files: dict[str, object], expected: tuple[int, str]
) -> None:
    assert problem(client.post("/v1/library/media", data=data, files=files)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["/v1/library/media", "/v1/uploads"])
def test_no_more_files_come_in_at_a_time_than_fit(blobs: MemoryBlobStore, tmp_path: Path, path: str) -> None:
    settings = AssetsSettings(index_root=tmp_path / "index", uploads=1)
    library = open_library(settings, blobs=blobs, database=DatabaseSettings(url=SecretStr(f"sqlite:///{tmp_path}/r.db")))
    body = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="p.png"\r\n\r\n' + png() + b"\r\n--edge--\r\n"
    headers = TENANT | {"Content-Type": "multipart/form-data; boundary=edge"}
    read: list[str] = []

    async def asked() -> tuple[httpx.Response, httpx.Response, httpx.Response]:
        halfway, go_on = asyncio.Event(), asyncio.Event()

        async def slowly() -> AsyncIterator[bytes]:
            yield body[:60]
            halfway.set()
            await go_on.wait()
            yield body[60:]

        async def unread() -> AsyncIterator[bytes]:
            read.append("body")
            yield body

        transport = httpx.ASGITransport(create_app(settings, library=library, blobs=blobs))
        async with httpx.AsyncClient(transport=transport, base_url="http://assets", headers=headers) as http:
            first = asyncio.create_task(http.post(path, content=slowly()))
            await halfway.wait()
            second = await http.post(path, content=unread())
            go_on.set()
            return await first, second, await http.post(path, content=body)

    first, busy, later = asyncio.run(asked())
    library.close()

    assert (first.status_code, later.status_code) == (201, 201)
    assert problem(busy) == (429, "upload.busy")
    assert int(busy.headers["Retry-After"]) > 0
    assert not read


def test_a_refused_file_gives_its_place_back(blobs: MemoryBlobStore, tmp_path: Path) -> None:
    settings = AssetsSettings(index_root=tmp_path / "index", uploads=1)
    library = open_library(settings, blobs=blobs, database=DatabaseSettings(url=SecretStr(f"sqlite:///{tmp_path}/r.db")))
    with TestClient(create_app(settings, library=library, blobs=blobs), headers=TENANT) as one_place:
        codes = [problem(one_place.post("/v1/uploads", content=b"nothing"))[1] for _ in range(2)]
    library.close()

    assert codes == ["upload.not_multipart", "upload.not_multipart"]


def test_clips_can_be_removed(client: TestClient) -> None:
    client.post("/v1/library/clips", json=[{"video_id": "gone"}])

    assert client.delete("/v1/library/clips/gone").status_code == 204
    assert problem(client.delete("/v1/library/clips/gone")) == (404, "library.no_clip")
    assert problem(client.get("/v1/library/clips/gone")) == (404, "library.no_clip")


def test_the_tenant_has_to_be_named(client: TestClient) -> None:
    assert client.get("/v1/library/stats", headers={"X-Reelsmith-Tenant": ""}).status_code == 422
    assert client.get("/v1/library/clips/tea", headers={"X-Reelsmith-Tenant": "rival"}).status_code == 404


def test_a_strange_library_name_is_refused(client: TestClient) -> None:
    assert client.get("/v1/library/stats", params={"library": "../etc"}).status_code == 422


def test_an_image_is_uploaded_once(client: TestClient, blobs: MemoryBlobStore) -> None:
    first, second = (client.post("/v1/uploads", files={"file": ("p.png", png(), "image/png")}) for _ in range(2))

    assert first.status_code == 201
    assert first.json() == second.json()
    assert (first.json()["width_px"], first.json()["media_type"]) == (40, "image/png")
    assert blobs.exists(first.json()["key"])


@pytest.mark.parametrize(("body", "code"), [(b"<svg/>", "media.not_allowed_format"), (b"RIFF\x00\x00\x00\x00AVI ", "image.not_an_image")])
def test_what_is_no_image_is_not_uploaded(client: TestClient, body: bytes, code: str) -> None:
    assert problem(client.post("/v1/uploads", files={"file": ("p.png", body, "image/png")})) == (422, code)


def test_an_image_is_fetched_only_from_where_it_may_be(client: TestClient) -> None:
    for url in ("https://127.0.0.1/a.png", "http://img.example/a.png", "https://other.example/a.png"):
        assert problem(client.post("/v1/images/fetch", json={"url": url})) == (422, "image.url_refused")


def test_a_fetched_image_is_an_upload(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "fetch_image", lambda url, rules: png("blue"))

    answer = client.post("/v1/images/fetch", json={"url": "https://img.example/a.png"})

    assert answer.status_code == 201
    assert answer.json()["key"].startswith("uploads/")


def test_a_page_in_the_place_of_an_image_is_none(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "fetch_image", lambda url, rules: b"<html>not found</html>")

    assert problem(client.post("/v1/images/fetch", json={"url": "https://img.example/a.png"})) == (422, "image.not_an_image")


def test_step_workers_get_the_same_answers_over_http(client: TestClient, blobs: MemoryBlobStore) -> None:
    client.post("/v1/library/clips", json=[TEA])
    remote = RemoteLibrary(client)  # type: ignore[arg-type]
    query = ClipQuery(text="tea in a cup", keywords=("tea",), exclude=frozenset({"kettle"}))

    found = remote.search(query, tenant="acme", library="main")

    assert [one.clip.id for one in found] == ["tea"]
    assert found[0].clip.annotation.tags == ("tea",)
    assert remote.revision() == client.get("/v1/library/revision").json()["revision"]
    assert build_steps(AssetsSettings(), blobs=blobs, library=remote)["assets.select"].salt() == remote.revision()


def test_step_workers_get_the_same_errors_over_http(client: TestClient) -> None:
    remote = RemoteLibrary(client)  # type: ignore[arg-type]

    with pytest.raises(InvalidInput):
        remote.search(ClipQuery(text="x"), tenant="acme", library="../etc")


def test_with_a_token_nobody_else_gets_in(client: TestClient, blobs: MemoryBlobStore, tmp_path: Path) -> None:
    settings = AssetsSettings(index_root=tmp_path / "index", internal_token=SecretStr("ours"))
    library = open_library(settings, blobs=blobs, database=DatabaseSettings(url=SecretStr(f"sqlite:///{tmp_path}/r.db")))
    with TestClient(create_app(settings, library=library, blobs=blobs), headers=TENANT) as guarded:
        assert problem(guarded.get("/v1/library/stats")) == (401, "internal.token")
        assert guarded.get("/v1/library/stats", headers={"Authorization": "Bearer ours"}).status_code == 200
        assert guarded.get("/readyz").status_code == 200
    library.close()


def song(seconds: float = 6.0) -> bytes:
    """A click each half second."""
    sound = np.zeros(int(seconds * 48_000), np.int16)
    for start in range(0, sound.size - 960, 24_000):
        sound[start : start + 960] = (np.sin(np.arange(960) / 8) * 20_000).astype(np.int16)
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(sound.tobytes())
    return target.getvalue()


def add_song(client: TestClient, label: object) -> httpx.Response:
    return client.post("/v1/music", files={"track": (None, json.dumps(label)), "file": ("song.wav", song())})


def test_a_track_goes_in_with_its_measured_tempo_and_comes_back_to_step_workers(client: TestClient) -> None:
    before = client.get("/v1/music/revision").json()

    answer = add_song(client, {"id": "clicks", "title": "Clicks", "licence": "ours", "mood": "warm"})

    assert answer.status_code == 201
    assert answer.json()["tempo_bpm"] == pytest.approx(120, abs=0.5)
    assert client.get("/v1/music/revision").json() != before
    (track,) = RemoteLibrary(client).music(tenant="acme")
    assert (track.id, track.samples) == ("clicks", 6 * 48_000)
    assert RemoteLibrary(client).music(tenant="other") == ()
    assert client.delete("/v1/music/clicks").status_code == 204
    assert problem(client.delete("/v1/music/clicks")) == (404, "music.no_track")


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ({"id": "a", "title": "A"}, "/track/licence"),
        ({"id": "A B", "title": "A", "licence": "ours"}, "/track/id"),
        ({"id": "a", "title": "A", "licence": "ours", "mood": "angry"}, "/track/mood"),
        ({"id": "a", "title": "A", "licence": "ours", "tempo_bpm": 3}, "/track/tempo_bpm"),
    ],
)
def test_a_label_that_is_not_whole_is_refused_with_its_field(client: TestClient, label: object, field: str) -> None:
    answer = add_song(client, label)

    assert problem(answer) == (422, "music.label")
    assert [error["field"] for error in answer.json()["errors"]] == [field]
