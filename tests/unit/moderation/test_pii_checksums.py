"""Numbers with check digits."""

import pytest

from services.moderation.rules.pii import is_id_card, passes_luhn


@pytest.mark.parametrize("number", ["11010519491231002x", "440524188001010014"])
def test_an_identity_card_number_has_its_check_character(number):
    assert is_id_card(number)


@pytest.mark.parametrize(
    "number",
    ["110105194912310021", "11010519491331002x", "11010519490230002x", "21010519491231002x"],
    ids=["check", "month 13", "30 February", "one digit off"],
)
def test_a_number_that_only_looks_like_one_is_none(number):
    assert not is_id_card(number)


@pytest.mark.parametrize("number", ["4111111111111111", "5555555555554444", "378282246310005", "6222021234567890128"])
def test_card_numbers_pass_luhn(number):
    assert passes_luhn(number)


@pytest.mark.parametrize("place", range(16))
def test_one_wrong_digit_fails_luhn(place):
    digits = list("4111111111111111")
    digits[place] = str((int(digits[place]) + 1) % 10)

    assert not passes_luhn("".join(digits))
