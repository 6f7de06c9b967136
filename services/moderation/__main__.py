"""`python -m services.moderation worker | serve | alive`."""

from __future__ import annotations

from libs.common.runtime.main import service_main
from services.moderation.app import create_app
from services.moderation.settings import ModerationSettings
from services.moderation.steps import build_steps


def main() -> None:
    settings = ModerationSettings()
    service_main("moderation", build_steps=lambda blobs: build_steps(settings, blobs=blobs), create_app=lambda: create_app(settings))


if __name__ == "__main__":
    main()
