"""Images of briefs from the web, without lending our place in the network to whoever writes the address (SSRF).

Nothing is reachable but what the operator lists. The name is resolved once, every answer is checked, and the connection goes to the checked
address; no redirects, no proxies, no compression, limits on bytes and on time in all.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpcore2

from libs.common.media.errors import InvalidInput, TooLarge

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Sequence[str]]

_CONNECT_S = 2.0
_READ_S = 5.0
_PORTS = {"https": 443, "http": 80}
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_SPECIAL = (
    ipaddress.ip_network("192.0.0.0/24"),  # IETF protocol assignments
    ipaddress.ip_network("192.88.99.0/24"),  # 6to4 relays
    ipaddress.ip_network("::/96"),  # IPv4-compatible
)
"""Ranges that Python calls global and that are not places for images."""


@dataclass(frozen=True, slots=True)
class HostRule:
    """One entry of the operator's list."""

    pattern: str
    """A host, or `*.` and a domain for all hosts below it."""
    port: int | None
    """None: the scheme's own."""
    networks: tuple[Network, ...]
    """Private networks in which this host may lie; none: only public addresses."""

    @classmethod
    def parse(cls, text: str) -> HostRule:
        """`host`, `*.domain`, `host:8443`, `host=10.0.0.0/8,fd00::/8`. Raises ValueError."""
        where, _, networks = text.strip().lower().partition("=")
        pattern, _, port = where.partition(":")
        if not pattern or "*" in pattern.removeprefix("*."):
            raise ValueError(f"{text!r} is no host rule")
        parsed = tuple(ipaddress.ip_network(part.strip()) for part in networks.split(",") if part.strip())
        return cls(pattern, int(port) if port else None, parsed)

    def covers(self, host: str, port: int, scheme: str) -> bool:
        return fnmatchcase(host, self.pattern) and port == (self.port or _PORTS[scheme])


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRules:
    hosts: tuple[HostRule, ...] = ()
    allow_http: bool = False
    most_bytes: int = 20 << 20
    total_s: float = 15.0
    accept: str = "image/*"
    """What the request says that it wants; what came is looked at later."""


def resolve_all(host: str, port: int) -> Sequence[str]:
    """Every address of a name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def fetch_image(
    url: str,
    rules: FetchRules,
    *,
    resolve: Resolve = resolve_all,
    backend: httpcore2.NetworkBackend | None = None,
    tls: ssl.SSLContext | None = None,
) -> bytes:
    """The body behind `url`. It is not looked at here: whether it is an image is for the probe to say.

    Raises InvalidInput (`image.url_refused`, `image.unreachable`, `image.not_an_image`) and TooLarge (`image.too_large`).
    """
    parts, host, port = _read_url(url, rules)
    rule = next((rule for rule in rules.hosts if rule.covers(host, port, parts.scheme)), None)
    if rule is None:
        raise _refused("the host is not on the operator's list")
    address = _checked_address(host, port, rule, resolve)
    deadline = time.monotonic() + rules.total_s
    guard = _Pinned(backend or httpcore2.SyncBackend(), host=host, address=address, deadline=deadline)
    with httpcore2.ConnectionPool(ssl_context=tls or ssl.create_default_context(), network_backend=guard) as pool:
        try:
            return _read(pool, parts, host, rules)
        except (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError, ssl.SSLError) as error:
            raise InvalidInput(f"the image cannot be had: {type(error).__name__}", code="image.unreachable") from error


def check_address(text: str, *, allowed: Iterable[Network] = ()) -> Address:
    """Raises InvalidInput (`image.url_refused`) unless the address is public, or private and in one of `allowed`."""
    address = ipaddress.ip_address(text.partition("%")[0])
    inner = _unwrapped(address)
    never = inner.is_loopback or inner.is_link_local or inner.is_multicast or inner.is_unspecified or inner != address
    if never or any(inner in network for network in _SPECIAL if network.version == inner.version):
        raise _refused(f"{address} is not an address that images come from")
    if any(inner in network for network in allowed if network.version == inner.version):
        return inner
    if inner.is_reserved or inner.is_private or not inner.is_global:
        raise _refused(f"{address} is not a public address")
    return inner


def _unwrapped(address: Address) -> Address:
    """The IPv4 address that a mapped, 6to4, Teredo or NAT64 address leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if any(address in network for network in _NAT64):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None) or address


