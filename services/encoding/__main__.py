"""`python -m services.encoding worker | serve | alive`."""

from __future__ import annotations

from libs.common.runtime.main import service_main
from services.encoding.app import create_app
from services.encoding.settings import EncodingSettings
from services.encoding.steps import build_steps


def main() -> None:
    settings = EncodingSettings()
    service_main("encoding", build_steps=lambda blobs: build_steps(settings, blobs=blobs), create_app=lambda: create_app(settings))


if __name__ == "__main__":
    main()
