"""Damage in a clip of the library: the last good frame stands, the segment says so, and no video is ever short."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction

import av
import numpy as np
import pytest

from libs.common.blobs.base import store_content
from libs.common.media.errors import InvalidInput
from services.assets.clip import ClipMedia
from services.composition.frames import VideoReader
from tests.integration.sources.conftest import Film, Library, at_rate, number_of, numbers, shot

FRAMES = 75
"""Two and a half groups of pictures."""


class Broken:
    """A mezzanine in which something is broken."""

    def __init__(self, library: Library, media: ClipMedia) -> None:
        self.library, self.media = library, media
        self.data = bytearray(library.mezzanine(media))
        with av.open(io.BytesIO(bytes(self.data))) as container:
            self.packets = [packet for packet in container.demux(video=0) if packet.size]

    def packet_of(self, frame: int) -> av.Packet:
        return next(packet for packet in self.packets if packet.pts * packet.time_base == Fraction(frame, 30))

    def key_after(self, frame: int) -> int:
        return min(n for n in range(frame + 1, FRAMES) if self.packet_of(n).is_keyframe)

    def overwrite(self, frame: int) -> None:
        packet = self.packet_of(frame)
        self.data[packet.pos + 4 : packet.pos + packet.size] = b"\xff" * (packet.size - 4)

    def cut(self, start: int, length: int) -> list[int]:
        changed = ClipMedia(
            kind=self.media.kind,
            blob=store_content(self.library.blobs, "clips", bytes(self.data), "mp4"),
            width_px=self.media.width_px,
            height_px=self.media.height_px,
            frames=self.media.frames,
            source_sha256=self.media.source_sha256,
        )
        return numbers(self.library.cut(changed, start, length))


@pytest.fixture(scope="module")
def mezzanine(drawing) -> tuple[Library, ClipMedia]:
    library = Library(drawing)
    return library, library.take_in(shot(Film(times=at_rate(30, FRAMES))))


@pytest.fixture
def broken(mezzanine: tuple[Library, ClipMedia]) -> Broken:
    return Broken(*mezzanine)


def test_every_frame_can_be_the_first(broken: Broken) -> None:
    for frame in range(FRAMES):
        reader = VideoReader(io.BytesIO(bytes(broken.data)), start=Fraction(frame, 30), name="the clip")
        picture = reader.at(Fraction(frame, 30))
        reader.close()
        assert number_of(picture.y) == frame


@pytest.mark.parametrize("start", [0, 20, 38])
def test_a_broken_frame_is_stood_in_for_up_to_the_next_key_frame(broken: Broken, start: int) -> None:
    broken.overwrite(36)
    key = broken.key_after(36)

    shown = broken.cut(start, FRAMES - start)

    assert shown == [n if n < 36 or n >= key else 35 for n in range(start, FRAMES)]
    assert any("damaged source" in note for note in broken.library.notes)


def test_what_comes_after_the_damage_is_as_it_was(broken: Broken) -> None:
    """Level for level: a decoder that goes on with what the broken block left adds it to the next picture."""
    good = [plane.copy() for plane in planes(bytes(broken.data))]
    rng = np.random.default_rng(1)
    packet = broken.packet_of(36)
    for at in rng.integers(packet.pos + 8, packet.pos + packet.size, 4):
        broken.data[at] ^= 0x5A

    found = planes(bytes(broken.data))

    assert all(np.array_equal(found[n], good[n]) for n in range(broken.key_after(36), FRAMES))


def planes(data: bytes) -> list[np.ndarray]:
    reader = VideoReader(io.BytesIO(data), start=Fraction(0), name="the clip")
    found = [reader.at(Fraction(n, 30)).y.copy() for n in range(FRAMES)]
    reader.close()
    return found


def test_a_file_that_was_cut_off_holds_its_last_frame(broken: Broken) -> None:
    end = broken.packet_of(50).pos
    del broken.data[end:]

    shown = broken.cut(30, FRAMES - 30)

    assert shown == [min(n, 49) for n in range(30, FRAMES)]
    assert any("ended early" in note or "damaged" in note for note in broken.library.notes)


def test_without_its_first_key_frame_a_clip_begins_with_the_next_one(broken: Broken) -> None:
    broken.overwrite(0)

    key = broken.key_after(0)
    shown = broken.cut(0, FRAMES)

    assert shown == [max(n, key) for n in range(FRAMES)]
    assert any("damaged source" in note for note in broken.library.notes)


def test_zeros_are_no_picture(broken: Broken) -> None:
    for frame in (10, 11, 12, 40):
        packet = broken.packet_of(frame)
        broken.data[packet.pos : packet.pos + packet.size] = bytes(packet.size)

    shown = broken.cut(0, FRAMES)

    assert len(shown) == FRAMES
    assert shown[:10] == list(range(10))
    assert shown[broken.key_after(40) :] == list(range(broken.key_after(40), FRAMES))
    assert any("damaged source" in note for note in broken.library.notes)


def test_a_clip_without_one_good_picture_is_refused(broken: Broken) -> None:
    for packet in broken.packets:
        broken.data[packet.pos + 4 : packet.pos + packet.size] = b"\xff" * (packet.size - 4)

    with pytest.raises(InvalidInput) as refused:
        broken.cut(0, 10)

    assert refused.value.code == "media.unreadable"


def test_sources_are_read_a_frame_at_a_time(broken: Broken, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large films are decoded as they are shown, not ahead."""
    decoded: list[int] = []
    through: Callable[..., object] = VideoReader._decode

    def counted(self: VideoReader):
        for frame in through(self):
            decoded.append(frame.pts)
            yield frame

    monkeypatch.setattr(VideoReader, "_decode", counted)
    reader = VideoReader(io.BytesIO(bytes(broken.data)), start=Fraction(0), name="the clip")
    for frame in range(30):
        reader.at(Fraction(frame, 30))
        assert len(decoded) <= frame + 2
    reader.close()
