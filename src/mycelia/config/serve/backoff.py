"""How long to wait before something that failed is tried again."""

from __future__ import annotations

FIRST_SECONDS = 0.2
LONGEST_SECONDS = 15.0
SETTLED_SECONDS = 30.0


class Backoff:
    """Doubles the wait with every failure soon after the last, and forgets them after a good while.

    Example:
        >>> backoff = Backoff()
        >>> [backoff.next_delay(lived_seconds=0) for _ in range(3)], backoff.next_delay(lived_seconds=60)
        ([0.2, 0.4, 0.8], 0.2)
    """

    def __init__(self) -> None:
        self._failures = 0

    def next_delay(self, *, lived_seconds: float) -> float:
        """Return the seconds to wait after something that lived for so long."""
        if lived_seconds >= SETTLED_SECONDS:
            self._failures = 0
        self._failures += 1
        return min(LONGEST_SECONDS, float(FIRST_SECONDS * 2 ** (self._failures - 1)))
