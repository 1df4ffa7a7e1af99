"""Counting in working days and in any days, one day or a hundred thousand at once.

A point in time is the number of a day since an origin, meaning the moment at which that day begins. Work that ends on
a Friday ends at the point "Saturday".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from mycelia.business_case.types import CalendarKind

Points = NDArray[np.int32] | int
"""Day numbers since the origin; a number or shape (draws,)."""


class Workdays:
    """The working days of a roadmap from an origin on, looked up in tables.

    Args:
        origin: Day number 0.
        days: How many days the tables reach; what lies beyond counts as the last of them.
        weekdays: Numbers of working days, Monday is 0; at least one.
        holidays: Days that are not worked.
    """

    def __init__(self, origin: date, days: int, *, weekdays: Sequence[int], holidays: Sequence[date]) -> None:
        self.origin = origin
        numbers = np.arange(days)
        is_working = np.isin((numbers + origin.weekday()) % 7, weekdays)
        free = np.array([(day - origin).days for day in holidays], dtype=np.int64)
        is_working[free[(free >= 0) & (free < days)]] = False
        self._days = np.flatnonzero(is_working).astype(np.int32)
        self._before = np.concatenate([[0], np.cumsum(is_working)]).astype(np.int32)
        self._end = days

    def slot(self, point: Points, calendar: CalendarKind) -> Points:
        """Return the number of days of the calendar before a point: equal for points with no such day between."""
        if calendar is CalendarKind.ELAPSED:
            return point
        return np.take(self._before, point, mode="clip")

    def begin(self, point: Points, calendar: CalendarKind) -> Points:
        """Return the first point, not before this one, at which a day of the calendar begins."""
        if calendar is CalendarKind.ELAPSED:
            return point
        return np.take(self._days, self.slot(point, calendar), mode="clip")

    def after(self, point: Points, count: Points, calendar: CalendarKind) -> Points:
        """Return the point at which `count` days of the calendar have passed; the point itself for 0.

        A negative count goes back: to the beginning of the day that is so many days of the calendar before.
        """
        if calendar is CalendarKind.ELAPSED:
            return np.clip(point + count, 0, self._end)
        slot = self.slot(point, calendar) + count
        least = count if isinstance(count, int) else count.min()
        if least > 0:
            return np.take(self._days, slot - 1, mode="clip") + 1
        ends = np.where(np.greater(count, 0), np.take(self._days, slot - 1, mode="clip") + 1, point)
        if least >= 0:
            return ends
        return np.where(np.less(count, 0), np.take(self._days, slot, mode="clip"), ends)
