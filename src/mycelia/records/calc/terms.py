"""What a credential may be good for."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from mycelia.records.errors import CredentialRefused
from mycelia.records.types import Terms

EVERY_ORIGIN = "*"
MAXIMUM_NAME = 200
MAXIMUM_ORIGINS = 50
MAXIMUM_PER_MINUTE = 10_000_000


def checked_name(name: str) -> str:
    """Return a name without the space around it.

    Raises:
        CredentialRefused: It is empty, too long, or holds what cannot be printed.
    """
    name = name.strip()
    if not name or len(name) > MAXIMUM_NAME or not name.isprintable():
        raise CredentialRefused(f"A credential needs a name of 1 to {MAXIMUM_NAME} printable characters.")
    return name


def check_terms(terms: Terms, *, now: datetime) -> None:
    """Refuse terms that nothing could be done with, or that say something else than was meant.

    Raises:
        CredentialRefused: No scope, a wrong origin, too many of them, an end in the past, a limit out of range.
    """
    if not terms.scopes:
        raise CredentialRefused("A credential needs at least one scope.")
    if len(terms.origins) > MAXIMUM_ORIGINS:
        raise CredentialRefused(f"A credential has at most {MAXIMUM_ORIGINS} web origins.")
    for origin in terms.origins:
        if not is_origin(origin):
            raise CredentialRefused(f"{origin!r} is no web origin such as https://lms.example.com.")
    if terms.expires_at is not None and terms.expires_at <= now:
        raise CredentialRefused("A credential cannot end in the past.")
    if terms.requests_per_minute is not None and not 0 < terms.requests_per_minute <= MAXIMUM_PER_MINUTE:
        raise CredentialRefused(f"The limit is from 1 to {MAXIMUM_PER_MINUTE} requests a minute.")


def is_origin(value: str) -> bool:
    """Return whether a text is a web origin as browsers write it, or "*" for every one.

    References:
        RFC 6454, 6.2.

    Example:
        >>> is_origin("https://lms.example.com:8443"), is_origin("https://lms.example.com/"), is_origin("*")
        (True, False, True)
    """
    if value == EVERY_ORIGIN:
        return True
    try:
        parts = urlsplit(value)
        named = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and value == f"{parts.scheme}://{parts.netloc}" and value == value.lower() and "@" not in value
