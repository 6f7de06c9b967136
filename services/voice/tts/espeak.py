"""espeak-ng 1.52: works offline, small, and tells when each word starts."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from libs.common.media.errors import Defect, Unavailable
from libs.common.media.sound import TimingSource
from services.voice.catalogue import Voice
from services.voice.syllables import is_spoken
from services.voice.tts.base import Span, Speech
from services.voice.tts.espeak_child import ChildDied, EspeakChild

RATE_MIN, RATE_MAX = 80, 450
"""Words a minute that espeak accepts."""
VOLUME = 70
"""At 100 loud vowels touch full scale inside the engine; the level is set afterwards anyway."""
ATTEMPTS = 2
"""A dead child is replaced once within a call."""


class EspeakSynthesizer:
    """Up to `processes` children, started when first needed. Threads wait for a free one."""

    identity = "espeak-ng/1.52.0"

    def __init__(self, *, processes: int = 1, timeout_s: float = 20.0) -> None:
        self._timeout_s = timeout_s
        self._slots = threading.BoundedSemaphore(processes)
        self._lock = threading.Lock()
        self._idle: list[EspeakChild] = []
        self._owner_pid = os.getpid()

    def speak(self, units: Sequence[str], voice: Voice, rate_scale: float = 1.0) -> Speech:
        text = "".join(units)
        request = {
            "text": text,
            "model": voice.model,
            "rate": min(RATE_MAX, max(RATE_MIN, round(voice.pace * rate_scale))),
            "pitch": voice.pitch,
            "range": voice.pitch_range,
            "gap": 0,
            "volume": VOLUME,
        }
        head, pcm = self._ask(request)
        if "error" in head:
            raise Defect(f"espeak-ng: {head['error']}", code="voice.engine_refused")
        spans = unit_spans(units, head["events"], len(pcm) // 2)
        return Speech(pcm=pcm, sample_rate_hz=head["sample_rate_hz"], spans=spans, timing_source=TimingSource.engine)

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.close()

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        reason = ""
        for _ in range(ATTEMPTS):
            try:
                with self._child() as child:
                    head, pcm = child.ask(request, timeout_s=self._timeout_s)
            except (ChildDied, OSError) as error:
                reason = str(error)
                continue
            if not head.get("crashed"):
                return head, pcm
            reason = head["error"]
        raise Unavailable(f"espeak-ng does not answer: {reason}", code="voice.engine_down")

    @contextmanager
    def _child(self) -> Iterator[EspeakChild]:
        with self._slots:
            child = self._take()
            try:
                yield child
            finally:
                if child.alive:
                    with self._lock:
                        self._idle.append(child)
                else:
                    child.close()

    def _take(self) -> EspeakChild:
        with self._lock:
            if self._owner_pid != os.getpid():  # forked since: those children are our parent's
                self._idle, self._owner_pid = [], os.getpid()
            while self._idle:
                child = self._idle.pop()
                if child.alive:
                    return child
                child.close()
        return EspeakChild()


def unit_spans(units: Sequence[str], events: Sequence[Sequence[Any]], length: int) -> tuple[Span | None, ...]:
    """When each unit is spoken, from the engine's word and pause events (`[kind, character, sample]`).

    A word event reaches to the next word or pause. Its time is shared evenly among the letters and hanzi from its own position to the
    next event's, because espeak marks some compounds (一百) once; a unit then lies from its first character's start to its last one's end.
    Events without a length are dropped, their characters go to the word that holds the sound.
    """
    text = "".join(units)
    times: dict[int, tuple[float, float]] = {}
    for start, end, first, last in _word_ranges(events, len(text), length):
        spoken = [index for index in range(first, last) if is_spoken(text[index])]
        for number, index in enumerate(spoken):
            step = (end - start) / len(spoken)
            times[index] = (start + number * step, start + (number + 1) * step)
    spans: list[Span | None] = []
    position = 0
    for unit in units:
        found = [times[index] for index in range(position, position + len(unit)) if index in times]
        span = Span(round(found[0][0]), round(found[-1][1])) if found else None
        spans.append(span if span is not None and span.end > span.start else None)
        position += len(unit)
    return tuple(spans)


def _word_ranges(events: Sequence[Sequence[Any]], characters: int, length: int) -> list[tuple[int, int, int, int]]:
    """`(first sample, end sample, first character, end character)` of each word that has a length, in order."""
    ordered = sorted(enumerate(events), key=lambda pair: (pair[1][2], pair[0]))
    marks = [(kind, character, min(sample, length)) for _, (kind, character, sample) in ordered]
    ranges: list[tuple[int, int, int]] = []
    waiting: int | None = None
    for (kind, character, sample), (_, _, following) in pairwise([*marks, ("pause", -1, length)]):
        if kind != "word":
            continue
        first = character if waiting is None else min(waiting, character)
        if following > sample:
            ranges.append((sample, following, 0 if not ranges else first))
            waiting = None
        elif not ranges:
            waiting = first
        # else: the word before keeps these characters, because its range ends where the next one begins
    ends = [*(first for _, _, first in ranges[1:]), characters]
    return [(start, end, first, last) for (start, end, first), last in zip(ranges, ends, strict=False)]
