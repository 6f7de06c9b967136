"""A file is known by its first bytes, and what is not on the list is nothing."""

from __future__ import annotations

import pytest

from services.assets.sniff import Family, Kind, sniff


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2", Kind(Family.video, "mov")),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  ", Kind(Family.video, "mov")),
        (b"\x00\x00\x00\x08wide\x00\x00\x00\x00mdat", Kind(Family.video, "mov")),
        (b"\x1a\x45\xdf\xa3\x01\x00", Kind(Family.video, "matroska")),
        (b"RIFF\x10\x00\x00\x00AVI LIST", Kind(Family.video, "avi")),
        (b"\x47" + bytes(187) + b"\x47" + bytes(187), Kind(Family.video, "mpegts")),
        (bytes(4) + b"\x47" + bytes(191) + b"\x47" + bytes(187), Kind(Family.video, "mpegts")),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf", Kind(Family.image, "AVIF")),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf", Kind(Family.image, "AVIF")),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", Kind(Family.image, "HEIF")),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Kind(Family.image, "JPEG")),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Kind(Family.image, "PNG")),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", Kind(Family.image, "WEBP")),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", Kind(Family.audio, "wav")),
        (b"ID3\x04\x00\x00", Kind(Family.audio, "mp3")),
    ],
)
def test_what_we_read_is_known(head: bytes, kind: Kind) -> None:
    assert sniff(head) == kind


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"#EXTM3U\n#EXT-X-VERSION:3\n",
        b"ffconcat version 1.0\nfile '/etc/passwd'\n",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"PK\x03\x04\x14\x00",
        b"<MPD xmlns='urn:mpeg:dash:schema:mpd:2011'>",
        b"RIFF\x10\x00\x00\x00ACON",
        b"plain words",
        bytes(400),
    ],
)
def test_playlists_scripts_and_the_rest_are_nothing(head: bytes) -> None:
    assert sniff(head) is None
