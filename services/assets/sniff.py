"""What a file says it is in its first bytes. Whatever is not on this list is not opened at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HEAD_BYTES = 400
"""How much of a file `sniff` wants to see."""


class Family(StrEnum):
    video = "video"
    image = "image"
    audio = "audio"


@dataclass(frozen=True, slots=True)
class Kind:
    family: Family
    format: str
    """FFmpeg's demuxer for video and audio, Pillow's format for images."""


_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"}
_AVIF_BRANDS = {b"avif", b"avis"}
_QUICKTIME_ATOMS = {b"moov", b"mdat", b"free", b"wide", b"skip", b"pnot"}
_RIFF = {b"AVI ": Kind(Family.video, "avi"), b"WAVE": Kind(Family.audio, "wav"), b"WEBP": Kind(Family.image, "WEBP")}
_STARTS = (
    (b"\x1a\x45\xdf\xa3", Kind(Family.video, "matroska")),
    (b"FLV\x01", Kind(Family.video, "flv")),
    (b"\x00\x00\x01\xba", Kind(Family.video, "mpeg")),
    (b"OggS", Kind(Family.video, "ogg")),
    (b"\xff\xd8\xff", Kind(Family.image, "JPEG")),
    (b"\x89PNG\r\n\x1a\n", Kind(Family.image, "PNG")),
    (b"GIF87a", Kind(Family.image, "GIF")),
    (b"GIF89a", Kind(Family.image, "GIF")),
    (b"II*\x00", Kind(Family.image, "TIFF")),
    (b"MM\x00*", Kind(Family.image, "TIFF")),
    (b"BM", Kind(Family.image, "BMP")),
    (b"ID3", Kind(Family.audio, "mp3")),
    (b"\xff\xfb", Kind(Family.audio, "mp3")),
    (b"\xff\xf3", Kind(Family.audio, "mp3")),
    (b"\xff\xf1", Kind(Family.audio, "aac")),
    (b"\xff\xf9", Kind(Family.audio, "aac")),
    (b"fLaC", Kind(Family.audio, "flac")),
)
_TS_PACKET_BYTES = 188


def sniff(head: bytes) -> Kind | None:
    """The kind of a file by its first `HEAD_BYTES`; None for what we do not read (playlists, scripts, SVG, archives, text …)."""
    if head[4:8] == b"ftyp":
        return _iso_kind(head)
    if head[4:8] in _QUICKTIME_ATOMS:
        return Kind(Family.video, "mov")
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    for offset in (0, 4):  # plain, and with the time codes of camcorders
        if len(head) > offset + _TS_PACKET_BYTES and head[offset] == head[offset + _TS_PACKET_BYTES + offset] == 0x47:
            return Kind(Family.video, "mpegts")
    return next((kind for start, kind in _STARTS if head.startswith(start)), None)


def _iso_kind(head: bytes) -> Kind:
    """ISO base media: the major brand decides, for stills and films share the box structure."""
    brand = head[8:12]
    if brand in _HEIF_BRANDS:
        # `mif1` is the structural brand of both still formats; the compatible brands tell which codec.
        size = min(int.from_bytes(head[:4], "big"), len(head))
        compatible = {head[at : at + 4] for at in range(16, size, 4)}
        return Kind(Family.image, "AVIF" if compatible & _AVIF_BRANDS else "HEIF")
    return Kind(Family.image, "AVIF") if brand in _AVIF_BRANDS else Kind(Family.video, "mov")
