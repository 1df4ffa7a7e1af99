"""Judgements about open enrolments: what comes first, what is late, what is stuck."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mycelia.learning.types import STUCK_AFTER_DAYS, CourseStanding


def is_overdue(due_on: date | None, today: date) -> bool:
    """Return whether the due date has passed; the day itself still counts as in time."""
    return due_on is not None and due_on < today


def is_stuck(*, started: bool, last_activity_at: datetime, due_on: date | None, moment: datetime) -> bool:
    """Return whether an open enrolment needs somebody's attention.

    Stuck is: past its due date, or begun and then untouched for `STUCK_AFTER_DAYS` days. An enrolment that has not
    been begun and has no due date is a good intention, not a problem.
    """
    idle = started and moment - last_activity_at >= timedelta(days=STUCK_AFTER_DAYS)
    return idle or is_overdue(due_on, moment.date())


def order_of_work(standing: CourseStanding) -> tuple[bool, date, bool, float]:
    """Return the sort key of open courses: by due date, then begun before not begun, then touched last."""
    due = standing.due_on or date.max
    return (standing.due_on is None, due, not standing.started, -standing.last_activity_at.timestamp())
