"""The demo company on paper: what is invented, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Source = Literal["self", "assigned"]


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work; `name_pools` weights the origins of the names people have there."""

    code: str
    name: str
    country: str
    language: str
    name_pools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Department:
    """A department on paper; `share` is its part of the company's people as a fraction."""

    code: str
    name: str
    head_title: str
    lead_title: str
    member_titles: tuple[str, ...]
    share: float
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """A division: departments under one head."""

    code: str
    name: str
    head_title: str
    departments: tuple[Department, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A node of the organisation tree; the root has no parent."""

    code: str
    name: str
    parent_code: str | None
    site_code: str


@dataclass(frozen=True, slots=True)
class Stay:
    """Where someone stood from `valid_from` up to, not including, `valid_to` (None: still there)."""

    valid_from: date
    valid_to: date | None
    unit_code: str
    position: str
    site_code: str
    cost_centre_code: str
    manager_number: str | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """An invented person; `stays` are in order and never overlap."""

    number: str
    email: str
    given_name: str
    family_name: str
    language: str
    stays: tuple[Stay, ...]

    @property
    def joined_on(self) -> date:
        """Return the first day in the company."""
        return self.stays[0].valid_from

    @property
    def left_on(self) -> date | None:
        """Return the day after the last day, None for whoever still works here."""
        return self.stays[-1].valid_to

    @property
    def name(self) -> str:
        """Return the full name."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class Account:
    """An account shown to whoever tries the product: who it is and what it is good for."""

    role: str
    email: str
    given_name: str
    family_name: str
    can: str


@dataclass(frozen=True, slots=True)
class Company:
    """The whole invented company as it stands on `as_of`, with a year of movement behind it."""

    name: str
    as_of: date
    sites: tuple[Site, ...]
    units: tuple[Unit, ...]
    people: tuple[Colleague, ...]

    @property
    def staff(self) -> tuple[Colleague, ...]:
        """Return those who still work here."""
        return tuple(person for person in self.people if person.left_on is None)


@dataclass(frozen=True, slots=True)
class CourseOutline:
    """What history needs to know of a course; `lesson_keys` in the order of the course."""

    slug: str
    title: str
    lesson_keys: tuple[str, ...]
    duration_minutes: int


@dataclass(frozen=True, slots=True)
class Learning:
    """One person's way through one course; `lessons_done` are the moments the first lessons were finished."""

    person_number: str
    course_slug: str
    source: Source
    enrolled_at: datetime
    due_on: date | None
    lessons_done: tuple[datetime, ...]
    completed_at: datetime | None
