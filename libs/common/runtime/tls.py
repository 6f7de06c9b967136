"""TLS 1.3 at the door, and a certificate authority of one's own for the first start."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CA_LIFETIME = dt.timedelta(days=3650)
LEAF_LIFETIME = dt.timedelta(days=90)
RENEW_BEFORE = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Paths of PEM files."""

    ca: Path
    """What clients have to trust."""
    cert: Path
    key: Path
    """Readable by its owner alone."""


def tls13(config: object, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """uvicorn's `ssl_context_factory`: nothing below TLS 1.3, no renegotiation."""
    context = default()
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.options |= ssl.OP_NO_RENEGOTIATION
    return context


def development_certificate(folder: Path, *, hosts: Iterable[str] = ()) -> Certificate:
    """The certificate in `folder`, made or renewed where it is missing, about to end, or lacks one of `hosts`.

    It is signed by an authority that is made once in the same folder and stands for this installation alone. Names: localhost, this
    machine's host name, 127.0.0.1, ::1, and `hosts`.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = Certificate(ca=folder / "ca.pem", cert=folder / "server.pem", key=folder / "server-key.pem")
    ca_key_path = folder / "ca-key.pem"
    names = sorted({"localhost", socket.gethostname(), "127.0.0.1", "::1", *hosts})
    if not (found.ca.exists() and ca_key_path.exists()):
        key = ec.generate_private_key(ec.SECP256R1())
        _write(ca_key_path, _pem(key), mode=0o600)
        _write(found.ca, _authority(key).public_bytes(Encoding.PEM), mode=0o644)
        found.cert.unlink(missing_ok=True)
    if not _serves(found, names):
        ca_key = load_pem_private_key(ca_key_path.read_bytes(), None)
        assert isinstance(ca_key, ec.EllipticCurvePrivateKey)
        ca = x509.load_pem_x509_certificate(found.ca.read_bytes())
        key = ec.generate_private_key(ec.SECP256R1())
        _write(found.key, _pem(key), mode=0o600)
        _write(found.cert, _leaf(key, names, ca, ca_key).public_bytes(Encoding.PEM), mode=0o644)
    return found


def _serves(found: Certificate, names: list[str]) -> bool:
    if not (found.cert.exists() and found.key.exists()):
        return False
    cert = x509.load_pem_x509_certificate(found.cert.read_bytes())
    alternatives = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    known = {str(name.value) for name in alternatives}
    return set(names) <= known and cert.not_valid_after_utc - _now() > RENEW_BEFORE


def _authority(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Reelsmith private CA ({socket.gethostname()})"[:64])])
    return (
        _builder(name, name, key.public_key(), CA_LIFETIME)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _leaf(key: ec.EllipticCurvePrivateKey, names: list[str], ca: x509.Certificate, ca_key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Reelsmith gateway")])
    issuer_id = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        _builder(subject, ca.subject, key.public_key(), LEAF_LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_id), critical=False)
        .sign(ca_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey, lifetime: dt.timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_now() - dt.timedelta(minutes=5))  # clocks on one network differ a little
        .not_valid_after(_now() + lifetime)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(path: Path, data: bytes, *, mode: int) -> None:
    partial = path.with_suffix(".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as target:
        target.write(data)
    os.replace(partial, path)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