def _read_url(url: str, rules: FetchRules) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _refused("the address cannot be read") from error
    allowed = ("https", "http") if rules.allow_http else ("https",)
    if parts.scheme not in allowed:
        raise _refused("only " + " and ".join(f"{scheme}://" for scheme in allowed) + " is allowed")
    if parts.username is not None or parts.password is not None:
        raise _refused("an address with a name or password is not allowed")
    if not host or not host.isascii() or any(letter.isspace() or ord(letter) < 33 for letter in url):
        raise _refused("the address cannot be read")
    return parts, host.rstrip("."), port or _PORTS[parts.scheme]


def _checked_address(host: str, port: int, rule: HostRule, resolve: Resolve) -> str:
    """Resolved once; all answers have to be good, for any of them could be used."""
    try:
        answers = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise InvalidInput(f"{host} has no address", code="image.unreachable") from error
    checked = [str(check_address(answer, allowed=rule.networks)) for answer in answers]
    if not checked:
        raise InvalidInput(f"{host} has no address", code="image.unreachable")
    return checked[0]


def _read(pool: httpcore2.ConnectionPool, parts: SplitResult, host: str, rules: FetchRules) -> bytes:
    headers: dict[bytes | str, bytes | str] = {
        "Host": parts.netloc,
        "Accept": rules.accept,
        "Accept-Encoding": "identity",
        "User-Agent": "reelsmith",
    }
    timeouts = {"connect": _CONNECT_S, "read": _READ_S, "write": _READ_S, "pool": _CONNECT_S}
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    url = httpcore2.URL(scheme=parts.scheme, host=host, port=parts.port, target=target)
    with pool.stream("GET", url, headers=headers, extensions={"timeout": timeouts}) as answer:
        if answer.status >= 500 or answer.status == 429:
            raise InvalidInput(f"the image's server answered {answer.status}", code="image.unreachable")
        if answer.status != 200:
            raise InvalidInput(f"the image's server answered {answer.status}; redirects are not followed", code="image.unreachable")
        sent = {name.lower(): value.decode("latin-1") for name, value in answer.headers}
        if sent.get(b"content-encoding", "identity").lower() != "identity":
            raise InvalidInput("the answer is compressed, which was not asked for", code="image.not_an_image")
        if int(sent.get(b"content-length", "0") or 0) > rules.most_bytes:
            raise _too_large(rules)
        body = bytearray()
        for chunk in answer.iter_stream():
            body += chunk
            if len(body) > rules.most_bytes:
                raise _too_large(rules)
        return bytes(body)


class _Pinned(httpcore2.NetworkBackend):
    """Connects to the checked address, whatever the name says by now; the name stays for TLS and the Host header."""

    def __init__(self, inner: httpcore2.NetworkBackend, *, host: str, address: str, deadline: float) -> None:
        self._inner, self._host, self._address, self._deadline = inner, host, address, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        if host != self._host:
            raise httpcore2.ConnectError(f"{host} was not checked")
        stream = self._inner.connect_tcp(self._address, port, timeout=timeout, socket_options=socket_options)
        return _Timed(stream, self._deadline)

    def connect_unix_socket(self, *args: Any, **options: Any) -> httpcore2.NetworkStream:
        raise httpcore2.ConnectError("no sockets of this machine")


class _Timed(httpcore2.NetworkStream):
    """Gives up at the deadline, however slowly the other side drips."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, self._left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("out of time")
        return min(left, timeout) if timeout is not None else left


def _refused(detail: str) -> InvalidInput:
    return InvalidInput(detail, code="image.url_refused")


def _too_large(rules: FetchRules) -> TooLarge:
    return TooLarge(f"the image has more than {rules.most_bytes} bytes", code="image.too_large")
