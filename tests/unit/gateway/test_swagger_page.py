"""The documentation page loads nothing from outside."""

import re

from services.gateway.swagger import ASSETS, PAGE, POLICY, START


def test_the_page_asks_only_its_own_server():
    addresses = re.findall(r'(?:src|href|url)[=:]\s*"([^"]+)"', PAGE + START)

    assert len(addresses) == 5
    assert all(address.startswith("/") and not address.startswith("//") for address in addresses)
    assert "validatorUrl: null" in START


def test_the_page_has_no_inline_script_and_the_policy_allows_none():
    assert re.findall(r"<script(?![^>]*src=)[^>]*>", PAGE) == []
    assert "script-src 'self';" in POLICY
    assert "http" not in POLICY


def test_the_files_it_names_are_in_the_package():
    for name in re.findall(r'"/docs/assets/([^"]+)"', PAGE):
        assert (ASSETS / name).is_file()
