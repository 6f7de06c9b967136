"""`python -m services.scripts worker | alive`."""

from __future__ import annotations

from libs.common.runtime.main import service_main
from services.scripts.settings import ScriptsSettings
from services.scripts.steps import build_steps


def main() -> None:
    settings = ScriptsSettings()
    service_main("scripts", build_steps=lambda blobs: build_steps(settings, blobs=blobs))


if __name__ == "__main__":
    main()
