"""Which version's rules a request is held to."""

from __future__ import annotations

import re

from mycelia.records.errors import BadRequest

HEADER = "X-Experience-API-Version"
LATEST = "2.0.0"
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
