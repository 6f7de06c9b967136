"""A reference to immutable bytes in the blob store."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BlobRef:
    """Content-addressed: the same bytes have the same key."""

    key: str
    """`<kind>/<sha256 of the plain bytes>.<ext>`, e.g. `segments/9f…3c.mp4`."""
    size_bytes: int
    """Length of the plain bytes."""
    media_type: str
    """MIME type, e.g. `video/mp4`."""

    @property
    def sha256(self) -> str:
        return self.key.rpartition("/")[2].partition(".")[0]
