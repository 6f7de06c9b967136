"""What every language model behind the port does, whoever serves it."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any

import httpx2
import pytest
import stamina

from libs.common.media.errors import Defect, DomainError, Unavailable
from services.scripts.llm.base import WORTH_ANOTHER, ChatModel, Message
from services.scripts.llm.openai import OpenAIModel
from services.scripts.llm.scripted import ScriptedModel

TEXT = '{"scenes": [{"narration": "早上好，\\n世界"}]}'
MESSAGES = (Message("system", "rules"), Message("user", "brief"))
SCHEMA = {"type": "object"}
Answer = str | DomainError
Build = Callable[[list[Answer]], ChatModel]


def scripted(answers: list[Answer]) -> ChatModel:
    return ScriptedModel(list(answers), identity="tiny@memory")


def served(answers: list[Answer]) -> ChatModel:
    """The HTTP adapter before a server that answers in event streams, or as badly as it is told."""
    left = list(answers)

    def respond(request: httpx2.Request) -> httpx2.Response:
        answer = left.pop(0)
        if isinstance(answer, DomainError):
            return bad_answer(answer.code)
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=events(answer))

    return OpenAIModel("http://model.test/v1", "tiny", attempts=1, transport=httpx2.MockTransport(respond))


def events(text: str, *, finish: str | None = "stop") -> bytes:
    pieces = [text[start : start + 5] for start in range(0, len(text), 5)]
    deltas: list[dict[str, Any]] = [{"choices": [{"delta": {"role": "assistant"}, "finish_reason": None}]}]
    deltas += [{"choices": [{"delta": {"content": piece}, "finish_reason": None}]} for piece in pieces]
    if finish is not None:
        deltas.append({"choices": [{"delta": {}, "finish_reason": finish}]})
    deltas.append({"choices": [], "usage": {"completion_tokens": 3}})
    return "".join(f"data: {json.dumps(delta)}\n\n" for delta in deltas).encode() + b"data: [DONE]\n\n"


def bad_answer(code: str) -> httpx2.Response:
    stream = {"content-type": "text/event-stream"}
    match code:
        case "llm.unreachable":
            raise httpx2.ConnectError("refused")
        case "llm.busy":
            return httpx2.Response(503, text="queue full")
        case "llm.timeout":
            raise httpx2.ReadTimeout("silence")
        case "llm.refused":
            return httpx2.Response(400, json={"error": {"message": "bad schema"}})
        case "llm.interrupted":
            return httpx2.Response(200, headers=stream, content=events(TEXT, finish=None))
        case "llm.truncated":
            return httpx2.Response(200, headers=stream, content=events(TEXT, finish="length"))
        case _:
            return httpx2.Response(200, headers={"content-type": "text/html"}, text="<html>welcome</html>")


@pytest.fixture(params=[scripted, served])
def build(request: pytest.FixtureRequest) -> Build:
    found: Build = request.param
    return found


@pytest.fixture(autouse=True)
def quick_retries() -> Generator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


def run(model: ChatModel) -> list[str]:
    return list(model.stream(MESSAGES, schema=SCHEMA, seed=3, max_tokens=100, deadline_s=5))


def test_the_pieces_make_the_text(build: Build) -> None:
    pieces = run(build([TEXT]))

    assert "".join(pieces) == TEXT
    assert len(pieces) > 1


def test_it_answers_again_and_says_who_it_is(build: Build) -> None:
    model = build([TEXT, TEXT])

    assert run(model) == run(model)
    assert model.identity.startswith("tiny@")


def test_it_can_be_left_in_the_middle(build: Build) -> None:
    model = build([TEXT, TEXT])
    with closing(model.stream(MESSAGES, schema=SCHEMA, seed=1, max_tokens=9, deadline_s=5)) as pieces:
        assert next(pieces)

    assert "".join(run(model)) == TEXT


@pytest.mark.parametrize("code", ["llm.unreachable", "llm.busy", "llm.timeout", "llm.refused", *sorted(WORTH_ANOTHER)])
def test_every_failure_has_its_code(build: Build, code: str) -> None:
    kind = Defect if code == "llm.refused" else Unavailable

    with pytest.raises(kind) as failed:
        run(build([kind("failed", code=code)]))

    assert failed.value.code == code


class Counting:
    """A server that counts what it is asked."""

    def __init__(self, *responses: Callable[[], httpx2.Response]) -> None:
        self.responses = list(responses)
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[httpx2.Headers] = []

    def model(self, **options: Any) -> OpenAIModel:
        return OpenAIModel("http://model.test/v1/", "tiny", transport=httpx2.MockTransport(self._respond), **options)

    def _respond(self, request: httpx2.Request) -> httpx2.Response:
        assert request.url.path == "/v1/chat/completions"
        self.bodies.append(json.loads(request.content))
        self.headers.append(request.headers)
        return self.responses[min(len(self.bodies), len(self.responses)) - 1]()


def good() -> httpx2.Response:
    return httpx2.Response(200, headers={"content-type": "text/event-stream; charset=utf-8"}, content=events(TEXT))


@pytest.mark.parametrize("code", ["llm.busy", "llm.unreachable"])
def test_a_server_that_is_busy_or_away_is_asked_again(code: str) -> None:
    server = Counting(lambda: bad_answer(code), lambda: bad_answer(code), good)

    assert "".join(run(server.model())) == TEXT
    assert len(server.bodies) == 3


@pytest.mark.parametrize("status", [400, 401, 404, 422])
def test_a_refusal_is_never_asked_again(status: int) -> None:
    server = Counting(lambda: httpx2.Response(status, text="no <|im_end|> such"))

    with pytest.raises(Defect, match=f"answered {status}: no such") as refused:
        run(server.model())

    assert refused.value.code == "llm.refused"
    assert len(server.bodies) == 1


def test_the_request_is_what_vllm_and_llama_cpp_understand() -> None:
    server = Counting(good)
    run(server.model(token="secret", temperature=0.2))
    body = server.bodies[0]

    assert body["response_format"] == {"type": "json_schema", "json_schema": {"name": "scenes", "strict": True, "schema": SCHEMA}}
    assert (body["model"], body["seed"], body["max_tokens"], body["temperature"], body["stream"]) == ("tiny", 3, 100, 0.2, True)
    assert body["messages"][0] == {"role": "system", "content": "rules"}
    assert server.headers[0]["authorization"] == "Bearer secret"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"data: not json\n\n", "llm.garbage"),
        (b'data: {"choices": "none"}\n\n', "llm.garbage"),
        (b'data: {"choices": [{"delta": {"content": 7}}]}\n\n', "llm.garbage"),
        (b"data: []\n\n", "llm.garbage"),
        (b'data: {"error": {"message": "out of memory"}}\n\n', "llm.interrupted"),
        (events(TEXT, finish="content_filter"), "llm.garbage"),
        (b"", "llm.interrupted"),
    ],
)
def test_an_event_stream_of_nonsense_is_no_answer(content: bytes, code: str) -> None:
    server = Counting(lambda: httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=content))

    with pytest.raises(Unavailable) as failed:
        run(server.model())

    assert failed.value.code == code
