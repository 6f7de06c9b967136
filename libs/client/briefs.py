"""A brief from a YAML or JSON file. Images may be files beside it; they are uploaded before the brief is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from libs.client.output import ExitCode, Wrong

Place = tuple[dict[str, Any] | list[Any], str | int]
"""Something in the brief that can be replaced."""


def load_brief(path: Path) -> dict[str, Any]:
    """Raises Wrong where the file cannot be read or is no mapping."""
    return load_object(path, "a brief: it starts with `product:`")


def load_object(path: Path, what: str) -> dict[str, Any]:
    """A mapping; `what` says what it should have been."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Wrong(f"{path} cannot be read: {error.strerror}.", ExitCode.usage) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Wrong(f"{path} is neither YAML nor JSON: {error}", ExitCode.rejected) from error
    if not isinstance(found, dict):
        raise Wrong(f"{path} does not hold {what}.", ExitCode.rejected)
    return found


def send_images(brief: dict[str, Any], *, beside: Path, upload: Callable[[Path], str]) -> int:
    """Replace each image that is a file with the key of its upload. An image is `photo.jpg`, `{file: photo.jpg}`, an `https://` address,
    or what the API takes. Returns how many were uploaded."""
    keys: dict[Path, str] = {}
    for parent, name in _images(brief):
        wanted = parent[name]  # type: ignore[index]
        if isinstance(wanted, dict) and set(wanted) == {"file"}:
            wanted = wanted["file"]
        if not isinstance(wanted, str):
            continue
        if wanted.startswith(("https://", "http://")):
            parent[name] = {"url": wanted}  # type: ignore[index]
            continue
        path = (beside / wanted).resolve()
        if not path.is_file():
            raise Wrong(f"The image {wanted} is not there.", ExitCode.rejected, hint=f"It was looked for at {path}.")
        if path not in keys:
            keys[path] = upload(path)
        parent[name] = {"upload": keys[path]}  # type: ignore[index]
    return len(keys)


def _images(brief: dict[str, Any]) -> Iterator[Place]:
    """What is no image, or in a wrong place, is left for the gateway to explain."""
    product = brief.get("product")
    if not isinstance(product, dict):
        return
    images = product.get("images")
    if isinstance(images, list):
        yield from ((images, index) for index in range(len(images)))
    brand = product.get("brand")
    if isinstance(brand, dict) and "logo" in brand:
        yield brand, "logo"
