"""Numbers that tie one request to every line it left in the logs, across proxies and services."""

from __future__ import annotations

import re

from mycelia.kernel.identifiers import uuid7

HEADER = "X-Request-ID"
_ACCEPTED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,127}")


def request_id(received: str | None) -> str:
    """Return the caller's identifier where it is plain and of sensible length, else a new one.

    Anything else could forge log lines or headers.

    Example:
        >>> request_id("edge-7f3a9c21")
        'edge-7f3a9c21'
        >>> len(request_id("two words"))
        32
    """
    if received is not None and _ACCEPTED.fullmatch(received):
        return received
    return uuid7().hex
