"""HTTP clients for our own services and the model servers: no proxy or redirect that nobody asked for, and no wait without end."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import httpx2

CONNECT_S = 3.0
READ_S = 30.0


def tls_context(ca: Path | None) -> ssl.SSLContext:
    """TLS 1.3 alone; trusts `ca` (PEM), or this machine's store where none is given."""
    context = ssl.create_default_context(cafile=str(ca) if ca is not None else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def timeouts(read_s: float | None = READ_S) -> httpx2.Timeout:
    """`read_s` is the longest silence, not the length of the whole answer; None waits for ever (event streams)."""
    return httpx2.Timeout(read_s, connect=CONNECT_S)


def async_client(
    base_url: str,
    *,
    token: str | None = None,
    ca: Path | None = None,
    read_s: float | None = READ_S,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> httpx2.AsyncClient:
    """`transport` goes straight to an application in the same process, or is a test's."""
    return httpx2.AsyncClient(base_url=base_url, transport=transport, **_options(token, ca, read_s))


def sync_client(
    base_url: str,
    *,
    token: str | None = None,
    ca: Path | None = None,
    read_s: float | None = READ_S,
    transport: httpx2.BaseTransport | None = None,
) -> httpx2.Client:
    """The same for steps and the command line."""
    return httpx2.Client(base_url=base_url, transport=transport, **_options(token, ca, read_s))


def _options(token: str | None, ca: Path | None, read_s: float | None) -> dict[str, Any]:
    """Certificates are verified whatever the address says: plain HTTP does not ask for them."""
    return {
        "headers": {"Authorization": f"Bearer {token}"} if token else {},
        "verify": tls_context(ca),
        "timeout": timeouts(read_s),
        "follow_redirects": False,
        "trust_env": False,
    }
