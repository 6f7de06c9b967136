"""The API in Python: one method an operation, and the three longer ones, `follow`, `download` and `submit`, that put up with a bad line."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx2

from libs.client import watch
from libs.client.download import Told, download
from libs.client.line import Line
from libs.client.models import Accepted, ApiKey, Event, FileLink, JobDetail, JobPage, NewKey, Video


class Reelsmith:
    """`with Reelsmith("https://localhost:8443", key, ca=Path("ca.pem")) as reelsmith: …`

    Every method raises Unreachable, NotAllowed (401, 403), Refused (other 4xx) or ApiError (5xx).
    """

    def __init__(self, url: str, key: str, *, ca: Path | None = None, transport: httpx2.BaseTransport | None = None) -> None:
        self._line = Line(url, key, ca=ca, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._line.close()

    # --- videos and jobs ---

    def submit(self, brief: Mapping[str, Any], *, idempotency_key: str | None = None) -> Accepted:
        """Order a video. The key, a fresh one where none is given, makes asking again harmless, so that this does on a bad line."""
        headers = {"Idempotency-Key": idempotency_key or uuid.uuid4().hex}
        accepted: Accepted = self._line.ask("POST", "/v1/videos", json=brief, headers=headers)
        return accepted

    def validate(self, brief: Mapping[str, Any]) -> dict[str, Any]:
        """Raises Refused as `submit` would."""
        found: dict[str, Any] = self._line.ask("POST", "/v1/briefs:validate", json=brief)
        return found

    def render(self, edit: Mapping[str, Any], *, idempotency_key: str | None = None) -> Accepted:
        """Render an edit; as harmless to ask again as `submit`."""
        headers = {"Idempotency-Key": idempotency_key or uuid.uuid4().hex}
        accepted: Accepted = self._line.ask("POST", "/v1/renders", json=edit, headers=headers)
        return accepted

    def validate_render(self, edit: Mapping[str, Any]) -> dict[str, Any]:
        """What it would cost, with warnings. Raises Refused with all that is wrong."""
        found: dict[str, Any] = self._line.ask("POST", "/v1/renders:validate", json=edit)
        return found

    def timeline(self, video_id: str) -> dict[str, Any]:
        """The edit of a finished video, for `render`."""
        found: dict[str, Any] = self._line.ask("GET", f"/v1/videos/{_part(video_id)}/timeline")
        return found

    def video(self, video_id: str) -> Video:
        found: Video = self._line.ask("GET", f"/v1/videos/{_part(video_id)}")
        return found

    def job(self, job_id: str, *, wait_s: float = 0) -> JobDetail:
        """`wait_s` up to 60: answer when the job has ended, or then."""
        found: JobDetail = self._line.ask("GET", f"/v1/jobs/{_part(job_id)}", params={"wait": wait_s})
        return found

    def jobs(self, *, state: str | None = None, limit: int = 50, cursor: str | None = None) -> JobPage:
        wanted = {"state": state, "limit": limit, "cursor": cursor}
        found: JobPage = self._line.ask("GET", "/v1/jobs", params={name: value for name, value in wanted.items() if value is not None})
        return found

    def cancel(self, job_id: str) -> JobDetail:
        return self._order(job_id, "cancel")

    def resume(self, job_id: str) -> JobDetail:
        return self._order(job_id, "resume")

    def approve(self, job_id: str) -> JobDetail:
        return self._order(job_id, "approve")

    def decline(self, job_id: str, *, reason: str) -> JobDetail:
        return self._order(job_id, "decline", reason=reason)

    def events(self, job_id: str, *, after: int = 0) -> Iterator[Event]:
        """The job's history, live, until the job ends. A line that breaks is taken up again where it broke."""
        return watch.events(self._line, job_id, after=after)

    def follow(self, job_id: str) -> Iterator[JobDetail]:
        """The job each time that it got on, the last time when it has ended. Falls back to asking where events do not get through."""
        return watch.follow(self._line, job_id)

    def download(self, file: FileLink, target: Path, *, told: Told | None = None) -> None:
        """Go on where an earlier download broke off; `target` appears when the whole file is there and is what it should be."""
        download(self._line, file, target, told=told)

    # --- library and uploads ---

    def upload(self, path: Path) -> str:
        """An image for a brief. Returns its key, for `upload` of the brief."""
        with path.open("rb") as source:
            return str(self._line.send("POST", "/v1/uploads", files={"file": (path.name, source)})["key"])

    def upload_media(self, path: Path) -> str:
        """A film, a sound or an image for an edit. Returns its key, for `upload` of a clip or sound."""
        with path.open("rb") as source:
            return str(self._line.send("POST", "/v1/uploads/media", files={"file": (path.name, source)})["key"])

    def add_clips(self, annotations: Sequence[Mapping[str, Any]], *, library: str = "main") -> dict[str, Any]:
        """Annotations without media."""
        found: dict[str, Any] = self._line.ask("POST", "/v1/library/clips", params={"library": library}, json=list(annotations))
        return found

    def add_media(self, path: Path, annotation: Mapping[str, Any] | None = None, *, library: str = "main") -> dict[str, Any]:
        """One clip with its media."""
        with ExitStack() as opened:
            files: dict[str, Any] = {}
            if annotation is not None:
                files["annotation"] = (None, json.dumps(annotation, ensure_ascii=False).encode(), "application/json")
            files["file"] = (path.name, opened.enter_context(path.open("rb")), "application/octet-stream")
            found: dict[str, Any] = self._line.send("POST", "/v1/library/media", params={"library": library}, files=files)
        return found

    def search(self, text: str, *, limit: int = 10, library: str = "main", with_media: bool = False) -> dict[str, Any]:
        """`with_media`: only clips that can be shown."""
        asked = {"q": text, "limit": limit, "library": library, "with_media": with_media}
        found: dict[str, Any] = self._line.ask("GET", "/v1/library/search", params=asked)
        return found

    def clip(self, clip_id: str, *, library: str = "main") -> dict[str, Any]:
        found: dict[str, Any] = self._line.ask("GET", f"/v1/library/clips/{_part(clip_id)}", params={"library": library})
        return found

    def delete_clip(self, clip_id: str, *, library: str = "main") -> None:
        self._line.ask("DELETE", f"/v1/library/clips/{_part(clip_id)}", params={"library": library})

    def music(self) -> list[dict[str, Any]]:
        """Tracks of the music library."""
        found: list[dict[str, Any]] = self._line.ask("GET", "/v1/music")["tracks"]
        return found

    def add_music(self, path: Path, track: Mapping[str, Any]) -> dict[str, Any]:
        """`track` has `id`, `title`, `licence`, and what else is known."""
        with path.open("rb") as source:
            label = (None, json.dumps(dict(track), ensure_ascii=False).encode(), "application/json")
            files = {"track": label, "file": (path.name, source, "application/octet-stream")}
            found: dict[str, Any] = self._line.send("POST", "/v1/music", files=files)
        return found

    def delete_music(self, track_id: str) -> None:
        self._line.ask("DELETE", f"/v1/music/{_part(track_id)}")

    def stats(self, *, library: str = "main") -> dict[str, Any]:
        found: dict[str, Any] = self._line.ask("GET", "/v1/library/stats", params={"library": library})
        return found

    # --- the rest ---

    def keys(self) -> list[ApiKey]:
        found: list[ApiKey] = self._line.ask("GET", "/v1/keys")["keys"]
        return found

    def create_key(self, *, name: str, role: str, expires_in_days: int | None = None) -> NewKey:
        wish = {"name": name, "role": role, "expires_in_days": expires_in_days}
        made: NewKey = self._line.ask("POST", "/v1/keys", json=wish, again=False)
        return made

    def revoke_key(self, key_id: str) -> ApiKey:
        found: ApiKey = self._line.ask("DELETE", f"/v1/keys/{_part(key_id)}")
        return found

    def catalogue(self, name: str) -> list[dict[str, Any]]:
        """`voices`, `effects`, `transitions`, `presets` or `caption-styles`."""
        found: dict[str, list[dict[str, Any]]] = self._line.ask("GET", f"/v1/{_part(name)}")
        return next(iter(found.values()))

    def version(self) -> str:
        return str(self._line.ask("GET", "/v1/version")["version"])

    def _order(self, job_id: str, verb: str, **params: str) -> JobDetail:
        found: JobDetail = self._line.ask("POST", f"/v1/jobs/{_part(job_id)}:{verb}", params=params or None, again=False)
        return found


def _part(text: str) -> str:
    return quote(text, safe="")
