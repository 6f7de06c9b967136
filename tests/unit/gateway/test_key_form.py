"""The form of an API key."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.media.errors import Unauthenticated
from services.gateway.accounts.secrets import base62, digest, id_of, matches, new_secret


def test_a_key_carries_its_id_and_256_random_bits():
    key_id, secret = new_secret()

    assert re.fullmatch(r"rk_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}", secret)
    assert id_of(secret) == key_id
    assert len({new_secret()[1] for _ in range(100)}) == 100


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_base62_has_43_digits_and_loses_nothing(one, other):
    assert len(base62(one)) == 43
    assert (base62(one) == base62(other)) is (one == other)


@pytest.mark.parametrize(
    "text", ["", "rk_", "rk_abcdefgh_short", f"xx_{'a' * 8}_{'b' * 43}", f"rk_{'a' * 8}_{'b' * 43}\n", f"rk_{'a' * 8}_{'b' * 44}"]
)
def test_what_does_not_look_like_a_key_is_unknown(text):
    with pytest.raises(Unauthenticated):
        id_of(text)


def test_only_the_digest_is_compared():
    _, secret = new_secret()

    assert matches(secret, digest(secret))
    assert not matches(secret, digest(secret + "x"))
    assert secret not in digest(secret)
