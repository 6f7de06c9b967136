"""The line to the gateway: sends, tries again where that is safe, and turns refusals into errors."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from libs.client.errors import Unreachable, api_error
from libs.common.runtime.client import sync_client, timeouts

ATTEMPTS = 4
FIRST_PAUSE_S = 0.5
UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"
"""Time does not mend that."""
BUSY = frozenset({429, 502, 503, 504})
"""Answers after which the same request may work a little later."""


class Line:
    def __init__(self, url: str, key: str, *, ca: Path | None = None, transport: httpx2.BaseTransport | None = None) -> None:
        """Raises Unreachable where `ca` is not a certificate."""
        self.url = url
        try:
            self.http = sync_client(url, token=key, ca=ca, transport=transport, read_s=120)
        except (OSError, ValueError) as error:
            raise Unreachable(f"{ca} is not a certificate that can be used: {error}") from error

    def close(self) -> None:
        self.http.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: object = None,
        headers: Mapping[str, str] | None = None,
        again: bool = True,
    ) -> Any:
        """The JSON of the answer. With `again`, which has to be harmless, tries a few times.

        Raises Unreachable, NotAllowed, Refused, or ApiError for what is the gateway's own fault.
        """
        attempts = ATTEMPTS if again else 1
        for attempt in range(1, attempts + 1):
            try:
                answer = self.http.request(method, path, params=params, json=json, headers=headers)
            except httpx2.TransportError as error:
                if attempt == attempts or UNTRUSTED in str(error):
                    raise self.unreachable(error) from error
                time.sleep(FIRST_PAUSE_S * 2 ** (attempt - 1))
                continue
            if answer.status_code not in BUSY or attempt == attempts:
                return read(answer)
            time.sleep(_pause(answer, attempt))
        raise AssertionError("a request has at least one attempt")

    def send(self, method: str, path: str, *, params: Mapping[str, Any] | None = None, files: Any = None) -> Any:
        """A body that can be sent once."""
        try:
            return read(self.http.request(method, path, params=params, files=files, timeout=httpx2.Timeout(600, connect=3)))
        except httpx2.TransportError as error:
            raise self.unreachable(error) from error

    @contextmanager
    def stream(self, path: str, *, headers: Mapping[str, str] | None = None, silence_s: float = 60) -> Iterator[httpx2.Response]:
        """An answer to read piece by piece. Transport errors are the caller's: what is half read can be taken up again."""
        with self.http.stream("GET", path, headers=headers, timeout=timeouts(silence_s)) as answer:
            if not answer.is_success:
                answer.read()
                read(answer)
            yield answer

    def unreachable(self, error: Exception) -> Unreachable:
        reason = str(error) or type(error).__name__
        hint = ""
        if UNTRUSTED in reason:
            hint = " Give the gateway's certificate authority with --ca or REELSMITH_CA."
        return Unreachable(f"{self.url} cannot be reached: {reason}.{hint}")


def read(answer: httpx2.Response) -> Any:
    try:
        body = answer.json() if answer.content else None
    except ValueError:
        if answer.is_success:
            raise Unreachable(f"{answer.url.host} does not answer like Reelsmith.") from None
        body = None
    if answer.is_success:
        return body
    raise api_error(answer.status_code, body)


def _pause(answer: httpx2.Response, attempt: int) -> float:
    given = answer.headers.get("retry-after", "")
    return min(float(given), 30.0) if given.isdigit() else FIRST_PAUSE_S * 2 ** (attempt - 1)
