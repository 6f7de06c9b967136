"""A house that renders edits: real steps of every service but the script and the voice, over a folder and SQLite."""

from __future__ import annotations

import io
import shutil
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import httpx2
import numpy as np
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image
from pydantic import TypeAdapter

from libs.common import documents
from libs.common.blobs.base import document_key, store_content, store_document
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.jobs.base import Job
from libs.common.jobs.sql import SqlJobStore
from libs.common.media.edit import Timeline
from libs.common.runtime.client import async_client
from libs.common.runtime.containers import open_output
from libs.common.runtime.context import StepBinding
from libs.common.runtime.doorbell import SilentDoorbell
from libs.common.runtime.steps import Backoff, run_step
from services.assets.app import create_app as create_assets_app
from services.assets.library import FixedLibrary
from services.assets.settings import AssetsSettings
from services.assets.steps import build_steps as build_assets_steps
from services.composition.app import create_app as create_composition_app
from services.composition.settings import CompositionSettings
from services.composition.steps import build_steps as build_composition_steps
from services.encoding.settings import EncodingSettings
from services.encoding.steps import build_steps as build_encoding_steps
from services.gateway.accounts.base import Role
from services.gateway.accounts.memory import MemoryAccounts
from services.gateway.app import create_app as create_gateway_app
from services.gateway.settings import GatewaySettings
from services.gateway.upstreams import ASSETS, COMPOSITION, Upstreams
from services.moderation.settings import ModerationSettings
from services.moderation.steps import build_steps as build_moderation_steps

TIMELINE: TypeAdapter[Timeline] = TypeAdapter(Timeline)
SIZE = {"width_px": 180, "height_px": 320}


def film(*, seconds: float = 2, size: tuple[int, int] = (180, 320), rate: int = 30, tone_hz: float | None = None) -> bytes:
    """Frame n has luma 40 + 2 n; with a tone, AAC at 48 kHz stereo beside it."""
    target = io.BytesIO()
    with open_output(target, options={"movflags": "+faststart"}) as container:
        picture = container.add_stream("libx264", rate=rate, options={"crf": "12", "g": "30", "preset": "ultrafast"})
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        sound = container.add_stream("aac", rate=48_000, layout="stereo") if tone_hz is not None else None
        for number in range(round(seconds * rate)):
            frame = av.VideoFrame(*size, "yuv420p")
            for plane, level in zip(frame.planes, (40 + 2 * number % 180, 128, 128), strict=True):
                plane.update(np.full(plane.line_size * plane.height, level, np.uint8).tobytes())
            frame.pts = number
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        if sound is not None:
            samples = round(seconds * 48_000)
            wave_form = (0.3 * np.sin(2 * np.pi * tone_hz * np.arange(samples) / 48_000)).astype(np.float32)
            for start in range(0, samples, 1_024):
                block = np.ascontiguousarray(np.stack([wave_form[start : start + 1_024]] * 2))
                part = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
                part.sample_rate, part.pts, part.time_base = 48_000, start, Fraction(1, 48_000)
                container.mux(sound.encode(part))
            container.mux(sound.encode(None))
    return target.getvalue()


def tone(*, seconds: float = 1, hz: float = 440) -> bytes:
    """Mono 16-bit WAV at 48 kHz."""
    values = (0.4 * np.sin(2 * np.pi * hz * np.arange(round(seconds * 48_000)) / 48_000) * 32_767).astype("<i2")
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(48_000)
        sound.writeframes(values.tobytes())
    return target.getvalue()


