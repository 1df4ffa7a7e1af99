"""How often the wrong secret may be tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from mycelia.kernel import clock
from mycelia.records.errors import TooManyRequests

FAILURES_PER_MINUTE = 60


@dataclass(slots=True)
class _Minute:
    """How often it was wrong in a minute."""

    start: datetime
    failures: int = 0


_lock = Lock()
_minutes: dict[int | None, _Minute] = {}


def failed(credential_id: int | None) -> None:
    """Note a wrong secret for a credential, or a key there is none for; each process counts its own.

    Whoever has the right secret is let in all the same: the key alone must not suffice to lock its owner out.

    Raises:
        TooManyRequests: It was wrong more than sixty times in this minute.
    """
    now = clock.now()
    start = now.replace(second=0, microsecond=0)
    with _lock:
        minute = _minutes.get(credential_id)
        if minute is None or minute.start != start:
            minute = _minutes[credential_id] = _Minute(start)
        minute.failures += 1
        if minute.failures > FAILURES_PER_MINUTE:
            raise TooManyRequests(limit=FAILURES_PER_MINUTE, retry_after_seconds=60 - now.second)


def forget_attempts() -> None:
    """Begin to count anew."""
    with _lock:
        _minutes.clear()
