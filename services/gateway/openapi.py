"""The API's description, and the command that writes it to `docs/api/openapi.json`: `python -m services.gateway.openapi [PATH]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from libs.common.runtime.problems import Problem
from services.gateway.access import ROUTES, roles_with

SNAPSHOT = Path(__file__).parents[2] / "docs" / "api" / "openapi.json"

DESCRIPTION = """A private short-video factory: a product brief goes in, a finished captioned video comes out.

1. **Authorize** with an API key (`rk_…`).
2. `POST /v1/videos` with a brief; send an `Idempotency-Key`, so that asking again orders nothing twice.
3. `GET /v1/jobs/{job_id}/events` or `GET /v1/jobs/{job_id}?wait=60` until the job is `completed`.
4. `GET /v1/videos/{video_id}` lists the files; take them by `GET /v1/videos/{video_id}/files/{name}`.

Who has an edit already sends that to `POST /v1/renders` instead; the rest is the same.

Every error is an RFC 9457 problem (`application/problem+json`) with a stable `code`."""

TAGS = [
    {"name": "videos", "description": "Order a video, look at it, take its files."},
    {"name": "renders", "description": "The edit itself: render one, try one, take that of a finished video."},
    {"name": "jobs", "description": "The work behind a video: follow, stop, go on, decide."},
    {"name": "library", "description": "Your own clips and images."},
    {"name": "catalogues", "description": "What there is to choose from."},
    {"name": "keys", "description": "Who may call."},
]


def describe(app: FastAPI) -> dict[str, Any]:
    """OpenAPI 3.1, with the roles of the access table at each operation."""
    if app.openapi_schema is None:
        document = get_openapi(
            title="Reelsmith", version=app.version, description=DESCRIPTION, routes=app.routes, tags=TAGS, openapi_version="3.1.0"
        )
        _add_problem(document)
        for operation in operations(document):
            scope = ROUTES[operation["operationId"]]
            roles = ", ".join(roles_with(scope))
            operation["description"] = f"{operation.get('description', '')}\n\nNeeds `{scope}`: {roles}.".strip()
        app.openapi_schema = document
    return app.openapi_schema


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (operation for path in document["paths"].values() for operation in path.values())


def _add_problem(document: dict[str, Any]) -> None:
    schema = TypeAdapter(Problem).json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    components = document["components"]["schemas"]
    components |= schema.pop("$defs")
    components["Problem"] = schema


def text_of(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def main() -> None:
    from services.gateway.app import routes_alone

    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SNAPSHOT
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text_of(describe(routes_alone())))


if __name__ == "__main__":
    main()
