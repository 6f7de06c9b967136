"""Media for an edit: whatever was sent becomes a clean image, a mezzanine with its sound, or a sound in the house's form."""

from __future__ import annotations

from typing import BinaryIO

from libs.common.blobs.base import BlobStore
from libs.common.media.blob import BlobRef
from libs.common.media.errors import InvalidInput
from services.assets.limits import MediaLimits
from services.assets.media import store_file, take_in_sound, take_in_upload
from services.assets.normalise import normalise
from services.assets.probe import identify, probe_video
from services.assets.sniff import Family

FOLDER = "uploads"
_NO_PICTURE = "media.no_video"


def take_in_media(source: BinaryIO, *, blobs: BlobStore, limits: MediaLimits) -> BlobRef:
    """`source` is a memory file. The same file gives the same key. Raises InvalidInput or TooLarge with a `media.` code."""
    kind = identify(source, limits=limits)
    if kind.family is Family.image:
        return take_in_upload(source, blobs=blobs, limits=limits)[0]
    if kind.family is Family.video:
        try:
            probe = probe_video(source, kind, limits=limits)
        except InvalidInput as error:
            if error.code != _NO_PICTURE:  # the usual containers of films carry sound alone as well
                raise
        else:
            with (made := normalise(source, probe, limits=limits)).file:
                return store_file(made.file, blobs, folder=FOLDER)
    return take_in_sound(source, blobs=blobs, limits=limits, folder=FOLDER).blob
