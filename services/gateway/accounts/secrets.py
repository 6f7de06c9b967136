"""The form of an API key: `rk_<8 characters: its id>_<43 characters: 32 random bytes in base62>`."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from libs.common.media.errors import Unauthenticated

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ID_CHARS = 8
SECRET_BYTES = 32
SECRET_CHARS = 43
"""62^43 is the first power above 2^256."""

_FORM = re.compile(rf"rk_([0-9A-Za-z]{{{ID_CHARS}}})_([0-9A-Za-z]{{{SECRET_CHARS}}})", re.ASCII)


def new_secret() -> tuple[str, str]:
    """A fresh id and the whole secret."""
    key_id = "".join(secrets.choice(ALPHABET) for _ in range(ID_CHARS))
    return key_id, f"rk_{key_id}_{base62(secrets.token_bytes(SECRET_BYTES))}"


def base62(data: bytes) -> str:
    """`SECRET_CHARS` digits for `SECRET_BYTES` bytes, leading zeros kept."""
    number, digits = int.from_bytes(data), []
    for _ in range(SECRET_CHARS):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def id_of(secret: str) -> str:
    """Raises Unauthenticated for what does not look like a key of ours."""
    found = _FORM.fullmatch(secret)
    if found is None:
        raise unknown_key()
    return found[1]


def digest(secret: str) -> str:
    """SHA-256 in hex. A secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def matches(secret: str, stored: str) -> bool:
    """In constant time."""
    return hmac.compare_digest(digest(secret), stored)


def unknown_key() -> Unauthenticated:
    return Unauthenticated("This API key is not known, or no longer good.", code="auth.unknown_key")
