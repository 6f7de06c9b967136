"""The deployment's files, read into one shape for compose and Kubernetes: what runs, with which settings, secrets and limits."""

import importlib
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic_settings import BaseSettings

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
BASE = DEPLOY / "k8s" / "base"
COMPONENTS = DEPLOY / "k8s" / "components"
OURS = "reelsmith-cpu"


@dataclass(frozen=True, kw_only=True)
class Running:
    """A container: `where` is compose or k8s."""

    where: str
    name: str
    image: str
    command: tuple[str, ...]
    settings: dict[str, str | None]
    """Environment, without what comes from secrets."""
    secrets: tuple[str, ...]
    """File names in the folder of secrets."""
    raw: dict[str, Any] = field(repr=False)

    @property
    def ours(self) -> bool:
        return OURS in self.image

    @property
    def module(self) -> str:
        """`services.voice`, or empty where the container does not start Python."""
        return self.command[2] if self.command[:2] == ("python", "-m") else ""

    @property
    def queues(self) -> tuple[str, ...]:
        command = list(self.command)
        return tuple(command[command.index("--queues") + 1].split(",")) if "--queues" in command else ()


@cache
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return found


@cache
def objects() -> tuple[dict[str, Any], ...]:
    """Every object of k8s/, with the component that is added where there is a GPU."""
    paths = [*sorted(BASE.glob("*.yaml")), *sorted(COMPONENTS.glob("*/*.yaml"))]
    return tuple(found for path in paths if path.name != "kustomization.yaml" for found in yaml.safe_load_all(path.read_text()) if found)


def of_kind(*kinds: str) -> list[dict[str, Any]]:
    return [found for found in objects() if found["kind"] in kinds]


def pods() -> list[dict[str, Any]]:
    """Objects that carry a pod's template."""
    return of_kind("Deployment", "StatefulSet", "Job")


def named(found: dict[str, Any]) -> str:
    return f"{found['kind']}-{found['metadata']['name']}"


@cache
def images() -> dict[str, str]:
    """Kustomize's table of images: name in the manifests -> what is pulled."""
    tables = [yaml.safe_load(path.read_text()) for path in (BASE / "kustomization.yaml", *sorted(COMPONENTS.glob("*/kustomization.yaml")))]
    return {image["name"]: f"{image['newName']}:{image['newTag']}" for table in tables for image in table["images"]}


def defaults_filled_in(text: str) -> str:
    """`${NAME:-value}` as value."""
    return re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", text)


@cache
def running() -> tuple[Running, ...]:
    return (*_of_compose(), *_of_kubernetes())


def _of_compose() -> list[Running]:
    return [
        Running(
            where="compose",
            name=name,
            image=defaults_filled_in(service["image"]),
            command=tuple(str(part) for part in service.get("command", ())),
            settings=service.get("environment") or {},
            secrets=tuple(s if isinstance(s, str) else s["target"] for s in service.get("secrets", ())),
            raw=service,
        )
        for name, service in compose()["services"].items()
    ]


def _of_kubernetes() -> list[Running]:
    shared = {found["metadata"]["name"]: found["data"] for found in of_kind("ConfigMap")}
    found = []
    for owner in pods():
        spec = owner["spec"]["template"]["spec"]
        secrets = [
            item["path"] for volume in spec.get("volumes", ()) if volume["name"] == "secrets" for item in volume["secret"].get("items", ())
        ]
        for container in (*spec.get("initContainers", ()), *spec["containers"]):
            settings: dict[str, str | None] = {}
            for source in container.get("envFrom", ()):
                settings |= shared[source["configMapRef"]["name"]]
            settings |= {entry["name"]: entry.get("value") for entry in container.get("env", ())}
            found.append(
                Running(
                    where="k8s",
                    name=container["name"],
                    image=images().get(container["image"], container["image"]),
                    command=tuple(str(part) for part in container.get("command", ())),
                    settings=settings,
                    secrets=tuple(secrets),
                    raw=container,
                )
            )
    return found


@cache
def known_settings() -> frozenset[str]:
    """Every environment variable that a settings class reads."""
    modules = ["libs.common.runtime.settings"]
    modules += [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in (ROOT / "services").rglob("settings.py")]
    names = {"REELSMITH_SECRETS_DIR"}
    for module in modules:
        for value in vars(importlib.import_module(module)).values():
            if isinstance(value, type) and issubclass(value, BaseSettings):
                names |= {f"{value.model_config.get('env_prefix', '')}{name}".upper() for name in value.model_fields}
    return frozenset(names)


def octal_is_closed(mode: int) -> bool:
    return not mode & 0o007


def environment_without_ours() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("REELSMITH_")}
