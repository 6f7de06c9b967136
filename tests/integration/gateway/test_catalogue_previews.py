"""The catalogues and their previews through the public door, from the composition service itself."""

import shutil

import httpx2
import pytest
from fastapi.testclient import TestClient

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.jobs.sql import SqlJobStore
from libs.common.runtime.client import async_client
from libs.common.runtime.doorbell import SilentDoorbell
from services.composition.app import create_app as create_composition_app
from services.composition.settings import CompositionSettings, Drawing
from services.gateway.accounts.base import Role
from services.gateway.accounts.memory import MemoryAccounts
from services.gateway.app import create_app
from services.gateway.settings import GatewaySettings
from services.gateway.upstreams import COMPOSITION, Upstreams

CATALOGUES = ["effects", "transitions", "caption-styles", "overlays", "cards", "layouts"]


@pytest.fixture(scope="module")
def viewer(_sqlite_template, tmp_path_factory):
    path = tmp_path_factory.mktemp("previews") / "jobs.db"
    shutil.copy(_sqlite_template, path)
    jobs, accounts = SqlJobStore(f"sqlite:///{path}"), MemoryAccounts()
    composition = create_composition_app(CompositionSettings(executor=Drawing.opencv))
    upstreams = Upstreams({COMPOSITION: async_client("http://composition", transport=httpx2.ASGITransport(app=composition))})
    app = create_app(
        GatewaySettings(), jobs=jobs, blobs=MemoryBlobStore(), doorbell=SilentDoorbell(), accounts=accounts, upstreams=upstreams
    )
    secret = accounts.create(tenant="t", role=Role.viewer, name="x").secret
    with TestClient(app, headers={"X-API-Key": secret}) as client:
        yield client
    jobs.close()


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_a_catalogue_lists_its_entries_with_their_parameters(viewer, catalogue):
    entries = viewer.get(f"/v1/{catalogue}").json()[catalogue.replace("-", "_")]
    assert len(entries) >= 5
    params = [param for entry in entries for param in entry["params"]]
    assert all(param["choices"] or param["type"] == "str" or param["minimum"] is not None for param in params)


def test_a_layout_says_how_many_clips_it_takes(viewer):
    entries = {entry["name"]: entry for entry in viewer.get("/v1/layouts").json()["layouts"]}
    assert entries["full"]["least"] == entries["full"]["most"] == 1
    assert entries["grid"]["least"] < entries["grid"]["most"]


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_an_entry_is_shown_and_shown_once(viewer, catalogue):
    name = viewer.get(f"/v1/{catalogue}").json()[catalogue.replace("-", "_")][0]["name"]
    found = viewer.get(f"/v1/{catalogue}/{name}/preview")
    assert (found.status_code, found.headers["content-type"], found.content[:2]) == (200, "image/jpeg", b"\xff\xd8")
    again = viewer.get(f"/v1/{catalogue}/{name}/preview", headers={"If-None-Match": found.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_entry_is_shown_in_motion(viewer):
    film = viewer.get("/v1/effects/vignette/preview", params={"format": "mp4"})
    assert (film.headers["content-type"], film.content[4:8]) == ("video/mp4", b"ftyp")


@pytest.mark.parametrize(
    ("path", "status"), [("effects/none/preview", 404), ("effects/a%2Fb/preview", 404), ("effects/blur/preview?format=gif", 422)]
)
def test_what_is_not_there_is_refused_in_the_services_words(viewer, path, status):
    answer = viewer.get(f"/v1/{path}")
    assert answer.status_code == status
    assert answer.json()["code"]


def test_nobody_sees_previews_without_a_key(viewer):
    assert viewer.get("/v1/effects/blur/preview", headers={"X-API-Key": ""}).status_code == 401
