"""The private CA and the TLS 1.3 rule, with real handshakes."""

import datetime as dt
import socket
import ssl
import threading

import pytest
from cryptography import x509

from libs.common.runtime import tls


def handshake(certificate: tls.Certificate, client: ssl.SSLContext) -> str | None:
    """The protocol that both agree on; raises what the client raises."""
    server = tls.tls13(None, lambda: ssl.create_default_context(ssl.Purpose.CLIENT_AUTH))
    server.load_cert_chain(certificate.cert, certificate.key)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                try:
                    with server.wrap_socket(connection, server_side=True) as secured:
                        secured.recv(1)
                except OSError:
                    return  # the client's side of the failure is what the test looks at

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            with (
                socket.create_connection(listener.getsockname(), timeout=5) as raw,
                client.wrap_socket(raw, server_hostname="localhost") as secured,
            ):
                secured.send(b"x")
                return secured.version()
        finally:
            thread.join(5)


def test_a_client_that_trusts_our_ca_gets_tls_1_3(tmp_path):
    certificate = tls.development_certificate(tmp_path)
    assert handshake(certificate, ssl.create_default_context(cafile=certificate.ca)) == "TLSv1.3"


def test_a_tls_1_2_client_is_refused(tmp_path):
    certificate = tls.development_certificate(tmp_path)
    old = ssl.create_default_context(cafile=certificate.ca)
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises((ssl.SSLError, ConnectionError)):
        handshake(certificate, old)


def test_a_client_without_our_ca_does_not_connect(tmp_path):
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(tls.development_certificate(tmp_path), ssl.create_default_context())


def test_private_keys_are_private(tmp_path):
    certificate = tls.development_certificate(tmp_path)
    for path in (certificate.key, tmp_path / "ca-key.pem"):
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_certificate_that_still_serves_is_kept(tmp_path):
    before = tls.development_certificate(tmp_path).cert.read_bytes()
    assert tls.development_certificate(tmp_path).cert.read_bytes() == before


def test_a_new_host_name_makes_a_new_certificate_under_the_same_ca(tmp_path):
    first = tls.development_certificate(tmp_path)
    ca, cert = first.ca.read_bytes(), first.cert.read_bytes()
    second = tls.development_certificate(tmp_path, hosts=["reels.example"])
    assert second.ca.read_bytes() == ca
    assert second.cert.read_bytes() != cert


def test_a_certificate_near_its_end_is_renewed(tmp_path, monkeypatch):
    before = x509.load_pem_x509_certificate(tls.development_certificate(tmp_path).cert.read_bytes())
    later = tls._now() + tls.LEAF_LIFETIME - tls.RENEW_BEFORE + dt.timedelta(minutes=1)
    monkeypatch.setattr(tls, "_now", lambda: later)
    after = x509.load_pem_x509_certificate(tls.development_certificate(tmp_path).cert.read_bytes())
    assert after.not_valid_after_utc > before.not_valid_after_utc
