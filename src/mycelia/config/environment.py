"""The environment variables the product reads, each once, parsed and checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class WrongEnvironment(ValueError):
    """An environment variable has a value that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything the surroundings decide about one installation."""

    home: Path
    database_url: str | None
    public_url: str
    content_origin: str
    secret_key: str | None
    allowed_hosts: tuple[str, ...]
    debug: bool
    queue_limit: int
    package_upload_megabytes: int
    log_format: str
    log_level: str
    metrics_token: str

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> Environment:
        """Parse the variables.

        Raises:
            WrongEnvironment: A value is not what its variable needs.
        """
        public_url = _origin(variables, "MYCELIA_PUBLIC_URL", "http://localhost:8000")
        return cls(
            home=Path(variables.get("MYCELIA_HOME") or "var").resolve(),
            database_url=variables.get("DATABASE_URL") or None,
            public_url=public_url,
            content_origin=_origin(variables, "MYCELIA_CONTENT_ORIGIN", "http://127.0.0.1:8000"),
            secret_key=variables.get("MYCELIA_SECRET_KEY") or None,
            allowed_hosts=_hosts(variables, public_url),
            debug=variables.get("MYCELIA_DEBUG", "") == "1",
            queue_limit=_whole_number(variables, "MYCELIA_QUEUE_LIMIT", 10_000),
            package_upload_megabytes=_whole_number(variables, "MYCELIA_PACKAGE_UPLOAD_MB", 500),
            log_format=_one_of(variables, "MYCELIA_LOG_FORMAT", ("auto", "json", "console")),
            log_level=_one_of(variables, "MYCELIA_LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR")),
            metrics_token=variables.get("MYCELIA_METRICS_TOKEN", ""),
        )


def _origin(variables: Mapping[str, str], name: str, default: str) -> str:
    value = (variables.get(name) or default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise WrongEnvironment(f"{name} must be an origin such as https://learn.example.com, not {value!r}")
    return value


def _whole_number(variables: Mapping[str, str], name: str, default: int) -> int:
    value = variables.get(name) or str(default)
    if not value.isdigit() or int(value) == 0:
        raise WrongEnvironment(f"{name} must be a whole number above zero, not {value!r}")
    return int(value)


def _one_of(variables: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = variables.get(name) or allowed[0]
    if value not in allowed:
        raise WrongEnvironment(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _hosts(variables: Mapping[str, str], public_url: str) -> tuple[str, ...]:
    named = tuple(host.strip() for host in variables.get("MYCELIA_ALLOWED_HOSTS", "").split(",") if host.strip())
    return named or (urlsplit(public_url).hostname or "localhost",)
