"""The tracks of an edit on the frame grid: which frames each clip has, and what is wrong with where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from libs.common.media.edit import Remark, Timeline, Track, TrackClip, Weight
from libs.common.media.errors import InvalidInput
from libs.common.media.time import RationalTime

MOST_ALIKE = 20
"""Remarks with the same code; one more says how many there were."""


@dataclass(slots=True)
class Remarks:
    """Collects what there is to say; all at once is kinder than one after another."""

    all: list[Remark] = field(default_factory=list)
    _alike: dict[str, int] = field(default_factory=dict)

    def error(self, code: str, detail: str, field: str) -> None:
        self._add(Weight.error, code, detail, field)

    def warning(self, code: str, detail: str, field: str) -> None:
        self._add(Weight.warning, code, detail, field)

    def note(self, code: str, detail: str, field: str) -> None:
        self._add(Weight.note, code, detail, field)

    def caught(self, error: InvalidInput, field: str) -> None:
        """An error of the catalogue, with its own place where it names one."""
        self.error(error.code, error.detail, error.field or field)

    @property
    def broken(self) -> bool:
        return any(remark.weight is Weight.error for remark in self.all)

    def told(self) -> tuple[Remark, ...]:
        """Errors first; of what is alike, the first ones and their number."""
        order = list(Weight)
        return tuple(sorted(self.all, key=lambda remark: order.index(remark.weight)))

    def _add(self, weight: Weight, code: str, detail: str, field: str) -> None:
        seen = self._alike[code] = self._alike.get(code, 0) + 1
        if seen <= MOST_ALIKE:
            self.all.append(Remark(weight=weight, code=code, detail=detail, field=field))
        elif seen == MOST_ALIKE + 1:
            self.all.append(Remark(weight=weight, code=code, detail="and more of the same", field=""))


@dataclass(frozen=True, slots=True)
class Grid:
    """Frames of a video."""

    rate: Fraction

    def frame(self, second: Fraction) -> int:
        """The nearest one, halves up."""
        return RationalTime.snap(second, self.rate).value

    def span(self, start: Fraction, length: Fraction) -> tuple[int, int]:
        """First frame and the one past the last. Both ends snap, so neighbours still meet."""
        return self.frame(start), self.frame(start + length)

    def span_told(self, start: Fraction, length: Fraction, field: str, remarks: Remarks) -> tuple[int, int]:
        """The same; what lies between frames is noted, and what has no frame of its own is an error."""
        first, end = self.span(start, length)
        if end <= first:
            remarks.error("edit.zero_length", f"shorter than a frame of 1/{self.rate} s", f"{field}/length")
        for name, second, frame in (("start", start, first), ("length", start + length, end)):
            off_ms = round(float((frame / self.rate - second) * 1000), 3)
            if off_ms:  # a third in sixteen digits has not moved
                remarks.note("edit.snapped", f"moved by {off_ms:+.3f} ms to frame {frame}", f"{field}/{name}")
        return first, end


@dataclass(frozen=True, slots=True)
class Placed:
    """A clip of a track with its frames."""

    clip: TrackClip
    field: str
    first: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.first


def placed_tracks(timeline: Timeline, grid: Grid, remarks: Remarks) -> list[list[Placed]]:
    """The clips of each track by time, without what has no frame."""
    return [list(_placed(track, f"/tracks/{number}", grid, remarks)) if track.clips else [] for number, track in enumerate(timeline.tracks)]


def _placed(track: Track, field: str, grid: Grid, remarks: Remarks) -> Iterator[Placed]:
    found = []
    for number, clip in enumerate(track.clips):
        at = f"{field}/clips/{number}"
        first, end = grid.span_told(clip.start, clip.length, at, remarks)
        if end > first:
            found.append(Placed(clip, at, first, end))
    found.sort(key=lambda placed: (placed.first, placed.end))
    until, before = 0, ""
    for placed in found:
        if placed.first < until:
            detail = f"overlaps {before} by {until - placed.first} frames; put it on a track above"
            remarks.error("edit.overlap", detail, f"{placed.field}/start")
        if placed.end > until:
            until, before = placed.end, placed.field
        yield placed
