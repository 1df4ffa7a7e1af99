"""Which version's rules a request is held to."""

from __future__ import annotations

import re

from mycelia.records.errors import BadRequest

HEADER = "X-Experience-API-Version"
LATEST = "2.0.0"
UNNAMED = "1.0.3"
_PATTERNS = {"1.0.3": re.compile(r"1\.0(?:\.\d{1,9})?"), "2.0.0": re.compile(r"2\.0(?:\.\d{1,9})?")}


def negotiate(sent: str | None) -> str:
    """Return the version whose rules apply: "1.0.3" for 1.0.x and "2.0.0" for 2.0.x.

    Raises:
        BadRequest: The header is missing, or names a version that is not served.

    References:
        xAPI 1.0.3 Part Three 3.3; IEEE 9274.1.1-2023, versioning.

    Example:
        >>> negotiate("1.0"), negotiate("1.0.9"), negotiate("2.0.0")
        ('1.0.3', '1.0.3', '2.0.0')
    """
    for version, pattern in _PATTERNS.items():
        if sent is not None and pattern.fullmatch(sent):
            return version
    if sent is None:
        raise BadRequest(f"The header {HEADER} is missing; send 1.0.3 or {LATEST}.")
    raise BadRequest(f"The version in {HEADER} is not served here; send 1.0.3 or {LATEST}.")


def spoken_unasked(*, brings_something: bool) -> str:
    """Return the version that the refusal of a request without the version header names.

    A request with a body or parameters is told of the newest, a bare look at a resource of the oldest, which is what
    a client that knows no versions can at most understand. The conformance suites want it so: that of 1.0.3 a version
    1.0.x on a bare GET of any resource but `about` (XAPI-00321), that of 2.0 the version 2.0.0 on a statement that is
    asked for or sent (XAPI-00331).

    Args:
        brings_something: Whether there are parameters, or the method can have a body.

    References:
        xAPI 1.0.3 Part Three 2.8 and 3.3; IEEE 9274.1.1-2023, versioning.
    """
    return LATEST if brings_something else UNNAMED
