"""The one place that opens media files. FFmpeg follows playlists and concat scripts to other files and hosts unless it is told which
formats to accept, so the list is set at every open; a test looks for opens elsewhere."""

from __future__ import annotations

import io
from typing import BinaryIO

import av
from av.codec.hwaccel import HWAccel
from av.container import InputContainer, OutputContainer

from libs.common.media.errors import InvalidInput

FORMATS = ("mov", "matroska", "mpegts", "avi", "flv", "mpeg", "ogg", "wav", "mp3", "aac", "flac")
"""FFmpeg's names of the containers that we read. No playlists, no concat, no image sequences, no devices."""


def open_input(source: BinaryIO, *, name: str = "media", hwaccel: HWAccel | None = None) -> InputContainer:
    """Open a seekable file object for reading. `name` is for the message alone; `hwaccel` decodes on a device where it can.

    Raises InvalidInput (`media.unreadable`) for whatever the demuxer does not like: PyAV raises MemoryError, ValueError and more on
    damaged files, and a MemoryError that escapes would take a whole worker down.
    """
    try:
        container = av.open(source, mode="r", options={"format_whitelist": ",".join(FORMATS)}, metadata_errors="replace", hwaccel=hwaccel)
    except (Exception, MemoryError) as error:
        raise InvalidInput(f"{name} cannot be read: {type(error).__name__}", code="media.unreadable") from error
    return container


def open_output(target: BinaryIO, *, format: str = "mp4", options: dict[str, str] | None = None) -> OutputContainer:
    """Open a seekable file object for writing; for `movflags=faststart` it has to be readable too.

    To move the index to the front FFmpeg opens the file a second time by name. It gets a copy in memory instead, so nothing touches a disk.
    """

    def again(url: str, flags: int, options: dict[str, str]) -> BinaryIO:
        position = target.tell()
        target.seek(0)
        copy = io.BytesIO(target.read())
        target.seek(position)
        return copy

    return av.open(target, mode="w", format=format, options=options or {}, io_open=again)
