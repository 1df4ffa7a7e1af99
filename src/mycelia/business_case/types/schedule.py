"""What the critical path method gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PlannedItem:
    """When a work item runs.

    Attributes:
        duration_days: Whole days of its calendar.
        early_start, early_finish: First and last day as soon as possible; equal for a milestone.
        late_start, late_finish: As late as possible without a later end of the whole roadmap.
        slack_days: Days of its calendar by which it can slip without that.
        is_critical: Whether it is on a chain of items that determines the end of the roadmap.
        column: Column of the case's timeline in which it finishes early; beyond the horizon it is horizon + 1.
    """

    key: str
    duration_days: int
    early_start: date
    early_finish: date
    late_start: date
    late_finish: date
    slack_days: int
    is_critical: bool
    column: int


@dataclass(frozen=True)
class Schedule:
    """A roadmap with dates.

    Attributes:
        items: In the order of the roadmap.
        finish: Last day of the last item; None when there is no item.
        critical_path: Keys of the critical items, in order of their start.
    """

    items: tuple[PlannedItem, ...] = ()
    finish: date | None = None
    critical_path: tuple[str, ...] = ()

    def of(self, key: str) -> PlannedItem:
        """Return the plan of one item.

        Raises:
            KeyError: There is no such item.
        """
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)
