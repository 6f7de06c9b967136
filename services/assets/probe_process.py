"""The child that reads untrusted media: `python -m services.assets.probe_process video|still FD LIMITS FORMAT [LONGEST_PX]`.

Writes one line of JSON, and for a still the new file behind it. It runs under `limited.py`; a crash here is an answer too.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, BinaryIO

from libs.common.media.errors import DomainError
from services.assets.limits import MediaLimits


def main(arguments: list[str]) -> None:
    what, descriptor, limits, *rest = arguments
    allowed = MediaLimits(**json.loads(limits))
    with os.fdopen(int(descriptor), "rb", closefd=False) as source:
        source.seek(0)
        try:
            answer, data = _answer(what, source, allowed, rest)
        except DomainError as error:
            answer, data = {"error": {"kind": type(error).__name__, "code": error.code, "detail": error.detail}}, b""
        except MemoryError:
            answer, data = (
                {"error": {"kind": "TooLarge", "code": "media.too_much_memory", "detail": "reading it takes too much memory"}},
                b"",
            )
    sys.stdout.buffer.write(json.dumps(answer, default=str).encode() + b"\n" + data)
    sys.stdout.buffer.flush()
    os._exit(0)  # decoders of damaged files have crashed while they were taken down


def _answer(what: str, source: BinaryIO, limits: MediaLimits, rest: list[str]) -> tuple[dict[str, Any], bytes]:
    """Imports late: only what the question needs, and only after the limits are in force."""
    if what == "video":
        from services.assets.read_video import read_video

        return read_video(source, rest[0], limits=limits), b""
    from services.assets.read_still import read_still

    return read_still(source, rest[0], limits=limits, longest_px=int(rest[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
