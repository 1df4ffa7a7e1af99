"""One line per event, as JSON for machines or readable on a terminal, always on standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import Any

import structlog

_SHARED: Sequence[Any] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    structlog.processors.StackInfoRenderer(),
)
_LIBRARY_FIELDS = ("request", "server_time", "status_code", "job", "job_result")


class WithoutTrace(logging.Filter):
    """Leaves the stack out of a line whose message says all."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; none is dropped."""
        record.exc_info = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


def drop_library_fields(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Leave out what libraries attach to their records and JSON cannot hold; their message says the same."""
    for field in _LIBRARY_FIELDS:
        event.pop(field, None)
    return event


def log_format(chosen: str) -> str:
    """Return "json" or "console"; "auto" means readable on a terminal and JSON elsewhere."""
    if chosen != "auto":
        return chosen
    return "console" if sys.stderr.isatty() else "json"


def logging_config(*, chosen_format: str, level: str) -> dict[str, Any]:
    """Return Django's `LOGGING`; the same renderer serves the product's and every library's lines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*_SHARED],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    drop_library_fields,
                    *_renderers(chosen_format),
                ],
            }
        },
        "filters": {
            "addresses": {"()": "mycelia.config.observability.addresses.SecretPathFilter"},
            "short": {"()": "mycelia.config.observability.logs.WithoutTrace"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Every request has a line of its own; only failures need Django's, for the stack.
            "django.request": {"handlers": [], "level": "ERROR", "filters": ["addresses"], "propagate": True},
            # Anybody can send a wrong host; where in Django it was noticed tells nothing.
            "django.security.DisallowedHost": {"handlers": [], "level": level, "filters": ["short"], "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            "procrastinate": {"handlers": [], "level": "WARNING" if level == "INFO" else level, "propagate": True},
            # Wagtail runs its search index as tasks within the request and tells of each one three times.
            "django_tasks": {"handlers": [], "level": "WARNING" if level == "INFO" else level, "propagate": True},
            "_granian": {"handlers": [], "level": level, "propagate": True},
        },
    }


def configure_structlog() -> None:
    """Send structlog's events through the standard library's handlers."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _renderers(chosen_format: str) -> list[Any]:
    if chosen_format == "console":
        return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]
