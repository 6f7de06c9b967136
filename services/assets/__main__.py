"""`python -m services.assets worker | serve | alive`. One process alone may serve where the index is the embedded one; workers ask it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from libs.common.runtime.main import service_main
from libs.common.runtime.settings import DatabaseSettings, StorageSettings
from libs.common.runtime.stores import open_blobs
from services.assets.app import create_app
from services.assets.settings import AssetsSettings
from services.assets.steps import build_steps, open_library


def main() -> None:
    settings = AssetsSettings()

    def create() -> FastAPI:
        blobs = open_blobs(StorageSettings())
        library = open_library(settings, blobs=blobs, database=DatabaseSettings())

        @asynccontextmanager
        async def until_stopped(_: FastAPI) -> AsyncIterator[None]:
            yield  # `atexit` is too late: the server ends by the signal that stopped it
            library.close()

        return create_app(settings, library=library, blobs=blobs, lifespan=until_stopped)

    service_main("assets", build_steps=lambda blobs: build_steps(settings, blobs=blobs), create_app=create)


if __name__ == "__main__":
    main()
