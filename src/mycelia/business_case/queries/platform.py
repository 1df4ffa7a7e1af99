"""What the platform counts of itself for the blueprint."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta

from mycelia.access import api as access
from mycelia.audit import api as audit
from mycelia.business_case.models import Case
from mycelia.business_case.types import CourseRecord, PlatformRecord, ReviewRecord, Usage
from mycelia.content import api as content
from mycelia.kernel import clock
from mycelia.learning import api as learning
from mycelia.people import api as people
from mycelia.records import api as records

ACTIVE_DAYS = 90
YEAR_DAYS = 365


def platform_usage() -> Usage:
    """Return how many people there are, how many of them learnt within 90 days, and how many are in no unit."""
    today = clock.today()
    return Usage(
        people=people.active_count(),
        learners=learning.active_learner_count(since=today - timedelta(days=ACTIVE_DAYS)),
        without_unit=people.without_unit_count(today),
    )


def people_in_scope(case: Case) -> int:
    """Return how many active people the part of the organisation has that a case is about."""
    return people.count_in_unit(case.scope_unit_id)


def platform_record(case: Case) -> PlatformRecord:
    """Return what the platform knows of roles, courses, reviews and its log, for a case that is frozen or told."""
    today = clock.today()
    since = today - timedelta(days=YEAR_DAYS)
    begin = datetime.combine(since, time.min, UTC)
    return PlatformRecord(
        as_of=today,
        since=since,
        roles=tuple((role.value, count) for role, count in access.role_counts().items()),
        courses=CourseRecord(**asdict(content.course_stock(today))),
        reviews=_reviews(begin),
        editors=content.course_editors(begin),
        completers=learning.completion_count(course_id=None, since=since, until=today),
        audit_entries=audit.head()[0],
        retention_months=records.retention_months(),
        people_in_scope=people_in_scope(case),
    )


def _reviews(begin: datetime) -> ReviewRecord:
    pace = content.review_pace(begin)
    since = pace.waiting_since.date() if pace.waiting_since else None
    return ReviewRecord(pace.waiting, since, pace.decided, pace.median_hours)
