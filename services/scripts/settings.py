"""Settings of the scripts service."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from annotated_types import Interval
from pydantic import SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from libs.common.runtime.settings import Settings


class ScriptsSettings(Settings):
    """Environment variables `REELSMITH_SCRIPTS_…`; the key may lie in the file that `REELSMITH_SCRIPTS_LLM_KEY_FILE` names."""

    model_config = SettingsConfigDict(env_prefix="REELSMITH_SCRIPTS_")

    llm_url: str | None = None
    """The `/v1` of an OpenAI-compatible server; None writes with the template."""
    llm_model: str = ""
    """Name of the model as the server knows it."""
    llm_key: SecretStr | None = None
    """Bearer token, where the server wants one."""
    llm_ca: Path | None = None
    """PEM of the authority that signed the server's certificate; None trusts this machine's store."""
    llm_deadline_s: Annotated[float, Interval(gt=0, le=500)] = 90.0
    """For one script, all attempts together; then the template takes over."""
    llm_stall_s: Annotated[float, Interval(gt=0, le=300)] = 20.0
    """Longest silence of the server, also before its first word."""
    llm_attempts: Annotated[int, Interval(ge=1, le=10)] = 4
    """How often a busy or absent server is asked."""
    llm_temperature: Annotated[float, Interval(ge=0, le=2)] = 0.7

    @field_validator("llm_url", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        """Compose files hand on variables that nobody has set as empty ones."""
        return value or None

    @model_validator(mode="after")
    def _model_is_named(self) -> Self:
        if self.llm_url is not None and not self.llm_model:
            raise ValueError("llm_url wants llm_model")
        return self
