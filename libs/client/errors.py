"""What may go wrong on the way to the gateway.

ClientError
├── Unreachable      nobody answers, or the answer is not ours
└── ApiError         the gateway answered with a problem
    ├── NotAllowed   401, 403
    └── Refused      other 4xx: what was sent cannot be used, or not now
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ClientError(Exception):
    """Its text is for people."""


class Unreachable(ClientError):
    pass


class ApiError(ClientError):
    """A problem of RFC 9457; `code` is stable, `faults` are `(JSON pointer, what is wrong)`."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or f"The gateway answered {status}."))
        self.status = status
        self.problem = dict(problem)
        self.code = str(problem.get("code", f"http.{status}"))
        self.faults = tuple((str(item.get("field") or ""), str(item.get("detail", ""))) for item in problem.get("errors", ()))


class NotAllowed(ApiError):
    pass


class Refused(ApiError):
    pass


def api_error(status: int, body: object) -> ApiError:
    problem = body if isinstance(body, Mapping) else {}
    kind = NotAllowed if status in (401, 403) else Refused if 400 <= status < 500 else ApiError
    return kind(status, problem)
