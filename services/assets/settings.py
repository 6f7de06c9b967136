"""Settings of the assets service: `REELSMITH_ASSETS_…`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from libs.common.runtime.settings import Settings
from services.assets.limits import MediaLimits


class AssetsSettings(Settings):
    model_config = SettingsConfigDict(env_prefix="REELSMITH_ASSETS_", frozen=True, extra="ignore")

    index: Literal["edge", "server"] = "edge"
    """`edge` is the embedded engine in this process, `server` a Qdrant server."""
    index_root: Path = Path(".reelsmith/index")
    """Directory of the embedded engine. It can be lost: it is made again from the database."""
    qdrant_url: str = "http://qdrant:6333"
    qdrant_api_key: SecretStr | None = None

    embedder: Literal["minilm", "openai"] = "minilm"
    """`minilm` understands English and runs here; `openai` is any server with `/v1/embeddings`, for models that know Chinese as well."""
    minilm_folder: Path | None = None
    """With model.safetensors and tokenizer.json; by default that of the installed package."""
    embedding_url: str = "http://embeddings:8000"
    embedding_model: str = "BAAI/bge-m3"
    embedding_size: int = Field(default=1_024, ge=16, le=8_192)
    embedding_revision: str = ""
    """Change it with the weights: clips are then embedded anew."""
    embedding_prefix: str = ""
    embedding_api_key: SecretStr | None = None

    library_url: str = "http://assets:8000"
    """Address of the server process, which step workers ask: it alone opens the index."""
    internal_token: SecretStr | None = None
    """Bearer between our own services."""

    image_hosts: tuple[str, ...] = ()
    """From where images of briefs may be fetched, as JSON: `["cdn.shop.example", "*.img.example:8443", "intranet.example=10.1.0.0/16"]`.
    None means from nowhere."""
    image_http: bool = False
    """Also take `http://` addresses of those hosts."""
    image_bytes: int = Field(default=20 << 20, ge=1)
    image_total_s: float = Field(default=15.0, gt=0)

    url_media_bytes: int = Field(default=256 << 20, ge=1)
    """Largest film, sound or image that an edit may name by its address; the hosts are `image_hosts`."""
    url_media_total_s: float = Field(default=120.0, gt=0)

    media_bytes: int = Field(default=512 << 20, ge=1)
    """Largest media file."""
    media_s: int = Field(default=1_800, ge=1)
    """Longest clip."""
    media_side_px: int = Field(default=8_192, ge=16)
    media_pixels: int = Field(default=36_000_000, ge=256)
    conversions: int = Field(default=1, ge=1)
    """Files normalised at a time; each takes up to four cores and one gigabyte."""

    uploads: int = Field(default=4, ge=1)
    """Library files taken in at a time, and as many images, each held in memory; one more is told to come again."""

    @property
    def media_limits(self) -> MediaLimits:
        return MediaLimits(side_px=self.media_side_px, pixels=self.media_pixels, duration_s=self.media_s, file_bytes=self.media_bytes)
