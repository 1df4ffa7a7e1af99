"""How long to wait before another store is tried again."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_SECONDS = 15.0
LONGEST_SECONDS = 3600.0
MOST_ASKED_SECONDS = 86_400.0
"""A store that asks to be left alone for longer is tried after this time all the same."""


def delay_seconds(failures: int, *, jitter: float) -> float:
    """Return the wait after so many failures in a row: doubled each time, up to an hour, spread over its upper half.

    Args:
        failures: At least 1.
        jitter: Fraction, 0 to 1, evenly drawn, so that many installations do not come back at the same moment.

    Example:
        >>> [delay_seconds(n, jitter=1.0) for n in (1, 2, 3, 40)], delay_seconds(1, jitter=0.0)
        ([15.0, 30.0, 60.0, 3600.0], 7.5)
    """
    whole = min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** min(failures - 1, 30))
    return whole * (0.5 + jitter / 2)


def asked_seconds(retry_after: str, *, at: datetime) -> float:
    """Return the wait that a Retry-After asks for, 0 where it asks for none that can be read.

    References:
        RFC 9110 10.2.3: seconds, or a moment.

    Example:
        >>> asked_seconds("120", at=datetime(2026, 1, 1, tzinfo=UTC)), asked_seconds("soon", at=datetime.min)
        (120.0, 0.0)
    """
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return min(float(text[:9]), MOST_ASKED_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return 0.0
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return min(max(0.0, (aware - at).total_seconds()), MOST_ASKED_SECONDS)
