"""Django's database settings from `DATABASE_URL`, or for the embedded cluster when there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from mycelia.kernel.postgres.errors import InvalidDatabaseUrl
from mycelia.kernel.postgres.types import DATABASE, SUPERUSER

ENGINE = "mycelia.kernel.postgres.backend"
_CONNECT_SECONDS = 5
_KEEP_SECONDS = 60
_OPTIONS = frozenset(
    {
        "application_name",
        "channel_binding",
        "connect_timeout",
        "gssencmode",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "load_balance_hosts",
        "options",
        "passfile",
        "require_auth",
        "service",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslmode",
        "sslnegotiation",
        "sslpassword",
        "sslrootcert",
        "target_session_attrs",
        "tcp_user_timeout",
    }
)
_PLACES = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}


def database_settings(url: str | None, home: Path) -> dict[str, Any]:
    """Return `DATABASES["default"]`; nothing is connected to or started before the first query.

    Args:
        url: `DATABASE_URL`; None or empty for the embedded cluster.
        home: The data folder, which holds the embedded cluster.

    Raises:
        InvalidDatabaseUrl: The address cannot be used; the message never repeats its password.

    Example:
        >>> settings = database_settings("postgresql://ann:s%40fe@db.example/learn?sslmode=require", Path("var"))
        >>> settings["HOST"], settings["NAME"], settings["PASSWORD"], settings["OPTIONS"]["sslmode"]
        ('db.example', 'learn', 's@fe', 'require')
    """
    parts = _parsed(url) if url else _embedded(home)
    return {
        "ENGINE": ENGINE,
        "PASSWORD": "",
        "HOST": "",
        "PORT": "",
        "CONN_MAX_AGE": _KEEP_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        **parts,
        "OPTIONS": {"connect_timeout": _CONNECT_SECONDS, **parts["OPTIONS"]},
    }


def _embedded(home: Path) -> dict[str, Any]:
    return {"NAME": DATABASE, "USER": SUPERUSER, "EMBEDDED_HOME": str(home), "OPTIONS": {}}


def _parsed(url: str) -> dict[str, Any]:
    parts = _split(url)
    name = unquote(parts.path.removeprefix("/"))
    found: dict[str, Any] = {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": _host(parts),
        "PORT": str(_port(parts) or ""),
        "OPTIONS": {},
    }
    for key, value in parse_qsl(parts.query, keep_blank_values=True):
        _put(found, key, value)
    if not found["NAME"] and "service" not in found["OPTIONS"]:
        raise InvalidDatabaseUrl("DATABASE_URL names no database: write postgresql://user@host/database.")
    return found


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InvalidDatabaseUrl(f"DATABASE_URL is not an address: {error}") from error
    if parts.scheme not in {"postgres", "postgresql"}:
        raise InvalidDatabaseUrl("DATABASE_URL must begin with postgresql://, because Mycelia runs on PostgreSQL only.")
    return parts


def _host(parts: SplitResult) -> str:
    """Return the host as written: urlsplit's own lowers the case, which would break a socket folder."""
    written = parts.netloc.rpartition("@")[2]
    if written.startswith("["):
        return written[1:].partition("]")[0]
    return unquote(written.partition(":")[0])


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise InvalidDatabaseUrl("DATABASE_URL has a port that is not a number.") from error


def _put(found: dict[str, Any], key: str, value: str) -> None:
    if key in _PLACES:
        found[_PLACES[key]] = value
    elif key in _OPTIONS:
        found["OPTIONS"][key] = value
    else:
        raise InvalidDatabaseUrl(f"DATABASE_URL has the unknown setting {key!r}.")
