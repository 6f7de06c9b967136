"""How many event streams each key holds open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from libs.common.media.errors import LimitExceeded


class Streams:
    """Counts in this process; several gateways each allow their share. Used on the event loop alone, so it needs no lock."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._open: Counter[str] = Counter()

    @contextmanager
    def slot(self, principal_id: str) -> Iterator[None]:
        """Raises LimitExceeded (`events.too_many_streams`)."""
        if self._open[principal_id] >= self._limit:
            raise LimitExceeded(f"A key may hold {self._limit} event streams open.", code="events.too_many_streams")
        self._open[principal_id] += 1
        try:
            yield
        finally:
            self._open[principal_id] -= 1
            if not self._open[principal_id]:
                del self._open[principal_id]
