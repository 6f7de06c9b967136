"""HTTP clients verify certificates whatever the address looks like, with real handshakes."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator

import httpx2
import pytest

from libs.common.runtime.client import async_client, sync_client
from libs.common.runtime.tls import Certificate, development_certificate, tls13

ANSWER = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"


class Server:
    """Answers one request, and remembers what it was asked in clear text."""

    def __init__(self, certificate: Certificate) -> None:
        self.certificate, self.heard = certificate, b""
        self._context = tls13(None, lambda: ssl.create_default_context(ssl.Purpose.CLIENT_AUTH))
        self._context.load_cert_chain(certificate.cert, certificate.key)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        with self._listener:
            connection, _ = self._listener.accept()
        with connection:
            try:
                with self._context.wrap_socket(connection, server_side=True) as secured:
                    self.heard = secured.recv(65_536)
                    secured.sendall(ANSWER)
            except OSError:
                return  # the client hung up: what it did not say is what the test looks at

    def close(self) -> None:
        self._thread.join(10)


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    server = Server(development_certificate(tmp_path))
    yield server
    server.close()


@pytest.mark.parametrize("scheme", ["https", "HTTPS", "HttpS"])
def test_a_key_does_not_travel_to_a_server_that_is_not_trusted(server, scheme):
    with sync_client(f"{scheme}://localhost:{server.port}", token="secret") as client, pytest.raises(httpx2.ConnectError):
        client.get("/")
    server.close()

    assert server.heard == b""


def test_nor_does_it_from_a_service(server):
    async def ask() -> None:
        async with async_client(f"HTTPS://localhost:{server.port}", token="secret") as client:
            await client.get("/")

    with pytest.raises(httpx2.ConnectError):
        asyncio.run(ask())
    server.close()

    assert server.heard == b""


def test_a_server_of_the_named_authority_is_trusted(server):
    with sync_client(f"HTTPS://localhost:{server.port}", token="secret", ca=server.certificate.ca) as client:
        assert client.get("/").status_code == 204

    assert b"Bearer secret" in server.heard
