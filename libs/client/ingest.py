"""From files on disk to what the library takes in: media with their annotations, and annotations alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from libs.client.client import Reelsmith
from libs.client.errors import Refused
from libs.client.output import ExitCode, Wrong

MEDIA = frozenset({".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".ts", ".mpg", ".mpeg", ".flv", ".jpg", ".jpeg", ".png", ".webp"})
LINES_AT_ONCE = 200
_COMPARED = ("title", "tags", "transcript", "key_frames", "licence")
"""Fields of an annotation that tell whether the library has it as it is here."""


@dataclass(frozen=True, slots=True)
class Item:
    """One clip to bring in."""

    annotation: dict[str, Any]
    media: Path | None
    """None for an annotation that names no file."""
    place: str = ""
    """File and line of the annotation."""

    @property
    def name(self) -> str:
        return self.media.name if self.media is not None else str(self.annotation.get("video_id", self.place))


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    outcome: str
    """`created`, `updated`, `unchanged`, `skipped` (was there, and was not sent) or `refused`."""
    id: str | None = None
    code: str | None = None
    detail: str | None = None


def find_items(source: Path) -> list[Item]:
    """Of a folder, a `.jsonl` file or one media file. Raises Wrong where there is nothing, or a line cannot be read."""
    if source.is_dir():
        listed = [item for path in sorted(source.rglob("*.jsonl")) if _lists_clips(path) for item in _lines(path)]
        taken = {item.media for item in listed}
        files = [path.resolve() for path in sorted(source.rglob("*")) if path.suffix.lower() in MEDIA and path.is_file()]
        items = listed + [_with_sidecar(path) for path in files if path not in taken]
    elif source.suffix == ".jsonl":
        items = list(_lines(source))
    elif source.is_file():
        items = [_with_sidecar(source.resolve())]
    else:
        raise Wrong(f"{source} is not there.", ExitCode.usage)
    if not items:
        raise Wrong(
            f"There is nothing to bring in at {source}.", ExitCode.usage, hint="A folder of clips, or a .jsonl file of annotations."
        )
    return items


def ingest(items: list[Item], *, reelsmith: Reelsmith, library: str) -> Iterator[Result]:
    """Results as they come. What the library has already, with the same annotation, is not sent again."""
    alone = [item for item in items if item.media is None]
    for start in range(0, len(alone), LINES_AT_ONCE):
        yield from _send_lines(alone[start : start + LINES_AT_ONCE], reelsmith, library)
    for item in items:
        if item.media is not None:
            yield _send_media(item, item.media, reelsmith, library)


def _send_lines(items: list[Item], reelsmith: Reelsmith, library: str) -> Iterator[Result]:
    answer = reelsmith.add_clips([item.annotation for item in items], library=library)
    for found in answer["items"]:
        name = items[found["line"] - 1].name if found.get("line") else str(found.get("id"))
        yield _result(name, found)


def _send_media(item: Item, media: Path, reelsmith: Reelsmith, library: str) -> Result:
    sha256 = _sha256(media)
    annotation = {"video_id": f"m-{sha256[:16]}"} | item.annotation  # the library's own way to name a clip without a name
    try:
        known = _known(str(annotation["video_id"]), sha256, reelsmith, library)
        if known is None:
            answer = reelsmith.add_media(media, annotation if item.annotation else None, library=library)
            return _result(item.name, answer["items"][0])
        if any(known.get(name) != annotation[name] for name in _COMPARED if name in annotation):
            return next(_send_lines([Item(annotation, None)], reelsmith, library))
    except Refused as error:
        return Result(item.name, "refused", code=error.code, detail=str(error))
    return Result(item.name, "skipped", id=str(annotation["video_id"]))


def _known(clip_id: str, sha256: str, reelsmith: Reelsmith, library: str) -> dict[str, Any] | None:
    """The clip of that name, where its media were made from the same bytes."""
    try:
        found = reelsmith.clip(clip_id, library=library)
    except Refused:
        return None
    return found if (found.get("media") or {}).get("source_sha256") == sha256 else None


def _result(name: str, found: Mapping[str, Any]) -> Result:
    return Result(name, found["outcome"], id=found.get("id"), code=found.get("code"), detail=found.get("detail"))


def _lines(path: Path) -> Iterator[Item]:
    """`uri` is relative to the file; a line without one is an annotation alone."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        annotation = _parse(line, f"{path}:{number}")
        uri = annotation.get("uri")
        media = (path.parent / uri).resolve() if isinstance(uri, str) and uri and "://" not in uri else None
        if media is not None and not media.is_file():
            raise Wrong(f"{path}:{number} names {uri}, which is not there.", ExitCode.rejected)
        yield Item(annotation, media, f"{path.name}:{number}")


def _lists_clips(path: Path) -> bool:
    """Whether a `.jsonl` that merely lies in the folder is a list of annotations: its first line names a clip or a file."""
    with path.open(encoding="utf-8") as source:
        first = next((line for line in source if line.strip()), "{}")
    return bool({"video_id", "uri"} & _parse(first, f"{path}:1").keys())


def _with_sidecar(path: Path) -> Item:
    """`clip.mp4.json` or `clip.json` beside the file, if there is one."""
    for sidecar in (path.with_name(f"{path.name}.json"), path.with_suffix(".json")):
        if sidecar.is_file():
            return Item(_parse(sidecar.read_text(encoding="utf-8"), str(sidecar)), path)
    return Item({}, path)


def _parse(text: str, place: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Wrong(f"{place} is not JSON: {error}", ExitCode.rejected) from error
    if not isinstance(found, dict):
        raise Wrong(f"{place} is no annotation.", ExitCode.rejected)
    return found


def _sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
