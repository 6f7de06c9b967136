"""Composition root: every service on embedded parts, in one process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2
from fastapi import FastAPI

from libs.common.runtime.client import async_client
from libs.common.runtime.events import EventBell
from libs.common.runtime.local import LocalPool, default_caps
from libs.common.runtime.stores import open_blobs, open_jobs
from services.assets.app import create_app as create_assets_app
from services.assets.settings import AssetsSettings
from services.assets.steps import build_steps as build_assets_steps
from services.assets.steps import open_library
from services.composition.app import create_app as create_composition_app
from services.composition.settings import CompositionSettings
from services.composition.steps import build_steps as build_composition_steps
from services.encoding.settings import EncodingSettings
from services.encoding.steps import build_steps as build_encoding_steps
from services.gateway.accounts.base import Accounts
from services.gateway.accounts.sql import SqlAccounts
from services.gateway.app import create_app as create_gateway_app
from services.gateway.settings import GatewaySettings
from services.gateway.upstreams import ASSETS, COMPOSITION, VOICE, Upstreams
from services.moderation.settings import ModerationSettings
from services.moderation.steps import build_steps as build_moderation_steps
from services.scripts.settings import ScriptsSettings
from services.scripts.steps import build_steps as build_scripts_steps
from services.standalone.folder import DataFolder
from services.standalone.settings import StandaloneSettings
from services.voice.app import create_app as create_voice_app
from services.voice.settings import VoiceSettings
from services.voice.steps import build_steps as build_voice_steps
from services.voice.steps import build_synthesizer


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    app: FastAPI
    accounts: Accounts


@contextmanager
def open_house(settings: StandaloneSettings, folder: DataFolder) -> Iterator[House]:
    """Everything built and the workers at work; at the end what runs is drained or given back."""
    jobs, blobs, bell = open_jobs(folder.database), open_blobs(folder.storage), EventBell()
    accounts = SqlAccounts(jobs.engine)
    assets, voice, composition = AssetsSettings(index_root=folder.index), VoiceSettings(), CompositionSettings()
    library = open_library(assets, blobs=blobs, database=folder.database)
    speech = build_synthesizer(voice)
    bindings = {
        **build_moderation_steps(ModerationSettings(), blobs=blobs),
        **build_scripts_steps(ScriptsSettings(), blobs=blobs),
        **build_voice_steps(voice, blobs=blobs, tts=speech),
        **build_assets_steps(assets, blobs=blobs, library=library),
        **build_composition_steps(composition, blobs=blobs),
        **build_encoding_steps(EncodingSettings(), blobs=blobs),
    }
    caps = default_caps(settings.renders) | {"gpu.compose": settings.renders}
    pool = LocalPool(jobs, blobs, bindings, caps=caps, lease_s=settings.lease_s, bell=bell)
    upstreams = Upstreams(
        {
            ASSETS: _direct(create_assets_app(assets, library=library, blobs=blobs)),
            VOICE: _direct(create_voice_app(voice, tts=speech)),
            COMPOSITION: _direct(create_composition_app(composition)),
        }
    )
    app = create_gateway_app(GatewaySettings(), jobs=jobs, blobs=blobs, doorbell=pool, accounts=accounts, upstreams=upstreams, bell=bell)
    pool.start()
    try:
        yield House(app=app, accounts=accounts)
    finally:
        pool.stop()
        library.close()
        jobs.close()


def _direct(app: FastAPI) -> httpx2.AsyncClient:
    """A client that goes straight to the application."""
    return async_client("http://internal", transport=httpx2.ASGITransport(app=app))
