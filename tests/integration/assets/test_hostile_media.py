"""Whatever a file is, it is refused with a stable code, within limits, and reaches nothing."""

from __future__ import annotations

import http.server
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.errors import InvalidInput
from services.assets.child import memory_file
from services.assets.limits import ChildLimits, MediaLimits
from services.assets.media import take_in
from services.assets.probe import identify, probe_video

Film = Callable[..., Path]


def code(data: bytes, limits: MediaLimits | None = None) -> str:
    blobs = MemoryBlobStore()
    with memory_file(data) as source, pytest.raises(InvalidInput) as caught:
        take_in(source, source_sha256="0" * 64, blobs=blobs, limits=limits or MediaLimits())
    assert list(blobs.keys("")) == []
    return caught.value.code


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server that remembers who called."""
    calls: list[str] = []

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", calls
        server.shutdown()
        thread.join()


def test_playlists_and_scripts_reach_neither_files_nor_hosts(film: Film, listener: tuple[str, list[str]]) -> None:
    address, calls = listener
    local = film("secret.ts", "-c:v", "libx264")
    traps = [
        f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{address}/x.ts\n#EXT-X-ENDLIST\n",
        f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{local}\n#EXT-X-ENDLIST\n",
        f"ffconcat version 1.0\nfile '{local}'\n",
        f"ffconcat version 1.0\nfile '{address}/x.ts'\n",
        f"<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'><BaseURL>{address}/</BaseURL></MPD>",
        f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{address}/x.png'/></svg>",
    ]

    assert {code(trap.encode()) for trap in traps} == {"media.not_allowed_format"}
    assert calls == []


def test_a_playlist_behind_the_first_bytes_of_a_film_is_no_film(listener: tuple[str, list[str]]) -> None:
    address, calls = listener
    playlist = f"#EXTM3U\n#EXTINF:1,\n{address}/x.ts\n".encode()
    for head in (b"\x1a\x45\xdf\xa3", b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isomiso2", b"FLV\x01", b"RIFF\x00\x00\x00\x00AVI "):
        assert code(head + playlist) in {"media.unreadable", "media.no_video", "media.not_allowed_format"}
    assert calls == []


def test_a_film_that_points_to_another_file_does_not_get_it(film: Film) -> None:
    """A QuickTime data reference (`alis`, `url `) names the file that holds the samples."""
    data = film("plain.mov", "-c:v", "libx264").read_bytes()
    local = str(film("secret2.mov", "-c:v", "libx264")).encode() + b"\x00"
    entry = b"url " + struct.pack(">I", 0) + b"file://" + local
    entry = struct.pack(">I", len(entry) + 4) + entry
    at = data.index(b"dref")
    old = struct.unpack(">I", data[at - 4 : at])[0]
    dref = b"dref" + struct.pack(">II", 0, 1) + entry
    forged = data[: at - 4] + struct.pack(">I", len(dref) + 4) + dref + data[at - 4 + old :]

    assert code(forged).startswith("media.")


@pytest.mark.parametrize("size", [0, 1, 100, 50_000])
def test_random_bytes_are_no_media(size: int) -> None:
    noise = bytes((number * 7919 + number // 251) % 256 for number in range(size))

    assert code(noise) in {"media.empty", "media.not_allowed_format"}


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_film_that_was_cut_off_is_refused(film: Film, keep: float) -> None:
    plain = film("whole.mp4", "-c:v", "libx264").read_bytes()
    early = film("early.mp4", "-c:v", "libx264", "-movflags", "+faststart").read_bytes()

    assert code(plain[: int(len(plain) * keep)]) in {"media.unreadable", "media.no_video"}
    assert code(early[: int(len(early) * keep)]) == "media.truncated"


def test_a_film_with_holes_is_refused(film: Film) -> None:
    data = bytearray(film("holes.mp4", "-c:v", "libx264", source="testsrc2=size=320x240:rate=30:duration=2").read_bytes())
    at = data.index(b"mdat")
    for start in range(at + 20_000, at + 60_000, 4_000):
        data[start : start + 400] = bytes(400)

    assert code(bytes(data)) == "media.damaged"


def test_too_many_pixels_are_refused(film: Film) -> None:
    huge = film("huge.mp4", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "51", source="color=size=8448x4352:rate=1:duration=2")

    assert code(huge.read_bytes()) == "media.too_many_pixels"


def test_an_image_that_unfolds_to_too_many_pixels_is_refused() -> None:
    """A PNG of a few kilobytes that says it is 40,000 x 40,000."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(5_000_000))) + chunk(b"IEND", b"")

    assert code(bomb) == "media.too_many_pixels"


def test_a_film_that_is_too_long_is_refused_by_what_it_holds(film: Film) -> None:
    """Six minutes of black in a few kilobytes."""
    long = film("long.mkv", "-c:v", "libx264", "-preset", "ultrafast", source="color=size=16x16:rate=2:duration=360")

    assert code(long.read_bytes(), MediaLimits(duration_s=300)) == "media.too_long"


def test_a_declared_length_is_not_believed(film: Film) -> None:
    data = bytearray(film("liar.mp4", "-c:v", "libx264").read_bytes())
    at = data.index(b"mvhd")
    data[at + 20 : at + 24] = b"\xff\xff\xff\xfe"
    with memory_file(bytes(data)) as source:
        probe = probe_video(source, identify(source, limits=MediaLimits()), limits=MediaLimits())

    assert probe.length_s == 1


def test_too_many_streams_are_refused(film: Film) -> None:
    many = film("many.mkv", *["-map", "0:v"] * 20, "-c:v", "libx264", "-preset", "ultrafast", source="color=size=16x16:rate=5:duration=0.4")

    assert code(many.read_bytes()) == "media.too_many_streams"


def test_more_work_than_allowed_is_refused_before_it_is_done(film: Film) -> None:
    data = film("work.mp4", "-c:v", "libx264").read_bytes()

    assert code(data, MediaLimits(work_pixels=100_000)) == "media.too_much_work"


def test_a_file_that_is_too_large_is_not_opened() -> None:
    assert code(bytes(2_000), MediaLimits(file_bytes=1_000)) == "media.too_large"


def test_sound_alone_is_no_clip(film: Film) -> None:
    for name, options in (("a.wav", ()), ("a.m4a", ("-c:a", "aac")), ("a.flac", ("-c:a", "flac"))):
        assert code(film(name, *options, source="sine=duration=0.3").read_bytes()) == "media.no_video"


def test_a_cover_picture_is_no_film(film: Film) -> None:
    cover = film("cover.png", "-frames:v", "1")
    song = film(
        "song.m4a",
        "-i",
        str(cover),
        "-map",
        "0:a",
        "-map",
        "1:v",
        "-c:a",
        "aac",
        "-c:v",
        "copy",
        "-disposition:v",
        "attached_pic",
        source="sine=duration=0.3",
    )

    assert code(song.read_bytes()) == "media.no_video"


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        (ChildLimits(wall_s=0.05), "media.probe_timeout"),
        (ChildLimits(cpu_s=0), "media.probe_timeout"),
        (ChildLimits(memory_bytes=40 << 20), "media.probe_crashed"),
    ],
)
def test_a_reader_that_goes_over_its_limits_is_ended(film: Film, child: ChildLimits, expected: str) -> None:
    with memory_file(film("fine.mp4", "-c:v", "libx264").read_bytes()) as source, pytest.raises(InvalidInput) as caught:
        probe_video(source, identify(source, limits=MediaLimits()), limits=MediaLimits(), child=child)

    assert caught.value.code == expected
