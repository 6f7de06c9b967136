"""The documentation page in a real browser that can reach nobody but us."""

import re
import subprocess

import pytest

from services.gateway.access import ROUTES


@pytest.fixture(scope="module")
def page(gateway, tmp_path_factory):
    """The page as it stands after its scripts have run."""
    profile = tmp_path_factory.mktemp("chromium")
    options = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--ignore-certificate-errors",
        "--enable-logging=stderr",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
        "--virtual-time-budget=20000",
        f"--user-data-dir={profile}",
        "--dump-dom",
    ]
    return subprocess.run(["chromium", *options, f"{gateway.url}/docs"], capture_output=True, text=True, timeout=120, check=True)


def test_every_operation_is_rendered(page):
    rendered = set(re.findall(r'id="operations-(?!tag-)\w+-(\w+)"', page.stdout))

    assert rendered == set(ROUTES)
    assert "Unable to render" not in page.stdout


def test_a_key_can_be_entered(page):
    assert 'class="btn authorize unlocked"' in page.stdout


def test_the_content_policy_is_never_broken(page):
    assert "Content Security Policy" not in page.stderr
    assert "ERR_NAME_NOT_RESOLVED" not in page.stderr
