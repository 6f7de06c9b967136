"""The HTTP face of the moderation service."""

from fastapi.testclient import TestClient

from services.moderation.app import create_app
from services.moderation.settings import ModerationSettings


def test_a_text_gets_a_verdict_with_places():
    client = TestClient(create_app(ModerationSettings()))

    answer = client.post("/v1/moderation/text", json={"text": "国家级品质", "scenario": "ecommerce"})

    assert answer.status_code == 200
    body = answer.json()
    assert body["decision"] == "block"
    assert (body["findings"][0]["start"], body["findings"][0]["end"]) == (0, 3)


def test_an_empty_text_is_refused():
    answer = TestClient(create_app(ModerationSettings())).post("/v1/moderation/text", json={"text": ""})

    assert answer.status_code == 422


def test_with_a_token_only_the_house_may_ask():
    client = TestClient(create_app(ModerationSettings(token="secret")))

    assert client.post("/v1/moderation/text", json={"text": "a"}).status_code == 401
