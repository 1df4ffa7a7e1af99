"""The environment variables the product reads, each once, parsed and checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


class WrongEnvironment(ValueError):
    """An environment variable has a value that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes the product's e-mail; its secret stays out of logs and messages."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    starts_tls: bool
    is_tls: bool


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything the surroundings decide about one installation."""

    home: Path
    database_url: str | None = field(repr=False)
    public_url: str
    content_origin: str
    secret_key: str | None = field(repr=False)
    allowed_hosts: tuple[str, ...]
    debug: bool
    queue_limit: int
    package_upload_megabytes: int
    xapi_requests_per_minute: int
    xapi_statements_megabytes: int
    xapi_document_megabytes: int
    log_format: str
    log_level: str
    metrics_token: str = field(repr=False)
    mail_server: MailServer | None
    mail_from: str

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
            xapi_requests_per_minute=_whole_number(variables, "MYCELIA_XAPI_REQUESTS_PER_MINUTE", 300_000),
            xapi_statements_megabytes=_whole_number(variables, "MYCELIA_XAPI_STATEMENTS_MB", 64),
            xapi_document_megabytes=_whole_number(variables, "MYCELIA_XAPI_DOCUMENT_MB", 8),
            log_format=_one_of(variables, "MYCELIA_LOG_FORMAT", ("auto", "json", "console")),
            log_level=_one_of(variables, "MYCELIA_LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR")),
            metrics_token=variables.get("MYCELIA_METRICS_TOKEN", ""),
            mail_server=_mail_server(variables, "MYCELIA_MAIL_URL"),
            mail_from=_mail_from(variables, "MYCELIA_MAIL_FROM", public_url),
        )


def _origin(variables: Mapping[str, str], name: str, default: str) -> str:
    value = (variables.get(name) or default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise WrongEnvironment(f"{name} must be an origin such as https://learn.example.com, not {value!r}")
    return value


def _whole_number(variables: Mapping[str, str], name: str, default: int) -> int:
    value = variables.get(name) or str(default)
    if not (value.isascii() and value.isdecimal()) or int(value) == 0:
        raise WrongEnvironment(f"{name} must be a whole number above zero, not {value!r}")
    return int(value)


def _one_of(variables: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = variables.get(name) or allowed[0]
    if value not in allowed:
        raise WrongEnvironment(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _mail_server(variables: Mapping[str, str], name: str) -> MailServer | None:
    value = variables.get(name)
    if not value:
        return None
    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if not host or parts.scheme not in {"smtp", "smtps"} or parts.path.strip("/"):
        # The value holds a password, so it is not repeated.
        raise WrongEnvironment(f"{name} must look like smtp://user:password@mail.example.com:587?tls=1")
    starts_tls, is_tls = parse_qs(parts.query).get("tls") == ["1"], parts.scheme == "smtps"
    if starts_tls and is_tls:
        raise WrongEnvironment(f"{name} has both smtps and tls=1; smtps is encrypted from the start, so leave tls out")
    usual = 465 if is_tls else 587 if starts_tls else 25
    return MailServer(
        host, port or usual, unquote(parts.username or ""), unquote(parts.password or ""), starts_tls, is_tls
    )


def _mail_from(variables: Mapping[str, str], name: str, public_url: str) -> str:
    value = variables.get(name) or f"mycelia@{urlsplit(public_url).hostname}"
    _label, address = parseaddr(value)
    if address.count("@") != 1 or "" in address.split("@") or "\n" in value or "\r" in value:
        raise WrongEnvironment(f"{name} must be an e-mail address such as learning@example.com, not {value!r}")
    return value


def _hosts(variables: Mapping[str, str], public_url: str) -> tuple[str, ...]:
    named = tuple(host.strip() for host in variables.get("MYCELIA_ALLOWED_HOSTS", "").split(",") if host.strip())
    return named or (urlsplit(public_url).hostname or "localhost",)
