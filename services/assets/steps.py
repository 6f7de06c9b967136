"""Composition root: the library as it is in the server process, as step workers see it, and the stage of the pipeline."""

from __future__ import annotations

import hashlib
from functools import partial

from libs.common.blobs.base import BlobStore
from libs.common.jobs.database import open_engine
from libs.common.jobs.migrations import migrate
from libs.common.runtime.client import sync_client
from libs.common.runtime.context import StepBinding
from libs.common.runtime.settings import DatabaseSettings
from libs.common.runtime.stores import prepared_url
from services.assets.catalogue.clips import Catalogue
from services.assets.embed.base import TextEmbedder
from services.assets.index.base import ClipIndex
from services.assets.library import Library, LocalLibrary, RemoteLibrary
from services.assets.music.choose import choose_music
from services.assets.music.tracks import Tracks
from services.assets.resolve import resolve
from services.assets.select import select
from services.assets.settings import AssetsSettings


def build_steps(settings: AssetsSettings | None = None, *, blobs: BlobStore, library: Library | None = None) -> dict[str, StepBinding]:
    """Without `library`, the one at `settings.library_url` is asked. The library's revision is part of what decides a result."""
    ours = library or open_remote_library(settings or AssetsSettings())
    return {
        "assets.select": StepBinding(work=partial(select, library=ours, blobs=blobs), salt=ours.revision),
        "assets.resolve": StepBinding(
            work=partial(resolve, library=ours, blobs=blobs), salt=lambda: f"{ours.revision()} {ours.music_revision()}"
        ),
        "assets.choose_music": StepBinding(work=partial(choose_music, library=ours), salt=ours.music_revision),
    }


def open_library(settings: AssetsSettings, *, blobs: BlobStore, database: DatabaseSettings) -> LocalLibrary:
    """The whole library in this process, its index brought up to date. One process alone may open an embedded index."""
    url = prepared_url(database)
    if database.migrate:
        migrate(url)
    embedder = _embedder(settings)
    engine = open_engine(url)
    library = LocalLibrary(
        catalogue=Catalogue(engine),
        tracks=Tracks(engine),
        index=_index(settings, embedder),
        embedder=embedder,
        blobs=blobs,
        limits=settings.media_limits,
        conversions=settings.conversions,
    )
    library.sync()
    return library


def open_remote_library(settings: AssetsSettings) -> RemoteLibrary:
    token = settings.internal_token.get_secret_value() if settings.internal_token else None
    return RemoteLibrary(sync_client(settings.library_url, token=token))


# Only what the settings name is imported: the server's client alone costs a second, and step workers need none of it.


def _embedder(settings: AssetsSettings) -> TextEmbedder:
    if settings.embedder == "minilm":
        from services.assets.embed.minilm import MiniLmEmbedder

        return MiniLmEmbedder(settings.minilm_folder)
    from services.assets.embed.openai import OpenAiEmbedder

    key = settings.embedding_api_key.get_secret_value() if settings.embedding_api_key else None
    return OpenAiEmbedder(
        sync_client(settings.embedding_url, token=key),
        model=settings.embedding_model,
        size=settings.embedding_size,
        revision=settings.embedding_revision,
        prefix=settings.embedding_prefix,
    )


def _index(settings: AssetsSettings, embedder: TextEmbedder) -> ClipIndex:
    """A place of its own for each embedding: vectors of two are never mixed."""
    name = hashlib.blake2b(embedder.fingerprint.encode(), digest_size=6).hexdigest()
    if settings.index == "edge":
        from services.assets.index.edge import EdgeIndex

        return EdgeIndex(settings.index_root / name, size=embedder.size)
    from services.assets.index.server import ServerIndex, connect

    key = settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None
    return ServerIndex(connect(settings.qdrant_url, api_key=key), collection=f"reelsmith_clips_{name}", size=embedder.size)
