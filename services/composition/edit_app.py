"""The HTTP face for edits: what is wrong with one, and into which pieces it falls. For the gateway. Internal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Body, FastAPI

from libs.common import documents
from libs.common.media.edit import Remark, Sources, Timeline
from services.composition.arrange import examine
from services.composition.salt import picture_salt
from services.composition.settings import CompositionSettings

EDIT_BYTES = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A segment that would be rendered."""

    scene: int
    length: int
    """In frames."""
    sha256: str
    """Of its cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    remarks: tuple[Remark, ...]
    width_px: int = 0
    height_px: int = 0
    length: int = 0
    """In frames; 0 where there are errors."""
    pieces: tuple[Piece, ...] = ()
    salt: str = ""
    """What decides the pixels besides the cuts, in this process."""


def add_edits(app: FastAPI, settings: CompositionSettings) -> None:
    @app.post("/v1/edits:check", operation_id="checkEdit", max_body_size=EDIT_BYTES)
    def check(timeline: Annotated[Timeline, Body()], sources: Annotated[Sources, Body()]) -> Examined:
        """All there is to say about an edit, at once. Sources that are missing are not looked into."""
        arrangement, remarks = examine(timeline, sources)
        if arrangement is None:
            return Examined(remarks=remarks)
        pieces = tuple(
            Piece(scene=cut.scene, length=cut.length, sha256=documents.content_hash(documents.dump(cut))) for cut in arrangement.cuts
        )
        return Examined(
            remarks=remarks,
            width_px=arrangement.canvas.width_px,
            height_px=arrangement.canvas.height_px,
            length=arrangement.length,
            pieces=pieces,
            salt=picture_salt(settings),
        )
