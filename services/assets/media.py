"""A file that somebody sent becomes media of the library: identified, probed, normalised, stored under its content's name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from libs.common.blobs.base import MEDIA_TYPES, BlobStore, store_content
from libs.common.media.blob import BlobRef
from libs.common.media.errors import InvalidInput, TooLarge
from libs.common.media.footage import MediaKind
from libs.common.media.time import SAMPLE_RATE_HZ
from services.assets.clip import ClipMedia
from services.assets.limits import MediaLimits
from services.assets.normalise import normalise, normalise_sound
from services.assets.probe import Still, identify, probe_video, read_still
from services.assets.sniff import Family


@dataclass(frozen=True, slots=True)
class SoundMedia:
    """Sound in the house's form: FLAC, 48 kHz, stereo, 16 bit."""

    blob: BlobRef
    samples: int


STILL_PX = 2_160
"""Longest side of a stored image."""
_CHUNK_BYTES = 1 << 20


def sha256_of(source: BinaryIO) -> str:
    """Of a file from its start; leaves it there."""
    digest = hashlib.sha256()
    source.seek(0)
    while chunk := source.read(_CHUNK_BYTES):
        digest.update(chunk)
    source.seek(0)
    return digest.hexdigest()


def take_in(source: BinaryIO, *, source_sha256: str, blobs: BlobStore, limits: MediaLimits) -> ClipMedia:
    """`source` is a memory file. Raises InvalidInput or TooLarge with a code that begins with `media.`."""
    kind = identify(source, limits=limits)
    if kind.family is Family.image:
        still = read_still(source, kind, limits=limits, longest_px=STILL_PX)
        return ClipMedia(
            kind=MediaKind.image,
            blob=store_content(blobs, "clips", still.data, still.probe.ext),
            width_px=still.probe.width_px,
            height_px=still.probe.height_px,
            frames=0,
            source_sha256=source_sha256,
        )
    probe = probe_video(source, kind, limits=limits)
    made = normalise(source, probe, limits=limits)
    with made.file:
        blob = store_file(made.file, blobs)
    return ClipMedia(
        kind=MediaKind.video,
        blob=blob,
        width_px=made.probe.width_px,
        height_px=made.probe.height_px,
        frames=made.probe.frames,
        source_sha256=source_sha256,
        taken_over=made.taken_over,
    )


def take_in_upload(source: BinaryIO, *, blobs: BlobStore, limits: MediaLimits) -> tuple[BlobRef, Still]:
    """An image for a brief. Raises InvalidInput (`image.not_an_image`) for anything else."""
    kind = identify(source, limits=limits)
    if kind.family is not Family.image:
        raise not_an_image()
    still = read_still(source, kind, limits=limits, longest_px=STILL_PX)
    return store_content(blobs, "uploads", still.data, still.probe.ext), still


def take_in_sound(source: BinaryIO, *, blobs: BlobStore, limits: MediaLimits, folder: str = "sounds") -> SoundMedia:
    """Music or speech, from a sound file or from a film's first sound stream; `source` is a memory file.

    Raises InvalidInput or TooLarge with a code that begins with `media.`.
    """
    kind = identify(source, limits=limits)
    if kind.family is Family.image:
        raise InvalidInput("the file has no sound", code="media.no_sound_or_damaged")
    with normalise_sound(source, kind.format, limits=limits) as made:
        samples = _flac_samples(made.read(_FLAC_HEAD_BYTES))
        if samples > limits.duration_s * SAMPLE_RATE_HZ:
            raise TooLarge(f"the sound is longer than {limits.duration_s} s", code="media.too_long")
        if samples < 1:
            raise InvalidInput("the file has no sound", code="media.no_sound_or_damaged")
        return SoundMedia(store_file(made, blobs, folder=folder, ext="flac"), samples)


_FLAC_HEAD_BYTES = 26


def _flac_samples(head: bytes) -> int:
    """Total samples of STREAMINFO (RFC 9639, 8.2): the low 36 bits of the 8 bytes at offset 18."""
    return int.from_bytes(head[18:26], "big") & (1 << 36) - 1


def store_file(file: BinaryIO, blobs: BlobStore, *, folder: str = "clips", ext: str = "mp4") -> BlobRef:
    key = f"{folder}/{sha256_of(file)}.{ext}"
    size = file.seek(0, 2)
    file.seek(0)
    if not blobs.exists(key):
        blobs.put_file(key, file)
    return BlobRef(key=key, size_bytes=size, media_type=MEDIA_TYPES[ext])


def not_an_image() -> InvalidInput:
    return InvalidInput("this is no image that we read", code="image.not_an_image")
