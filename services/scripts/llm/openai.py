"""OpenAI-compatible chat over HTTP: vLLM, llama.cpp and their kin. Streams, gives up in time, and never asks twice what was refused."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import stamina

from libs.common.media.errors import Defect, Unavailable
from libs.common.runtime.client import sync_client, timeouts
from services.scripts.llm.base import Message
from services.scripts.sanitize import clean

_BUSY = frozenset({429, 503})
_GATEWAYS = frozenset({502, 504})
_EXCERPT_CHARS = 200


class OpenAIModel:
    """`url` is the server's `/v1`."""

    def __init__(
        self,
        url: str,
        model: str,
        *,
        token: str | None = None,
        ca: Path | None = None,
        temperature: float = 0.7,
        stall_s: float = 20.0,
        attempts: int = 4,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        """`stall_s` is the longest silence, also before the first token; `attempts` counts how often a busy or absent server is asked."""
        self._client = sync_client(url.rstrip("/") + "/", token=token, ca=ca, transport=transport)
        self._model = model
        self._temperature = temperature
        self._stall_s = stall_s
        self._attempts = attempts
        self.identity = f"{model}@{urlsplit(url).netloc.rpartition('@')[2]}"

    def stream(
        self, messages: Sequence[Message], *, schema: dict[str, Any], seed: int, max_tokens: int, deadline_s: float
    ) -> Generator[str, None, None]:
        ends_at = time.monotonic() + deadline_s
        body = {
            "model": self._model,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "response_format": {"type": "json_schema", "json_schema": {"name": "scenes", "strict": True, "schema": schema}},
            "seed": seed,
            "max_tokens": max_tokens,
            "temperature": self._temperature,
            "stream": True,
        }
        response = self._open(body, ends_at)
        try:
            with _cut_off(response, ends_at) as late:
                yield from _contents(response, late)
        finally:
            response.close()

    def _open(self, body: dict[str, Any], ends_at: float) -> httpx2.Response:
        """The response, its status good and its body unread."""
        left_s = ends_at - time.monotonic()
        for attempt in stamina.retry_context(
            on=_is_passing, attempts=self._attempts, timeout=left_s, wait_initial=0.2, wait_max=5.0, wait_jitter=1.0
        ):
            with attempt:
                return self._send(body, ends_at)
        raise Defect("no attempt was made")  # stamina either returns or raises

    def _send(self, body: dict[str, Any], ends_at: float) -> httpx2.Response:
        left_s = ends_at - time.monotonic()
        if left_s <= 0:
            raise Unavailable("no answer in time", code="llm.timeout")
        request = self._client.build_request("POST", "chat/completions", json=body, timeout=timeouts(min(self._stall_s, left_s)))
        try:
            response = self._client.send(request, stream=True)
        except (httpx2.ReadTimeout, httpx2.WriteTimeout) as error:
            raise Unavailable("no answer in time", code="llm.timeout") from error
        except httpx2.TransportError as error:
            raise Unavailable(f"cannot be reached: {type(error).__name__}", code="llm.unreachable") from error
        if response.status_code == httpx2.codes.OK:
            return response
        try:
            raise _refusal(response)
        finally:
            response.close()


def _is_passing(error: Exception) -> bool:
    """Busy and absent servers may come back; a refusal stays one, and time that is spent stays spent."""
    return isinstance(error, Unavailable) and error.code in {"llm.busy", "llm.unreachable"}


def _refusal(response: httpx2.Response) -> Unavailable | Defect:
    try:
        said = clean(response.read().decode("utf-8", "replace"))[:_EXCERPT_CHARS]
    except httpx2.TransportError:
        said = "the answer broke off"
    detail = f"answered {response.status_code}: {said}"
    if response.status_code in _BUSY:
        return Unavailable(detail, code="llm.busy")
    if response.status_code in _GATEWAYS:
        return Unavailable(detail, code="llm.unreachable")
    if response.status_code >= 500:
        return Unavailable(detail, code="llm.interrupted")
    return Defect(detail, code="llm.refused")


@contextmanager
def _cut_off(response: httpx2.Response, ends_at: float) -> Iterator[threading.Event]:
    """Ends the connection at the deadline, however slowly the server drips: a read timeout alone starts anew with every byte."""
    late = threading.Event()
    network = response.extensions.get("network_stream")

    def cut() -> None:
        late.set()
        connection = network.get_extra_info("socket") if network is not None else None
        if connection is not None:
            with suppress(OSError):  # closed by itself in this very moment
                connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, ends_at - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _contents(response: httpx2.Response, late: threading.Event) -> Generator[str, None, None]:
    finished = False
    try:
        for event in httpx2.EventSource(response):
            if late.is_set():
                break
            if event.data == "[DONE]":
                break
            text, reason = _delta(event.data)
            if text:
                yield text
            finished = _is_finished(reason) or finished
    except httpx2.ReadTimeout as error:
        raise Unavailable("fell silent", code="llm.timeout") from error
    except httpx2.SSEError as error:
        raise Unavailable("does not answer with an event stream", code="llm.garbage") from error
    except (httpx2.TransportError, httpx2.StreamError, OSError) as error:
        if not late.is_set():
            raise Unavailable(f"broke off: {type(error).__name__}", code="llm.interrupted") from error
    if late.is_set():
        raise Unavailable("not done in time", code="llm.timeout")
    if not finished:
        raise Unavailable("ended without an end", code="llm.interrupted")


def _delta(data: str) -> tuple[str, str | None]:
    """`(text, finish_reason)` of one event."""
    try:
        event = json.loads(data)
        if "error" in event:
            raise Unavailable(f"failed: {clean(str(event['error']))[:_EXCERPT_CHARS]}", code="llm.interrupted")
        choices = event["choices"]
        if not choices:
            return "", None  # the usage, at the end
        text, reason = choices[0]["delta"].get("content") or "", choices[0].get("finish_reason")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Unavailable("answers what no chat server would", code="llm.garbage") from error
    if not isinstance(text, str):
        raise Unavailable("answers what no chat server would", code="llm.garbage")
    return text, reason


def _is_finished(reason: str | None) -> bool:
    if reason == "length":
        raise Unavailable("reached its token limit", code="llm.truncated")
    if reason not in {None, "stop"}:
        raise Unavailable(f"ended with {reason!r}", code="llm.garbage")
    return reason == "stop"
