"""`python -m services.assets worker | serve | alive`. One process alone may serve where the index is the embedded one."""

from __future__ import annotations

import atexit

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
        atexit.register(library.close)
        return create_app(settings, library=library, blobs=blobs)

    service_main("assets", build_steps=lambda blobs: build_steps(settings, blobs=blobs), create_app=create)


if __name__ == "__main__":
    main()
