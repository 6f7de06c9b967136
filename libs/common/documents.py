"""The only serialiser: a document is `{"schema": name, "version": n, "body": …}`, and old versions are upgraded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from libs.common.media.brief import Brief
from libs.common.media.edit import Arrangement, SoundPlan, Sources, Timeline
from libs.common.media.errors import InvalidInput
from libs.common.media.footage import Footage
from libs.common.media.music import CueSheet, MusicChoice
from libs.common.media.render import Master, Segment
from libs.common.media.rendition import Publication, Rendition
from libs.common.media.review import BriefReview, EditReview, SceneReview, VideoReview
from libs.common.media.sound import Soundtrack, Utterance
from libs.common.media.storyboard import Scene, Storyboard
from libs.common.media.timeline import Cut

D = TypeVar("D")
Body = dict[str, Any]

VERSIONS: dict[type, int] = {
    Brief: 2,
    BriefReview: 1,
    Scene: 1,
    SceneReview: 1,
    Storyboard: 1,
    Utterance: 1,
    Footage: 2,
    Cut: 2,
    Segment: 2,
    MusicChoice: 1,
    CueSheet: 1,
    Soundtrack: 1,
    Master: 2,
    VideoReview: 1,
    Rendition: 1,
    Publication: 1,
    Timeline: 1,
    EditReview: 1,
    Sources: 1,
    Arrangement: 1,
    SoundPlan: 1,
}
"""Every document there is, with the version that is written today."""

_ADAPTERS: dict[type, TypeAdapter[Any]] = {kind: TypeAdapter(kind) for kind in VERSIONS}


def _as_it_was(body: Body) -> Body:
    """For a version that only added fields: their defaults say what was so before."""
    return body


UPGRADES: dict[tuple[str, int], Callable[[Body], Body]] = {
    ("Brief", 1): _as_it_was,  # 2: music, sounds, loudness, platform
    ("Footage", 1): _as_it_was,  # 2: subjects of a shot
    ("Cut", 1): _as_it_was,  # 2: insets, effects of the whole picture, speed, places, safe area, smaller sizes
    ("Master", 1): _as_it_was,  # 2: the poster of an edit
    ("Segment", 1): _as_it_was,  # 2: the same frames in smaller sizes
}
"""`(schema, version) -> function from that version's body to the next one's`."""


def dump(document: object) -> bytes:
    """Canonical JSON: sorted keys, no blanks, UTF-8, so that equal documents are equal bytes."""
    kind = type(document)
    envelope = {
        "schema": kind.__name__,
        "version": VERSIONS[kind],
        "body": _ADAPTERS[kind].dump_python(document, mode="json"),
    }
    return json.dumps(envelope, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def load(kind: type[D], data: bytes) -> D:
    """Raises InvalidInput where `data` is no such document, or is newer than this code."""
    try:
        envelope = json.loads(data)
        schema, version, body = envelope["schema"], envelope["version"], envelope["body"]
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput(f"not a document: {error}", code="document.unreadable") from error
    if schema != kind.__name__:
        raise InvalidInput(f"a {schema} where a {kind.__name__} was expected", code="document.wrong_schema")
    if type(version) is not int or version < 1:  # `true` and 1.0 equal 1, and are no versions
        raise InvalidInput(f"not a document: version {version!r}", code="document.unreadable")
    current = VERSIONS[kind]
    if version > current:
        raise InvalidInput(f"{schema} version {version} is newer than this program", code="document.too_new")
    while version < current:
        body = UPGRADES[(schema, version)](body)
        version += 1
    try:
        document: D = _ADAPTERS[kind].validate_python(body)
    except ValidationError as error:
        raise InvalidInput(f"{schema} does not fit its schema: {error}", code="document.invalid") from error
    return document


def content_hash(data: bytes) -> str:
    """SHA-256 in hex: the name of bytes everywhere in the house."""
    return hashlib.sha256(data).hexdigest()
