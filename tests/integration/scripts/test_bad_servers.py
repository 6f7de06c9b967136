"""Servers that answer what they should not, over real sockets."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler

import pytest

from libs.common.media.brief import Brief
from libs.common.media.errors import Unavailable
from libs.common.media.review import BriefReview
from libs.common.media.storyboard import Storyboard
from libs.common.runtime.context import RecordingContext
from services.scripts.check import failures
from services.scripts.llm.base import Message
from services.scripts.llm.openai import OpenAIModel
from services.scripts.write import ModelWriter, write

Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], AbstractContextManager[str]]


def head(request: BaseHTTPRequestHandler, status: int = 200, kind: str = "text/event-stream", length: int | None = None) -> None:
    request.send_response(status)
    request.send_header("content-type", kind)
    if length is not None:
        request.send_header("content-length", str(length))
    request.end_headers()


def event(text: str) -> bytes:
    return b"data: " + json.dumps({"choices": [{"delta": {"content": text}, "finish_reason": None}]}).encode() + b"\n\n"


def html(request: BaseHTTPRequestHandler) -> None:
    page = b"<html><body>It works!</body></html>"
    head(request, kind="text/html", length=len(page))
    request.wfile.write(page)


def garbage(request: BaseHTTPRequestHandler) -> None:
    head(request)
    request.wfile.write(bytes(range(256)) * 40)


def no_http(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"\x00\x01\x02 not HTTP at all\r\n\r\n")


def half(request: BaseHTTPRequestHandler) -> None:
    head(request, length=100_000)
    request.wfile.write(event('{"scenes": [{"role": "hook", "narr'))


def busy(request: BaseHTTPRequestHandler) -> None:
    head(request, status=503, kind="text/plain", length=0)


def refusing(request: BaseHTTPRequestHandler) -> None:
    head(request, status=400, kind="application/json", length=2)
    request.wfile.write(b"{}")


def prose(request: BaseHTTPRequestHandler) -> None:
    head(request)
    for word in ("Sure! ", "Here ", "is ", "your ", "script: "):
        request.wfile.write(event(word))
    request.wfile.write(b'data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n')


def written(url: str, brief: Brief, allowed: BriefReview, *, deadline_s: float = 60, stall_s: float = 30) -> Storyboard:
    model = OpenAIModel(url, "tiny", stall_s=stall_s, attempts=2)
    return write(brief, allowed, writer=ModelWriter(model=model, deadline_s=deadline_s), context=RecordingContext())


@pytest.mark.parametrize(
    ("respond", "code"),
    [
        (html, "llm.garbage"),
        (garbage, "llm.interrupted"),
        (no_http, "llm.unreachable"),
        (half, "llm.interrupted"),
        (busy, "llm.busy"),
        (refusing, "llm.refused"),
        (prose, "llm.garbage"),
    ],
)
def test_a_bad_server_leaves_a_flagged_script(
    respond: Callable[[BaseHTTPRequestHandler], None], code: str, serve: Serve, brief: Brief, allowed: BriefReview
) -> None:
    with serve(respond) as url:
        storyboard = written(url, brief, allowed)

    assert (storyboard.degraded, storyboard.generator) == (True, "template/1")
    assert storyboard.degraded_reason.startswith(code), storyboard.degraded_reason
    assert failures(storyboard.checks) == ()


def test_nobody_there_leaves_a_flagged_script(serve: Serve, brief: Brief, allowed: BriefReview) -> None:
    with serve(html) as url:
        pass

    assert written(url, brief, allowed).degraded_reason.startswith("llm.unreachable")


def test_a_server_that_drips_is_cut_off_at_the_deadline(serve: Serve, brief: Brief, allowed: BriefReview) -> None:
    gone = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        head(request)
        try:
            request.wfile.write(event('{"scenes": [{"role": "'))
            while True:
                request.wfile.write(event("x"))
                request.wfile.flush()
                time.sleep(0.05)
        except OSError:
            gone.set()

    with serve(drip) as url:
        storyboard = written(url, brief, allowed, deadline_s=1.0)
        assert gone.wait(30), "the connection is still open"

    assert storyboard.degraded_reason.startswith("llm.timeout")


def test_a_silent_server_is_left(serve: Serve, brief: Brief, allowed: BriefReview) -> None:
    done = threading.Event()

    def silent(request: BaseHTTPRequestHandler) -> None:
        head(request)
        request.wfile.write(event("{"))
        request.wfile.flush()
        done.wait(60)

    with serve(silent) as url:
        storyboard = written(url, brief, allowed, stall_s=0.3)
        done.set()

    assert storyboard.degraded_reason.startswith("llm.timeout")


def test_the_deadline_ends_a_read_that_has_begun(serve: Serve) -> None:
    """A word shortly before the deadline starts the read timeout anew; the connection is shut all the same."""
    done = threading.Event()

    def late_word(request: BaseHTTPRequestHandler) -> None:
        head(request)
        done.wait(2.0)
        request.wfile.write(event("{"))
        request.wfile.flush()
        done.wait(60)

    with serve(late_word) as url:
        stream = OpenAIModel(url, "tiny", stall_s=60, attempts=1).stream(
            [Message("user", "go")], schema={}, seed=1, max_tokens=9, deadline_s=3.0
        )
        assert next(stream) == "{"
        with pytest.raises(Unavailable, match="not done in time"):
            next(stream)
        done.set()
