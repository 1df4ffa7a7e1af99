"""Values of learning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mycelia.content.types import CourseOutline, LessonOutline

STUCK_AFTER_DAYS = 14
"""An open enrolment counts as stuck when it is overdue, or was started and then left alone for this long."""


class EnrolmentSource(StrEnum):
    """How a learner came to a course."""

    SELF = "self"
    ASSIGNED = "assigned"
    IMPORTED = "imported"

    @property
    def label(self) -> str:
        """Return the words shown to people."""
        return str(_SOURCE_LABELS[self])


_SOURCE_LABELS = {
    EnrolmentSource.SELF: _("Chosen by the learner"),
    EnrolmentSource.ASSIGNED: _("Assigned"),
    EnrolmentSource.IMPORTED: _("Imported"),
}


@dataclass(frozen=True, slots=True)
class LessonDone:
    """A lesson that is done: when, and by which attempt where a package was played."""

    key: UUID
    completed_at: datetime
    attempt_id: UUID | None = None
    score_scaled: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CompletionFacts:
    """Why a course counts as completed: the lessons that made it true, in the order of the course."""

    completed_at: datetime
    score_scaled: Decimal | None
    lessons: tuple[LessonDone, ...]


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left of a course: `minutes` of required lessons, `next_lesson` to go on with."""

    lessons_total: int
    lessons_left: int
    minutes: int
    next_lesson: LessonOutline | None

    @property
    def lessons_done(self) -> int:
        """Return how many lessons are done."""
        return self.lessons_total - self.lessons_left


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """One enrolment with what is left of its course."""

    enrolment_id: int
    registration: UUID
    course: CourseOutline
    source: EnrolmentSource
    enrolled_at: datetime
    due_on: date | None
    completed_at: datetime | None
    last_activity_at: datetime
    started: bool
    done: frozenset[UUID]
    remaining: Remaining

    @property
    def url(self) -> str:
        """Return where the learner goes on."""
        lesson = self.remaining.next_lesson
        return f"/learn/{self.course.slug}/{lesson.key}/" if lesson else f"/learn/{self.course.slug}/"


@dataclass(frozen=True, slots=True)
class LearnerOverview:
    """What a learner has before them and behind them.

    `open` is ordered by what to do first: due dates, then what was touched last. `next` is its first entry.
    """

    open: tuple[CourseStanding, ...]
    completed: tuple[CourseStanding, ...]
    completed_total: int

    @property
    def next(self) -> CourseStanding | None:
        """Return what to go on with."""
        return self.open[0] if self.open else None


@dataclass(frozen=True, slots=True)
class TeamEnrolment:
    """One course of one report."""

    course_slug: str
    course_title: str
    enrolled_at: datetime
    due_on: date | None
    completed_at: datetime | None
    last_activity_at: datetime
    lessons_done: int
    lessons_total: int
    stuck: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A report with their courses: open ones first, then those completed in the period asked for."""

    person_id: int
    name: str
    position: str
    enrolments: tuple[TeamEnrolment, ...]

    @property
    def completed_count(self) -> int:
        """Return how many courses were completed in the period."""
        return sum(one.completed_at is not None for one in self.enrolments)

    @property
    def open_count(self) -> int:
        """Return how many courses are open."""
        return sum(one.completed_at is None for one in self.enrolments)

    @property
    def stuck_count(self) -> int:
        """Return how many open courses are stuck."""
        return sum(one.stuck for one in self.enrolments)


@dataclass(frozen=True, slots=True)
class HistoricEnrolment:
    """An enrolment that comes in from elsewhere, with what was done; moments are aware UTC.

    Args:
        lessons_done: Key and moment of each lesson done, in order.
        completed_at: Set when the course counts as completed.
    """

    learner_id: int
    course_id: int
    registration: UUID
    enrolled_at: datetime
    source: EnrolmentSource = EnrolmentSource.IMPORTED
    due_on: date | None = None
    withdrawn_at: datetime | None = None
    completed_at: datetime | None = None
    score_scaled: Decimal | None = None
    lessons_done: tuple[tuple[UUID, datetime], ...] = ()
