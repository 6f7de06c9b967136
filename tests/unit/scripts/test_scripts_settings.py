from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from libs.common.blobs.memory import MemoryBlobStore
from services.scripts.settings import ScriptsSettings
from services.scripts.steps import build_steps, build_writer


def test_without_a_server_the_template_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELSMITH_SCRIPTS_LLM_URL", "")

    assert build_writer(ScriptsSettings()) is None
    assert build_steps(ScriptsSettings(), blobs=MemoryBlobStore())["scripts.write"].salt().startswith("template/1 ")


def test_a_server_wants_the_name_of_a_model() -> None:
    with pytest.raises(ValidationError, match="llm_model"):
        ScriptsSettings(llm_url="http://vllm:8000/v1")


def test_the_key_comes_from_a_file_and_stays_out_of_sight(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    monkeypatch.setenv("REELSMITH_SCRIPTS_LLM_KEY_FILE", str(tmp_path / "key"))
    settings = ScriptsSettings(llm_url="http://vllm:8000/v1", llm_model="qwen")
    binding = build_steps(settings, blobs=MemoryBlobStore())["scripts.write"]

    assert settings.llm_key is not None
    assert settings.llm_key.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(settings) + binding.salt()
    assert binding.salt().startswith("qwen@vllm:8000 ")


def test_another_prompt_or_temperature_makes_old_scripts_void() -> None:
    salts = {
        build_steps(ScriptsSettings(llm_url="http://a/v1", llm_model="m", llm_temperature=t), blobs=MemoryBlobStore())[
            "scripts.write"
        ].salt()
        for t in (0.2, 0.7)
    }

    assert len(salts) == 2
