"""Encoded pieces and a soundtrack to one file by stream copy: nothing is encoded a second time, no time stamp is rounded."""

from __future__ import annotations

import heapq
import io
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import TypeAlias

import av
from av.container import InputContainer

from libs.common.blobs.base import BlobStore
from libs.common.media.blob import BlobRef
from libs.common.media.errors import Defect, InvalidInput
from libs.common.media.sound import Soundtrack
from libs.common.media.timeline import Canvas
from libs.common.runtime.containers import open_input
from libs.common.runtime.context import StepContext
from services.encoding.labels import AIGC_KEY, require_aigc
from services.encoding.mp4 import writing
from services.encoding.quality import Inspection, inspect

Timed: TypeAlias = "tuple[Fraction, int, av.Packet[av.VideoStream] | av.Packet[av.AudioStream]]"
"""Decoding time in seconds, track, packet."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The picture of one scene in one size."""

    scene: int
    video: BlobRef
    canvas: Canvas
    length: int
    """In frames."""


def joined(
    pieces: tuple[Piece, ...],
    soundtrack: Soundtrack,
    *,
    name: str,
    step: str,
    aigc: str | None,
    blobs: BlobStore,
    context: StepContext,
) -> tuple[bytes, Inspection]:
    """The file, and what a player finds in it.

    Raises Defect where the pieces do not fit each other or their documents, and (`<step>.verify`) where the file, `name` in words, is not
    as planned to the frame and the sample, or has not the label `aigc`.
    """
    data = _muxed(pieces, soundtrack, aigc=aigc, blobs=blobs, context=context)
    found = inspect(io.BytesIO(data), rate=pieces[0].canvas.rate)
    _verify(found, pieces, soundtrack, name=name, step=step)
    require_aigc({} if found.aigc is None else {AIGC_KEY: found.aigc}, aigc)
    return data, found


def _muxed(pieces: tuple[Piece, ...], soundtrack: Soundtrack, *, aigc: str | None, blobs: BlobStore, context: StepContext) -> bytes:
    target = io.BytesIO()
    with ExitStack() as stack:
        first = _open(stack, blobs, pieces[0].video.key)
        sound = _open(stack, blobs, soundtrack.audio.key)
        container = stack.enter_context(writing(target, aigc=aigc))
        tracks = (
            container.add_stream_from_template(_one_video(first, pieces[0])),
            container.add_stream_from_template(_one_sound(sound)),
        )
        picture = _picture(pieces, extradata=first.streams.video[0].codec_context.extradata, blobs=blobs, context=context)
        for _, track, packet in heapq.merge(picture, _sound(sound), key=lambda timed: timed[:2]):
            packet.stream = tracks[track]
            container.mux(packet)
    return target.getvalue()


def _picture(pieces: tuple[Piece, ...], *, extradata: bytes | None, blobs: BlobStore, context: StepContext) -> Iterator[Timed]:
    """All video packets, each piece moved to its first frame."""
    starts = accumulate((piece.length for piece in pieces), initial=0)
    for piece, start in zip(pieces, starts, strict=False):
        with ExitStack() as stack:
            source = _open(stack, blobs, piece.video.key)
            stream = _one_video(source, piece)
            if stream.codec_context.extradata != extradata:
                raise Defect(f"the segment of scene {piece.scene} was encoded with other parameters", code="assemble.parameters")
            frames = 0
            placed: set[int] = set()
            for packet in source.demux(stream):
                if packet.pts is None or packet.dts is None or not packet.size:
                    continue
                shift = Fraction(start) / piece.canvas.rate / packet.time_base
                number = packet.pts * packet.time_base * piece.canvas.rate
                if shift.denominator != 1 or (frames == 0 and not (packet.is_keyframe and number == 0)):
                    raise Defect(f"the segment of scene {piece.scene} does not start on the grid", code="assemble.grid")
                if number.denominator != 1 or number in placed:
                    raise Defect(f"packet {frames} of scene {piece.scene} is not on a frame of its own", code="assemble.grid")
                placed.add(int(number))
                packet.pts, packet.dts = packet.pts + int(shift), packet.dts + int(shift)
                frames += 1
                yield packet.dts * packet.time_base, 0, packet
            if frames != piece.length:
                detail = f"the segment of scene {piece.scene} has {frames} frames, its document says {piece.length}"
                raise Defect(detail, code="assemble.frames")
            if placed != set(range(piece.length)):
                raise Defect(f"the frames of scene {piece.scene} leave gaps", code="assemble.grid")
            context.progress((piece.scene + 1) / (len(pieces) + 1))


def _sound(source: InputContainer) -> Iterator[Timed]:
    for packet in source.demux(source.streams.audio[0]):
        if packet.dts is not None and packet.size:
            yield packet.dts * packet.time_base, 1, packet


def _open(stack: ExitStack, blobs: BlobStore, key: str) -> InputContainer:
    return stack.enter_context(open_input(stack.enter_context(blobs.open(key)), name=key))


def _one_video(source: InputContainer, piece: Piece) -> av.VideoStream:
    streams = source.streams
    if len(streams) != 1 or len(streams.video) != 1 or streams.video[0].codec_context.name != "h264":
        raise InvalidInput(f"the segment of scene {piece.scene} is not one H.264 track", code="assemble.streams")
    stream = streams.video[0]
    if (stream.width, stream.height) != (piece.canvas.width_px, piece.canvas.height_px):
        raise Defect(f"the segment of scene {piece.scene} has not the size that its document says", code="assemble.canvas")
    return stream


def _one_sound(source: InputContainer) -> av.AudioStream:
    if len(source.streams) != 1 or len(source.streams.audio) != 1 or source.streams.audio[0].codec_context.name != "aac":
        raise InvalidInput("the soundtrack is not one AAC track", code="assemble.streams")
    return source.streams.audio[0]


def _verify(found: Inspection, pieces: tuple[Piece, ...], soundtrack: Soundtrack, *, name: str, step: str) -> None:
    """The file as a player sees it, against the documents."""
    canvas = pieces[0].canvas
    claims = {
        "frames": found.frames == sum(piece.length for piece in pieces),
        "size": (found.width_px, found.height_px) == (canvas.width_px, canvas.height_px),
        "time stamps": found.picture_error == 0 and found.steady,
        "start": found.picture_start == 0 and found.sound_start == 0,
        "sound": found.sound_samples == soundtrack.length.value,
        "index": found.index_first,
    }
    broken = [claim for claim, holds in claims.items() if not holds]
    if broken:
        raise Defect(f"{name} is not as planned: {', '.join(broken)}", code=f"{step}.verify")