def picture(size: tuple[int, int] = (200, 120), colour: tuple[int, int, int] = (200, 60, 40)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


@dataclass
class EditHouse:
    jobs: SqlJobStore
    blobs: MemoryBlobStore
    bindings: dict[str, StepBinding]

    def film(self, **how: Any) -> str:
        return store_content(self.blobs, "uploads", film(**how), "mp4").key

    def tone(self, **how: Any) -> str:
        return store_content(self.blobs, "uploads", tone(**how), "wav").key

    def picture(self, **how: Any) -> str:
        return store_content(self.blobs, "uploads", picture(**how), "png").key

    def submit(self, body: dict[str, Any]) -> str:
        timeline = TIMELINE.validate_python({"title": "An edit", "size": SIZE, "language": "en"} | body)
        sha256 = store_document(self.blobs, timeline)
        presets = timeline.renditions
        return self.jobs.submit(tenant="shop", root=Timeline, root_sha256=sha256, title=timeline.title, presets=presets).job.id

    def render(self, body: dict[str, Any]) -> Job:
        return self.run(self.submit(body))

    def run(self, job_id: str) -> Job:
        while refs := self.jobs.ready(limit=1):
            self.step(refs[0])
        return self.jobs.job(job_id)

    def step(self, ref: Any) -> None:
        how = {"jobs": self.jobs, "blobs": self.blobs, "bindings": self.bindings, "doorbell": SilentDoorbell()}
        run_step(ref, owner="test", backoff=Backoff(first_s=0), **how)

    def document(self, job_id: str, kind: type, key: str = "") -> Any:
        row = next(row for row in self.jobs.documents(job_id) if (row.kind, row.key) == (kind.__name__, key))
        return documents.load(kind, self.blobs.get(document_key(row.sha256)))

    def renders(self, job_id: str) -> dict[str, bool]:
        """Key of each segment to whether it was taken from before."""
        return {step.key: step.reused for step in self.jobs.steps(job_id) if step.stage == "composition.render"}


class ShelfLibrary(FixedLibrary):
    """A library that holds nothing but what was put on its shelf; it has the answers that the app asks of a real one."""


@dataclass
class Office:
    """The gateway before the house, and the services that it asks."""

    house: EditHouse
    client: TestClient

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.client.post(path, json=body, headers=headers)

    def problems(self, body: Any, path: str = "/v1/renders:validate") -> set[tuple[str, str]]:
        """Codes and fields of all that is wrong."""
        answer = self.post(path, body)
        assert answer.status_code == 422, answer.text
        return {(item["code"], item["field"]) for item in answer.json()["errors"]}


@pytest.fixture
def office(house: EditHouse) -> Iterator[Office]:
    accounts = MemoryAccounts()
    secret = accounts.create(tenant="shop", role=Role.admin, name="test").secret
    assets = create_assets_app(AssetsSettings(), library=ShelfLibrary(), blobs=house.blobs)
    composition = create_composition_app(CompositionSettings())
    app = create_gateway_app(
        GatewaySettings(),
        jobs=house.jobs,
        blobs=house.blobs,
        doorbell=SilentDoorbell(),
        accounts=accounts,
        upstreams=Upstreams({ASSETS: _direct(assets), COMPOSITION: _direct(composition)}),
    )
    with TestClient(app, headers={"Authorization": f"Bearer {secret}"}) as client:
        yield Office(house, client)


def _direct(app: FastAPI) -> httpx2.AsyncClient:
    return async_client("http://service", transport=httpx2.ASGITransport(app=app))


@pytest.fixture
def house(tmp_path: Path, _sqlite_template: Path) -> Iterator[EditHouse]:
    blobs = MemoryBlobStore()
    shutil.copy(_sqlite_template, tmp_path / "jobs.db")
    jobs = SqlJobStore(f"sqlite:///{tmp_path}/jobs.db")
    bindings = {
        **build_moderation_steps(ModerationSettings(), blobs=blobs),
        **build_assets_steps(blobs=blobs, library=ShelfLibrary()),
        **build_composition_steps(CompositionSettings(), blobs=blobs),
        **build_encoding_steps(EncodingSettings(), blobs=blobs),
    }
    yield EditHouse(jobs, blobs, bindings)
    jobs.close()
