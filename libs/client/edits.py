"""An edit from a YAML or JSON file. Its media may be files beside it; they are uploaded before the edit is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from libs.client.output import ExitCode, Wrong

Place = tuple[dict[str, Any], str]
"""A source in the edit that can be replaced."""


def send_media(edit: dict[str, Any], *, beside: Path, upload: Callable[[Path], str]) -> int:
    """Replace each `{file: clip.mp4}` with the key of its upload; each file is sent once. Returns how many were."""
    keys: dict[Path, str] = {}
    for parent, name in _sources(edit):
        source = parent[name]
        if not isinstance(source, dict) or set(source) != {"file"}:
            continue
        path = (beside / str(source["file"])).resolve()
        if not path.is_file():
            raise Wrong(f"The file {source['file']} is not there.", ExitCode.rejected, hint=f"It was looked for at {path}.")
        if path not in keys:
            keys[path] = upload(path)
        parent[name] = {"upload": keys[path]}
    return len(keys)


def _sources(edit: dict[str, Any]) -> Iterator[Place]:
    """What is in a wrong place is left for the gateway to explain."""
    for track in _objects(edit.get("tracks")):
        yield from ((clip, "media") for clip in _objects(track.get("clips")) if "media" in clip)
    yield from ((sound, "media") for sound in _objects(edit.get("sounds")) if "media" in sound)
    yield from ((drawn, "image") for drawn in _objects(edit.get("overlays")) if "image" in drawn)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))
