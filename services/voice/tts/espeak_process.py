"""The child process that holds espeak-ng: the GPL library stays behind a process border, and a crash of it costs one request.

Started by path, with the standard library alone, as `python -I -S espeak_process.py <library> <data folder>`. Each request is served by a
fork of a freshly initialised library: espeak keeps state from call to call (lengths drift by some 10 ms), a fork starts from the same state
each time, so that equal requests give equal bytes.

A frame on stdin or stdout is a 4-byte big-endian length and that many bytes. Request: a JSON object. Answer: a JSON object in one frame,
then the samples in a second one (empty where `error` is set).
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import struct
import sys
from typing import Any, BinaryIO

AUDIO_OUTPUT_SYNCHRONOUS = 2
INITIALIZE_PHONEME_EVENTS = 1
INITIALIZE_DONT_EXIT = 0x8000
CHARS_UTF8 = 1
RATE, VOLUME, PITCH, RANGE, GAP = 1, 2, 3, 4, 7
"""espeak_PARAMETER of speak_lib.h."""
EVENT_LIST_TERMINATED, EVENT_WORD, EVENT_END, EVENT_PHONEME = 0, 1, 5, 7
PAUSE = b"_:"
"""Name of the phoneme that is a pause between clauses."""
CPU_LIMIT_S = 30
"""Of one request; a healthy one takes 0.05 s."""


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    """espeak_EVENT of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Espeak:
    """The library, initialised. Raises OSError where it cannot be loaded or finds no data."""

    def __init__(self, library: str, data: str) -> None:
        self._lib = ctypes.CDLL(library)
        self._lib.espeak_Info.restype = ctypes.c_char_p
        self._lib.espeak_Synth.argtypes = (
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.c_void_p,
            ctypes.c_void_p,
        )
        options = INITIALIZE_PHONEME_EVENTS | INITIALIZE_DONT_EXIT
        self.sample_rate_hz = self._lib.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, data.encode(), options)
        if self.sample_rate_hz <= 0:
            raise OSError(f"espeak-ng finds no data in {data}")
        self.version = self._lib.espeak_Info(None).decode()

    def speak(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Events are `[kind, first character, sample]`, kind `word` or `pause` (silence from here to the next word)."""
        if self._lib.espeak_SetVoiceByName(request["model"].encode()) != 0:
            return {"error": f"no voice {request['model']!r}"}, b""
        for parameter, name in ((RATE, "rate"), (VOLUME, "volume"), (PITCH, "pitch"), (RANGE, "range"), (GAP, "gap")):
            self._lib.espeak_SetParameter(parameter, request[name], 0)
        pcm: list[bytes] = []
        events: list[list[Any]] = []

        def take(samples: Any, count: int, found: Any) -> int:
            if count > 0:
                pcm.append(ctypes.string_at(samples, 2 * count))
            index = 0
            while found[index].type != EVENT_LIST_TERMINATED:
                event = found[index]
                if event.type == EVENT_WORD:
                    events.append(["word", event.text_position - 1, event.sample])
                elif event.type == EVENT_END or (event.type == EVENT_PHONEME and event.id.string.startswith(PAUSE)):
                    events.append(["pause", -1, event.sample])
                index += 1
            return 0

        self._lib.espeak_ng_SetRandSeed(ctypes.c_long(1))  # breath is noise, which the library seeds with the time of day
        callback = _Callback(take)  # has to outlive the synthesis: the library keeps a bare pointer
        self._lib.espeak_SetSynthCallback(callback)
        text = request["text"].encode() + b"\0"
        failed = self._lib.espeak_Synth(text, len(text), 0, 1, 0, CHARS_UTF8, None, None)
        if failed:
            return {"error": f"espeak_Synth says {failed}"}, b""
        head = {"events": events, "sample_rate_hz": self.sample_rate_hz, "version": self.version}
        return head, b"".join(pcm)


def read_frame(source: BinaryIO) -> bytes | None:
    """None at the end of the stream, also in the middle of a frame."""
    head = source.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    body = source.read(length)
    return body if len(body) == length else None


def frame(body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + body


def answer_in_fork(engine: Espeak, request: dict[str, Any]) -> bytes:
    """Both frames of the answer. A fork that dies leaves an answer with `crashed`."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT_S, CPU_LIMIT_S))
        with os.fdopen(writing, "wb") as target:
            head, pcm = engine.speak(request)
            target.write(frame(json.dumps(head).encode()) + frame(pcm))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        answer = source.read()
    _, status = os.waitpid(pid, 0)
    if status != 0:
        return frame(json.dumps({"error": f"the engine died with status {status}", "crashed": True}).encode()) + frame(b"")
    return answer


def main(library: str, data: str) -> None:
    engine = Espeak(library, data)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while (request := read_frame(source)) is not None:
        target.write(answer_in_fork(engine, json.loads(request)))
        target.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
