"""Look at an untrusted file in a limited child process: what it is, or why we do not take it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from libs.common.media.errors import DomainError, InvalidInput, TooLarge
from services.assets.child import Ended, memory_file, run_limited
from services.assets.limits import ChildLimits, MediaLimits
from services.assets.probed import StillProbe, VideoProbe
from services.assets.sniff import HEAD_BYTES, Family, Kind, sniff

_VIDEO: TypeAdapter[VideoProbe] = TypeAdapter(VideoProbe)
_STILL: TypeAdapter[StillProbe] = TypeAdapter(StillProbe)
_KINDS: dict[str, type[DomainError]] = {"InvalidInput": InvalidInput, "TooLarge": TooLarge}


@dataclass(frozen=True, slots=True)
class Still:
    """An image, upright, sRGB, encoded anew by us."""

    data: bytes
    probe: StillProbe


def identify(source: BinaryIO, *, limits: MediaLimits) -> Kind:
    """By the first bytes. Raises TooLarge (`media.too_large`), InvalidInput (`media.empty`, `media.not_allowed_format`)."""
    size = source.seek(0, 2)
    source.seek(0)
    head = source.read(HEAD_BYTES)
    source.seek(0)
    if size > limits.file_bytes:
        raise TooLarge(f"the file has {size} bytes, {limits.file_bytes} are allowed", code="media.too_large")
    if not head:
        raise InvalidInput("the file is empty", code="media.empty")
    kind = sniff(head)
    if kind is None:
        raise InvalidInput("this is no video or image format that we read", code="media.not_allowed_format")
    return kind


def probe_video(source: BinaryIO, kind: Kind, *, limits: MediaLimits, child: ChildLimits | None = None) -> VideoProbe:
    """`source` is a memory file (see `child.memory_file`). Raises InvalidInput or TooLarge with a code that begins with `media.`."""
    if kind.family is Family.audio:
        raise InvalidInput("the file has sound alone", code="media.no_video")
    answer, _ = _ask("video", source, [kind.format], limits=limits, child=child or ChildLimits())
    return _VIDEO.validate_python(answer)


def read_still(source: BinaryIO, kind: Kind, *, limits: MediaLimits, longest_px: int, child: ChildLimits | None = None) -> Still:
    """Decode an image and encode it anew: PNG where it has transparency or few colours, JPEG otherwise. Metadata does not survive."""
    allowed = child or ChildLimits(output_bytes=64 << 20)
    answer, rest = _ask("still", source, [kind.format, str(longest_px)], limits=limits, child=allowed)
    return Still(rest, _STILL.validate_python(answer))


def _ask(what: str, source: BinaryIO, arguments: list[str], *, limits: MediaLimits, child: ChildLimits) -> tuple[dict[str, Any], bytes]:
    """One line of JSON comes back, then bytes where the question has some for an answer."""
    copy = source if hasattr(source, "fileno") else memory_file(source.read())
    argv = [sys.executable, "-s", "-m", "services.assets.probe_process", what, str(copy.fileno()), json.dumps(asdict(limits)), *arguments]
    ended = run_limited(argv, limits=child, files=[copy])
    line, _, rest = ended.output.partition(b"\n")
    if ended.code != 0 or not line:
        raise _no_answer(ended)
    answer: dict[str, Any] = json.loads(line)
    if "error" in answer:
        error = answer["error"]
        raise _KINDS.get(error["kind"], InvalidInput)(error["detail"], code=error["code"])
    return answer, rest


def _no_answer(ended: Ended) -> InvalidInput:
    if ended.timed_out:
        return InvalidInput("reading the file took too long", code="media.probe_timeout")
    return InvalidInput(f"the file broke its reader (status {ended.code})", code="media.probe_crashed")
