"""The API's description in the repository is the one that the program gives, and is valid."""

import json

from openapi_spec_validator import validate

from services.gateway.app import routes_alone
from services.gateway.openapi import SNAPSHOT, describe, operations, text_of


def test_the_snapshot_is_current():
    assert SNAPSHOT.read_text() == text_of(describe(routes_alone())), "run `python -m services.gateway.openapi`"


def test_the_snapshot_is_valid_openapi():
    validate(json.loads(SNAPSHOT.read_text()))


def test_every_operation_says_what_may_go_wrong_and_who_may_call():
    for operation in operations(json.loads(SNAPSHOT.read_text())):
        assert {"401", "403"} <= set(operation["responses"]), operation["operationId"]
        assert operation["security"] == [{"bearer": []}, {"header": []}]
        assert operation["summary"]
        assert "Needs `" in operation["description"]
        problems = [answer for status, answer in operation["responses"].items() if status[0] in "45"]
        assert all("application/problem+json" in answer["content"] for answer in problems)
