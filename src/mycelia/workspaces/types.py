"""What the team page reasons about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Standing(StrEnum):
    """How a person in a team stands with their learning, the most pressing first."""

    OVERDUE = "overdue"
    STUCK = "stuck"
    ON_TRACK = "on_track"
    NOTHING_OPEN = "nothing_open"


class TeamOrder(StrEnum):
    """What the team page can be sorted by."""

    NAME = "name"
    STANDING = "standing"
    OPEN = "open"
    OVERDUE = "overdue"
    COMPLETED = "completed"
    DUE = "due"
    ACTIVITY = "activity"


class TeamFilter(StrEnum):
    """Whom the team page can be narrowed to."""

    ALL = "all"
    STUCK = "stuck"
    NOTHING_OPEN = "nothing_open"


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """A report's learning in numbers; `last_activity_at` is None for whoever never learned here.

    `stuck_course` is the title of the course that has waited longest, empty when nothing is stuck.
    """

    person_id: int
    name: str
    position: str
    open_count: int
    overdue_count: int
    stuck_count: int
    completed_count: int
    due_on: date | None
    last_activity_at: datetime | None
    stuck_course: str = ""

    @property
    def standing(self) -> Standing:
        """Return how this person stands."""
        if self.overdue_count:
            return Standing.OVERDUE
        if self.stuck_count:
            return Standing.STUCK
        return Standing.ON_TRACK if self.open_count else Standing.NOTHING_OPEN

    @property
    def needs_a_word(self) -> bool:
        """Return whether the manager should ask."""
        return self.standing in {Standing.OVERDUE, Standing.STUCK}


@dataclass(frozen=True, slots=True)
class TeamRequest:
    """How a manager wants to see the team."""

    order: TeamOrder = TeamOrder.STANDING
    descending: bool = False
    narrowed_to: TeamFilter = TeamFilter.ALL
    page: int = 1
