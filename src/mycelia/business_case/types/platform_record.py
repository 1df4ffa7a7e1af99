"""What the platform knew of itself when a case was presented; kept in snapshots, so what is added has a default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CourseRecord:
    """Courses on one day; `overdue` and what follows count published ones, as `content.types.CourseStock` says."""

    live: int
    drafts: int
    withdrawn: int
    unowned: int = 0
    unsourced: int = 0
    undated: int = 0
    overdue: int = 0
    next_review: date | None = None
    owners: int = 0
    most_of_one: int = 0


@dataclass(frozen=True)
class ReviewRecord:
    """Reviews that wait, since when, and what was decided within the year; hours are None where nothing was."""

    waiting: int = 0
    waiting_since: date | None = None
    decided: int = 0
    median_hours: float | None = None


@dataclass(frozen=True)
class PlatformRecord:
    """What was recorded up to `as_of`, and within the year from `since`.

    Attributes:
        roles: Name of each assigned role and how many active people hold it.
        editors: People who saved a version of a course within the year.
        completers: People who completed any course within the year.
        audit_entries: Length of the tamper-evident log.
        retention_months: Whole months that statements are kept; None is for ever.
        people_in_scope: Active people of the part of the organisation the case is about.
    """

    as_of: date
    since: date
    roles: tuple[tuple[str, int], ...] = ()
    courses: CourseRecord | None = None
    reviews: ReviewRecord | None = None
    editors: int = 0
    completers: int = 0
    audit_entries: int = 0
    retention_months: int | None = None
    people_in_scope: int = 0
