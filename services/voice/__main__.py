"""`python -m services.voice worker | serve | alive`."""

from __future__ import annotations

from libs.common.runtime.main import service_main
from services.voice.app import create_app
from services.voice.settings import VoiceSettings
from services.voice.steps import build_steps


def main() -> None:
    settings = VoiceSettings()
    service_main("voice", build_steps=lambda blobs: build_steps(settings, blobs=blobs), create_app=lambda: create_app(settings))


if __name__ == "__main__":
    main()
