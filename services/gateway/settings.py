"""What an operator may set of the gateway."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from libs.common.runtime.settings import Settings


class GatewaySettings(Settings):
    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(env_prefix="REELSMITH_GATEWAY_")

    host: str = "0.0.0.0"
    port: int = 8443
    tls_cert: Path | None = None
    """PEM, with the chain; without it a private authority is made under `tls_dir`."""
    tls_key: Path | None = None
    tls_dir: Path = Path("tls")
    hosts: tuple[str, ...] = ()
    """Further names and addresses for the certificate that we make ourselves."""

    assets_url: str = "http://assets:8000"
    voice_url: str = "http://voice:8000"
    composition_url: str = "http://composition:8000"
    internal_token: SecretStr | None = None
    """Bearer that the internal services want."""
    upstream_read_s: float = 60.0
    """Longest silence of an internal service before it counts as down."""

    edit_clips: int = Field(default=500, ge=1, le=5_000)
    """Clips of one edit, on all tracks together."""
    edit_length_s: int = Field(default=600, ge=1, le=7_200)
    """Longest edit. Its sound is mixed in memory, half a megabyte a second."""

    streams_per_key: int = Field(default=16, ge=1)
    """Event streams that one API key may hold open at a time."""
    event_poll_s: float = Field(default=0.5, gt=0)
    """How often an event stream looks for news."""
    ping_s: float = Field(default=15.0, gt=0)
    """Longest silence of an event stream; the key is checked again as often."""

    @model_validator(mode="after")
    def _a_pair_or_nothing(self) -> Self:
        """Half a pair must not mean a certificate of our own."""
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("set REELSMITH_GATEWAY_TLS_CERT and REELSMITH_GATEWAY_TLS_KEY together, or neither")
        return self
