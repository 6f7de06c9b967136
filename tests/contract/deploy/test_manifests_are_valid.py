"""The schemas and linters of the tools that read these files."""

import subprocess
import sys
from pathlib import Path

import kubernetes_validate
import pytest
from manifests import DEPLOY, ROOT, named, objects

NEWEST = "1.37"
TOOLS = Path(sys.executable).parent


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)


@pytest.mark.parametrize("found", objects(), ids=named)
def test_an_object_is_what_its_kind_allows(found):
    kubernetes_validate.validate(found, NEWEST, strict=True)


def test_an_unknown_field_would_be_seen():
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}, "spec": {"prots": []}}, NEWEST, strict=True
        )


def test_compose_file_keeps_to_the_specification():
    told = run(TOOLS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")
    assert told.returncode == 0, told.stdout


def test_dockerfile_is_clean():
    told = run(TOOLS / "hadolint", DEPLOY / "Dockerfile")
    assert (told.returncode, told.stdout) == (0, "")


def test_dockerfile_has_both_targets_and_does_not_run_as_root():
    text = (DEPLOY / "Dockerfile").read_text()
    stages = {part.split("AS ")[1].split()[0]: part for part in text.split("\nFROM ")[1:]}
    assert {"cpu", "gpu"} <= set(stages)
    assert "USER 10001:10001" in stages["cpu"]
    assert "FROM cpu AS gpu" in text
    assert "USER 0" not in stages["gpu"]
    assert "ARG SERVICE=" in stages["cpu"]
    assert "--require-hashes -r requirements.lock" in text
    assert ":latest" not in text


def test_the_image_gets_no_file_that_it_does_not_need():
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text().split()
    assert lines[0] == "*"
    copied = {
        word
        for line in (DEPLOY / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    }
    assert {line[1:] for line in lines if line.startswith("!")} == copied


def test_the_lock_for_gpus_agrees_with_the_other():
    def pinned(name):
        return dict(line.split(" ")[0].split("==") for line in (ROOT / name).read_text().splitlines() if "==" in line and line[0].isalpha())

    plain, gpu = pinned("requirements.lock"), pinned("requirements-gpu.lock")
    assert "torch" in gpu
    assert {name: gpu.get(name) for name in plain} == plain
