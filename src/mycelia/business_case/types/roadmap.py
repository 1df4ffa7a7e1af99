"""The roadmap as the arithmetic takes it: a network of work items with three-point durations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mycelia.business_case.types.estimates import Estimate


class CalendarKind(StrEnum):
    """What a day of duration is: a working day of the roadmap's calendar, or any day."""

    WORKING = "working"
    ELAPSED = "elapsed"


@dataclass(frozen=True)
class Dependency:
    """The item starts when another has finished and `lag_days` (of the item's own calendar) have passed."""

    key: str
    lag_days: int = 0


@dataclass(frozen=True)
class Resource:
    """Who or what an item needs while it runs: a role or thing, and how many of it."""

    role: str
    quantity: Decimal = Decimal(1)
    unit: str = ""


@dataclass(frozen=True)
class Phase:
    """A named stretch of the roadmap."""

    key: str
    title: str


@dataclass(frozen=True)
class WorkItem:
    """Something to be done; a milestone takes no time.

    Attributes:
        duration_days: Days of its calendar, 0 or more; a draw or mean is rounded to whole days, half to even.
        earliest_start: Not before this day, even when everything it depends on is done.
        finished_on: The day it really finished, once known; its duration no longer matters then.
        source: Who says how long it takes.
        is_placeholder: The duration is a default nobody has confirmed; a case with one cannot be presented.
    """

    key: str
    title: str
    duration_days: Estimate
    phase: str | None = None
    calendar: CalendarKind = CalendarKind.WORKING
    depends_on: tuple[Dependency, ...] = ()
    earliest_start: date | None = None
    is_milestone: bool = False
    resources: tuple[Resource, ...] = ()
    option: str | None = None
    owner: str = ""
    finished_on: date | None = None
    source: str = ""
    is_placeholder: bool = False


@dataclass(frozen=True)
class Roadmap:
    """All work items with the calendar they are counted in.

    Attributes:
        start: The first day on which anything may begin; the case's start when None.
        working_weekdays: Numbers of working days, Monday is 0.
        holidays: Days that are not worked.
        as_of: The day on which this is told, where it matters: what is not finished finishes then at the earliest.
    """

    items: tuple[WorkItem, ...] = ()
    phases: tuple[Phase, ...] = ()
    start: date | None = None
    working_weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    holidays: tuple[date, ...] = ()
    as_of: date | None = field(default=None, metadata={"told": "where it is set"})


NO_ROADMAP = Roadmap()
