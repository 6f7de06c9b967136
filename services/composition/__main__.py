"""`python -m services.composition worker | serve | alive`."""

from __future__ import annotations

from libs.common.runtime.main import service_main
from services.composition.app import create_app
from services.composition.settings import CompositionSettings
from services.composition.steps import build_steps


def main() -> None:
    settings = CompositionSettings()
    service_main("composition", build_steps=lambda blobs: build_steps(settings, blobs=blobs), create_app=lambda: create_app(settings))


if __name__ == "__main__":
    main()
