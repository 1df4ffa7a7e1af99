"""How many people completed what, when: the figures that metrics and business cases read.

A person counts once, whatever number of times they completed a course. Both dates are inclusive days in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from mycelia.learning.models import Completion, Enrolment


def completion_count(
    *, course_id: int | None, until: date, since: date | None = None, unit_path: str | None = None
) -> int:
    """Return how many different people completed the course, or any course when it is None.

    Args:
        until: Last day that counts.
        since: First day that counts; None is since the beginning.
        unit_path: Only people who were employed in this organisation subtree on the day they completed.
    """
    found = _completions(course_id, since, until, unit_path)
    return int(found.aggregate(people=Count("learner", distinct=True))["people"])


def completion_months(
    *, course_id: int | None, since: date, until: date, unit_path: str | None = None
) -> list[tuple[date, int]]:
    """Return the first day of each month with completions and how many different people completed in it."""
    found = _completions(course_id, since, until, unit_path)
    rows = found.annotate(month=TruncMonth("completed_at", tzinfo=UTC)).values("month").order_by("month")
    return [(row["month"].date(), row["people"]) for row in rows.annotate(people=Count("learner", distinct=True))]


def completions(
    *, course_id: int | None, until: date, since: date | None = None, unit_path: str | None = None
) -> QuerySet[Completion]:
    """Return the completions behind these counts, the latest first."""
    return _completions(course_id, since, until, unit_path).order_by("-completed_at", "-pk")


def enrolled_count(
    *, course_id: int | None, until: date, since: date | None = None, unit_path: str | None = None
) -> int:
    """Return how many different people enrolled, withdrawn ones left out."""
    found = Enrolment.objects.filter(enrolled_at__lt=_after(until), withdrawn_at__isnull=True)
    if course_id is not None:
        found = found.filter(course_id=course_id)
    if since is not None:
        found = found.filter(enrolled_at__gte=_start(since))
    if unit_path is not None:
        found = found.filter(_employed_then("enrolled_at", unit_path))
    return int(found.aggregate(people=Count("learner", distinct=True))["people"])


def active_learner_count(*, since: date) -> int:
    """Return how many people whose account is active did something in a course on or after a day."""
    found = Enrolment.objects.filter(last_activity_at__gte=_start(since), learner__is_active=True)
    return int(found.aggregate(people=Count("learner", distinct=True))["people"])


def _completions(course_id: int | None, since: date | None, until: date, unit_path: str | None) -> QuerySet[Completion]:
    found = Completion.objects.filter(completed_at__lt=_after(until))
    if course_id is not None:
        found = found.filter(course_id=course_id)
    if since is not None:
        found = found.filter(completed_at__gte=_start(since))
    if unit_path is not None:
        found = found.filter(_employed_then("completed_at", unit_path))
    return found


def _employed_then(moment: str, unit_path: str) -> Exists:
    employment = apps.get_model("people", "Employment")
    then = Q(valid_from__lte=OuterRef(f"{moment}__date")) & (
        Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef(f"{moment}__date"))
    )
    return Exists(employment.objects.filter(then, person=OuterRef("learner_id"), unit__path__startswith=unit_path))


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _after(day: date) -> datetime:
    return _start(day + timedelta(days=1))
