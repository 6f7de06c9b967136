"""What the gateway makes of the answers of other services."""

import asyncio

import httpx2
import pytest
import structlog

from libs.common.media.errors import NotFound, Unavailable
from libs.common.runtime.client import async_client
from services.gateway.upstreams import VOICE, Question, Upstreams


def ask(answer: httpx2.Response):
    upstreams = Upstreams({VOICE: async_client("http://voice", transport=httpx2.MockTransport(lambda request: answer))})
    return asyncio.run(upstreams.ask(VOICE, Question("GET", "/v1/voices", tenant="t")))


@pytest.mark.parametrize(("status", "slug"), [(401, "unauthenticated"), (403, "forbidden")])
def test_a_service_that_refuses_the_gateway_is_down_and_the_callers_key_is_not_blamed(status, slug):
    problem = {"type": f"urn:reelsmith:problem:{slug}", "code": "auth.unknown_key", "detail": "x"}

    with structlog.testing.capture_logs() as told, pytest.raises(Unavailable) as caught:
        ask(httpx2.Response(status, json=problem))

    assert caught.value.code == "upstream.voice_down"
    assert [(line["log_level"], line["service"], line["status"]) for line in told] == [("error", "voice", status)]


def test_what_a_service_refuses_is_refused_in_the_same_words():
    with pytest.raises(NotFound) as caught:
        ask(httpx2.Response(404, json={"type": "urn:reelsmith:problem:not-found", "code": "voice.not_found", "detail": "no such voice"}))

    assert (caught.value.code, caught.value.detail) == ("voice.not_found", "no such voice")
