"""One JSON object a line to stdout, ours and the libraries' alike, with job and step bound where there are any. Secrets are taken out."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import Processor

Event = MutableMapping[str, Any]

_SECRET_NAME = re.compile(r"password|passwd|secret|(^|_)token$|authorization|api_?key|cookie|credential", re.IGNORECASE)
_URL_PASSWORD = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*://[^\s:/@]*):[^\s@/]+@", re.IGNORECASE)
_BEARER = re.compile(r"\b(?P<scheme>bearer|basic)\s+[\w.~+/=-]{8,}", re.IGNORECASE)
HIDDEN = "***"


def configure_logging(service: str, *, version: str = "", level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Call it once, at the start of a process. Children that are forked later inherit it."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _named(service, version),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        structlog.processors.UnicodeDecoder(),
        hide_secrets,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer(ensure_ascii=False)],
    )
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("uvicorn.access", "alembic", "celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def hide_secrets(_logger: object, _method: str, event: Event) -> Event:
    """Values under a telling name, passwords in URLs and bearer tokens in texts, however deep."""
    return {name: HIDDEN if _SECRET_NAME.search(name) else _hidden(value) for name, value in event.items()}


def _hidden(value: Any) -> Any:
    if isinstance(value, str):
        return _BEARER.sub(rf"\g<scheme> {HIDDEN}", _URL_PASSWORD.sub(rf"\g<scheme>:{HIDDEN}@", value))
    if isinstance(value, dict):
        return {name: HIDDEN if _SECRET_NAME.search(str(name)) else _hidden(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_hidden(item) for item in value]
    return value


def _named(service: str, version: str) -> Processor:
    def add(_logger: object, _method: str, event: Event) -> Event:
        event["service"] = service
        if version:
            event["version"] = version
        return event

    return add
