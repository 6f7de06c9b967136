"""Settings of the gateway that would be dangerous by halves."""

import pytest
from pydantic import ValidationError

from services.gateway.settings import GatewaySettings


@pytest.mark.parametrize("name", ["CERT", "KEY"])
def test_half_a_certificate_is_refused(monkeypatch, name):
    monkeypatch.setenv(f"REELSMITH_GATEWAY_TLS_{name}", "/some/file.pem")

    with pytest.raises(ValidationError, match="REELSMITH_GATEWAY_TLS_CERT and REELSMITH_GATEWAY_TLS_KEY together"):
        GatewaySettings()


def test_a_whole_certificate_is_taken(monkeypatch):
    monkeypatch.setenv("REELSMITH_GATEWAY_TLS_CERT", "/some/cert.pem")
    monkeypatch.setenv("REELSMITH_GATEWAY_TLS_KEY", "/some/key.pem")

    assert GatewaySettings().tls_key is not None


def test_a_refusal_does_not_quote_secrets(monkeypatch):
    monkeypatch.setenv("REELSMITH_GATEWAY_INTERNAL_TOKEN", "hunter2")
    monkeypatch.setenv("REELSMITH_GATEWAY_TLS_CERT", "/some/file.pem")

    with pytest.raises(ValidationError) as caught:
        GatewaySettings()

    assert "hunter2" not in str(caught.value)
