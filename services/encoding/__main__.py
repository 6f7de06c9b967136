"""`python -m services.encoding`: the internal HTTP face. Steps run in the worker."""

from __future__ import annotations

import uvicorn

from services.encoding.app import create_app
from services.encoding.settings import EncodingSettings


def main() -> None:
    settings = EncodingSettings()
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, access_log=False)


if __name__ == "__main__":
    main()
