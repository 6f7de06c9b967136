"""Settings of the encoding service: `REELSMITH_ENCODING_…`."""

from __future__ import annotations

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from libs.common.runtime.settings import Settings
from services.encoding.labels import PRODUCER_PATTERN


class EncodingSettings(Settings):
    model_config = SettingsConfigDict(env_prefix="REELSMITH_ENCODING_")

    content_producer: str | None = Field(default=None, pattern=PRODUCER_PATTERN)
    """Provider code for the implicit label of GB 45438: 27 characters, issued to the operator. Without it no such label is written, and
    the publication says so."""
    threads: int = Field(default=4, ge=1, le=32)
    """Of the encoder of a rendition. The same number on all machines gives the same bytes."""
    token: SecretStr | None = None
    """Bearer that the HTTP face wants. None where nobody else can reach it."""
