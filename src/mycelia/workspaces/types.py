"""What the home page and the team page reason about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum


class Urgency(IntEnum):
    """Why something is next; smaller comes first."""

    OVERDUE = 1
    DUE_SOON = 2
    STARTED = 3
    ASSIGNED = 4
    CHOSEN = 5


class Standing(StrEnum):
    """How a person in a team stands with their learning."""

    OVERDUE = "overdue"
    STALLED = "stalled"
    ON_TRACK = "on_track"
    NOTHING_OPEN = "nothing_open"


@dataclass(frozen=True, slots=True)
class OpenCourse:
    """A course somebody is taking; minutes and lessons are what remains."""

    title: str
    slug: str
    assigned: bool
    enrolled_on: date
    due_on: date | None
    last_activity_on: date
    lessons_total: int
    lessons_left: int
    minutes_left: int
    next_lesson: str

    @property
    def started(self) -> bool:
        """Return whether anything has been done yet."""
        return self.lessons_left < self.lessons_total


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A report and their learning in numbers; `last_activity_at` is None for whoever never learned here."""

    person_id: int
    name: str
    position: str
    open_count: int
    overdue_count: int
    completed_count: int
    earliest_due_on: date | None
    last_activity_at: datetime | None
