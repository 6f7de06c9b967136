"""The client on a line that breaks."""

import hashlib
import json

import httpx2
import pytest

from libs.client import ApiError, ClientError, NotAllowed, Reelsmith, Refused, Unreachable
from libs.client import download as download_module
from libs.client import line as line_module
from libs.client import watch as watch_module

FILE = b"0123456789" * 1000
LINK = {
    "name": "540p.mp4",
    "href": "/v1/videos/v/files/540p.mp4",
    "media_type": "video/mp4",
    "size_bytes": len(FILE),
    "sha256": hashlib.sha256(FILE).hexdigest(),
}


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    monkeypatch.setattr(line_module, "FIRST_PAUSE_S", 0.0)
    monkeypatch.setattr(watch_module, "PAUSE_S", 0.0)
    monkeypatch.setattr(watch_module, "SNAPSHOT_EVERY_S", 0.0)
    monkeypatch.setattr(watch_module, "PATIENCE_S", 0.05)
    monkeypatch.setattr(download_module, "PAUSE_S", 0.0)
    monkeypatch.setattr(download_module, "PATIENCE_S", 0.05)


def reelsmith(answer) -> Reelsmith:
    return Reelsmith("https://gateway", "rk_test", transport=httpx2.MockTransport(answer))


class Breaking(httpx2.SyncByteStream):
    """Some bytes, and then the line is gone."""

    def __init__(self, data: bytes, *, breaks: bool = True) -> None:
        self._data, self._breaks = data, breaks

    def __iter__(self):
        yield self._data
        if self._breaks:
            raise httpx2.ReadError("gone")


def job(state: str = "running") -> dict:
    return {"id": "j", "video_id": "v", "state": state, "steps": [], "progress": 0.5, "error": None}


def sse(*seqs: int) -> bytes:
    return b"".join(
        f"id: {seq}\nevent: step.state\ndata: {json.dumps({'seq': seq, 'type': 'step.state', 'data': {}})}\n\n".encode() for seq in seqs
    )


def test_an_order_is_asked_again_under_the_same_key():
    keys = []

    def answer(request):
        keys.append(request.headers["idempotency-key"])
        if len(keys) == 1:
            raise httpx2.ReadError("gone")
        if len(keys) == 2:
            return httpx2.Response(503, headers={"Retry-After": "0"})
        return httpx2.Response(202, json={"job_id": "j"})

    assert reelsmith(answer).submit({"product": {}})["job_id"] == "j"
    assert len(keys) == 3
    assert len(set(keys)) == 1


def test_two_orders_have_two_keys():
    keys = []

    def answer(request):
        keys.append(request.headers["idempotency-key"])
        return httpx2.Response(202, json={})

    client = reelsmith(answer)
    client.submit({})
    client.submit({})

    assert len(set(keys)) == 2


@pytest.mark.parametrize(("status", "kind"), [(401, NotAllowed), (403, NotAllowed), (404, Refused), (422, Refused), (500, ApiError)])
def test_a_refusal_keeps_its_code_and_its_places(status, kind):
    problem = {"code": "a.b", "detail": "why", "errors": [{"field": "/x", "detail": "bad"}]}

    with pytest.raises(kind) as caught:
        reelsmith(lambda request: httpx2.Response(status, json=problem)).version()

    assert (type(caught.value), caught.value.code, caught.value.faults, str(caught.value)) == (kind, "a.b", (("/x", "bad"),), "why")


def test_who_does_not_answer_is_unreachable():
    def answer(request):
        raise httpx2.ConnectError("refused")

    with pytest.raises(Unreachable, match="https://gateway"):
        reelsmith(answer).version()


def test_what_is_no_gateway_is_unreachable():
    with pytest.raises(Unreachable, match="Reelsmith"):
        reelsmith(lambda request: httpx2.Response(200, text="<html>")).version()


def test_making_a_key_is_never_asked_twice():
    asked = []

    def answer(request):
        asked.append(request)
        raise httpx2.ReadError("gone")

    with pytest.raises(Unreachable):
        reelsmith(answer).create_key(name="x", role="viewer")
    assert len(asked) == 1


def test_events_go_on_where_the_line_broke():
    streams = [Breaking(sse(1, 2)), Breaking(sse(3)), Breaking(sse(4), breaks=False)]
    came_back = []

    def answer(request):
        if not request.url.path.endswith("/events"):
            return httpx2.Response(200, json=job("completed"))
        came_back.append(request.headers["last-event-id"])
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, stream=streams.pop(0))

    assert [event["seq"] for event in reelsmith(answer).events("j")] == [1, 2, 3, 4]
    assert came_back == ["0", "2", "3"]


@pytest.mark.parametrize(
    "blocked", [httpx2.Response(429, json={"code": "events.too_many_streams"}), httpx2.Response(200, text="<html>buffering proxy</html>")]
)
def test_where_events_do_not_get_through_the_job_is_asked_for(blocked):
    states = ["queued", "running", "running", "completed"]

    def answer(request):
        if request.url.path.endswith("/events"):
            return blocked
        return httpx2.Response(200, json=job(states.pop(0)))

    assert [found["state"] for found in reelsmith(answer).follow("j")] == ["queued", "running", "running", "completed"]


def test_following_ends_with_the_terminal_state_even_where_no_event_told_it():
    states = ["running", "running", "completed", "completed"]

    def answer(request):
        if request.url.path.endswith("/events"):
            return httpx2.Response(200, headers={"content-type": "text/event-stream"}, stream=Breaking(sse(1), breaks=False))
        return httpx2.Response(200, json=job(states.pop(0)))

    assert [found["state"] for found in reelsmith(answer).follow("j")][-1] == "completed"


def test_a_gateway_that_stays_away_ends_the_following():
    def answer(request):
        if request.url.path.endswith("/events"):
            raise httpx2.ConnectError("refused")
        return httpx2.Response(200, json=job())

    with pytest.raises(Unreachable):
        list(reelsmith(answer).follow("j"))


def serve_ranges(request, *, breaks_at: int) -> httpx2.Response:
    start = int(request.headers.get("range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
    piece = FILE[start : start + breaks_at]
    whole = start + breaks_at >= len(FILE)
    return httpx2.Response(206 if "range" in request.headers else 200, stream=Breaking(piece, breaks=not whole))


def test_a_download_goes_on_where_it_broke(tmp_path):
    ranges = []

    def answer(request):
        ranges.append(request.headers.get("range"))
        return serve_ranges(request, breaks_at=4_000)

    reelsmith(answer).download(LINK, tmp_path / "out" / "video.mp4")

    assert (tmp_path / "out" / "video.mp4").read_bytes() == FILE
    assert ranges == [None, "bytes=4000-", "bytes=8000-"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["video.mp4"]


def test_a_server_that_ignores_the_range_costs_a_fresh_start_and_no_damage(tmp_path):
    (tmp_path / f"video.mp4.{LINK['sha256'][:16]}.partial").write_bytes(FILE[:10])

    reelsmith(lambda request: httpx2.Response(200, content=FILE)).download(LINK, tmp_path / "video.mp4")

    assert (tmp_path / "video.mp4").read_bytes() == FILE


def test_a_damaged_file_is_never_left_under_its_name(tmp_path):
    with pytest.raises(ClientError, match="damaged"):
        reelsmith(lambda request: httpx2.Response(200, content=b"x" * len(FILE))).download(LINK, tmp_path / "video.mp4")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_fetched_again(tmp_path):
    (tmp_path / "video.mp4").write_bytes(FILE)

    reelsmith(lambda request: httpx2.Response(500)).download(LINK, tmp_path / "video.mp4")
