"""Half-open periods of days, the grain of everything effective-dated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to, not including, `end`; open-ended when `end` is None.

    Example:
        >>> date(2026, 2, 1) in Period(date(2026, 1, 1), date(2026, 2, 1))
        False
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError("a period ends after it starts")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Return whether the two periods share a day."""
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)
