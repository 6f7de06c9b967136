"""Settings of the moderation service: `REELSMITH_MODERATION_…`."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from libs.common.runtime.settings import Settings


class ModerationSettings(Settings):
    model_config = SettingsConfigDict(env_prefix="REELSMITH_MODERATION_")

    lists: Path | None = None
    """Folder of the operator's own lists: `*.yaml` with `block`, `review` and `allow`, as in `rules/data`."""
    token: SecretStr | None = None
    """Bearer that the internal HTTP face wants."""
