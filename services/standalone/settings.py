"""Settings of the all-in-one mode. The services' own settings (`REELSMITH_SCRIPTS_…` and so on) hold here too."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from libs.common.runtime.settings import Settings


class StandaloneSettings(Settings):
    model_config = SettingsConfigDict(env_prefix="REELSMITH_")

    data: Path = Path(".reelsmith/data")
    """Everything lies here: database, sealed blobs, keys, certificates, search index."""
    host: str = "127.0.0.1"
    """Address to listen on; `0.0.0.0` opens it to the network."""
    port: int = Field(default=8443, ge=0, le=65_535)
    """0 takes a free one; `<data>/client.json` says which."""
    renders: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    """Scenes rendered at once."""
    lease_s: float = Field(default=15, gt=0)
    """After a crash, a step that was running starts again when this time is over."""
