"""What comes next for a learner, and who in a team is stuck; pure rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from mycelia.workspaces.types import OpenCourse, Standing, TeamMember, Urgency

SOON = timedelta(days=14)
STALLED_AFTER = timedelta(days=21)


def urgency_of(course: OpenCourse, *, today: date) -> Urgency:
    """Return why this course would be next.

    A due day lets a course go first from two weeks before it; until then what was begun is finished first.
    """
    if course.due_on is not None and course.due_on < today:
        return Urgency.OVERDUE
    if course.due_on is not None and course.due_on <= today + SOON:
        return Urgency.DUE_SOON
    if course.started:
        return Urgency.STARTED
    return Urgency.ASSIGNED if course.assigned else Urgency.CHOSEN


def in_order(courses: Iterable[OpenCourse], *, today: date) -> tuple[OpenCourse, ...]:
    """Return the courses, the one to do next first: by urgency, then due day, then what was touched last."""
    return tuple(
        sorted(
            courses,
            key=lambda course: (
                urgency_of(course, today=today),
                course.due_on or date.max,
                -course.last_activity_on.toordinal(),
                course.slug,
            ),
        )
    )


def standing_of(member: TeamMember, *, today: date) -> Standing:
    """Return how a team member stands.

    Stalled means that something is open and nothing happened for three weeks.
    """
    if member.overdue_count:
        return Standing.OVERDUE
    if not member.open_count:
        return Standing.NOTHING_OPEN
    quiet = member.last_activity_at is None or member.last_activity_at.date() < today - STALLED_AFTER
    return Standing.STALLED if quiet else Standing.ON_TRACK


def needs_attention(member: TeamMember, *, today: date) -> bool:
    """Return whether a manager should have a word."""
    return standing_of(member, today=today) in {Standing.OVERDUE, Standing.STALLED}
