"""Nobody reaches through us where they could not reach themselves."""

from __future__ import annotations

import ssl
from collections.abc import Sequence

import httpcore2
import pytest

from libs.common.media.errors import InvalidInput, TooLarge
from services.assets.fetch import FetchRules, HostRule, check_address, fetch_image

PUBLIC = "93.184.216.34"
RULES = FetchRules(hosts=(HostRule.parse("img.shop.example"), HostRule.parse("*.cdn.example:8443")), most_bytes=1_000)
OK = [b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 5\r\n\r\n", b"bytes"]


class Wire(httpcore2.MockBackend):
    """Plays an answer and remembers where it was connected to."""

    def __init__(self, answer: Sequence[bytes] = OK) -> None:
        super().__init__(list(answer))
        self.connected: list[tuple[str, int]] = []

    def connect_tcp(self, host: str, port: int, *args: object, **options: object) -> httpcore2.NetworkStream:
        self.connected.append((host, port))
        return super().connect_tcp(host, port, *args, **options)


def fetch(
    url: str = "https://img.shop.example/a.png?x=1",
    *,
    rules: FetchRules = RULES,
    answers: Sequence[str] = (PUBLIC,),
    wire: Wire | None = None,
) -> bytes:
    return fetch_image(url, rules, resolve=lambda host, port: answers, backend=wire or Wire(), tls=ssl.create_default_context())


def code(**options: object) -> str:
    with pytest.raises(InvalidInput) as caught:
        fetch(**options)  # type: ignore[arg-type]
    return caught.value.code


def test_an_allowed_image_is_fetched_from_the_address_that_was_checked() -> None:
    wire = Wire()

    assert fetch(wire=wire) == b"bytes"
    assert wire.connected == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255"),
        *("224.0.0.1", "240.0.0.1", "192.0.0.8", "192.88.99.1", "198.18.0.1", "203.0.113.5"),
        *("::1", "::", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "fe80::1%eth0"),
        *("::ffff:93.184.216.34", "64:ff9b::5db8:d822", "2002:5db8:d822::"),
    ],
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert code(answers=(address,)) == "image.url_refused"


def test_one_bad_answer_among_good_ones_is_enough() -> None:
    assert code(answers=(PUBLIC, "127.0.0.1")) == "image.url_refused"


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/a.png",
        "https://cdn.example:8443/a.png",
        "https://a.cdn.example/a.png",
        "https://img.shop.example:8443/a.png",
        "https://img.shop.example.evil.example/a.png",
        "http://img.shop.example/a.png",
        "ftp://img.shop.example/a.png",
        "file:///etc/passwd",
        "https://user@img.shop.example/a.png",
        "https://img.shop.example@evil.example/a.png",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https:///a.png",
        "https://img.shop.example:99999/",
        "https://img.shop.example/a b.png",
        "https://img.shop.example/a\r\nHost: evil",
        "not an address",
    ],
)
def test_addresses_off_the_list_are_refused(url: str) -> None:
    wire = Wire()

    assert code(url=url, wire=wire) == "image.url_refused"
    assert wire.connected == []


def test_without_a_list_nothing_is_allowed() -> None:
    assert code(rules=FetchRules()) == "image.url_refused"


def test_a_rule_may_name_a_domain_and_a_port() -> None:
    assert fetch("https://a.cdn.example:8443/x.png") == b"bytes"


def test_a_private_network_is_open_only_to_the_host_that_the_operator_put_there() -> None:
    rules = FetchRules(hosts=(HostRule.parse("intra.example=10.1.0.0/16"), HostRule.parse("other.example")))

    assert fetch("https://intra.example/a.png", rules=rules, answers=("10.1.2.3",)) == b"bytes"
    assert code(url="https://intra.example/a.png", rules=rules, answers=("10.2.0.1",)) == "image.url_refused"
    assert code(url="https://other.example/a.png", rules=rules, answers=("10.1.2.3",)) == "image.url_refused"


def test_no_rule_opens_this_machine_or_its_cloud() -> None:
    rules = FetchRules(hosts=(HostRule.parse("intra.example=0.0.0.0/0,::/0"),))

    for address in ("127.0.0.1", "169.254.169.254", "::1"):
        assert code(url="https://intra.example/a.png", rules=rules, answers=(address,)) == "image.url_refused"


def test_plain_http_has_to_be_allowed() -> None:
    rules = FetchRules(hosts=(HostRule.parse("img.shop.example"),), allow_http=True)
    wire = Wire()

    assert fetch("http://img.shop.example/a.png", rules=rules, wire=wire) == b"bytes"
    assert wire.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "answer",
    [
        [b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"],
        [b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"],
        [b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"],
        [b"nonsense\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n", b"cut off", b""],
    ],
)
def test_redirects_and_failures_are_not_followed(answer: list[bytes]) -> None:
    wire = Wire(answer)

    assert code(wire=wire) == "image.unreachable"
    assert len(wire.connected) == 1


def test_an_announced_size_over_the_limit_is_refused_unread() -> None:
    with pytest.raises(TooLarge) as caught:
        fetch(wire=Wire([b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"]))

    assert caught.value.code == "image.too_large"


def test_a_body_without_a_size_is_counted_as_it_comes() -> None:
    chunk = b"64\r\n" + bytes(100) + b"\r\n"

    with pytest.raises(TooLarge) as caught:
        fetch(wire=Wire([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *[chunk] * 20]))

    assert caught.value.code == "image.too_large"


def test_compression_that_was_not_asked_for_is_refused() -> None:
    assert code(wire=Wire([b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n", b"bytes"])) == "image.not_an_image"


def test_a_server_that_drips_runs_out_of_time() -> None:
    rules = FetchRules(hosts=RULES.hosts, total_s=0.0)

    assert code(rules=rules) == "image.unreachable"


def test_a_name_without_an_address_is_unreachable() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(InvalidInput) as caught:
        fetch_image("https://img.shop.example/", RULES, resolve=resolve, backend=Wire())

    assert caught.value.code == "image.unreachable"


@pytest.mark.parametrize("text", ["", "*", "*.*.example", "a*b.example", "host:port", "host=10.0.0.0/33"])
def test_a_rule_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        HostRule.parse(text)


def test_public_addresses_of_both_kinds_pass() -> None:
    assert str(check_address(PUBLIC)) == PUBLIC
    assert str(check_address("2606:2800:220:1:248:1893:25c8:1946")) == "2606:2800:220:1:248:1893:25c8:1946"
