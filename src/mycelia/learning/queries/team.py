"""How a manager's own reports are doing."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require
from mycelia.kernel.prepared import PreparedQuery
from mycelia.learning.calc import is_overdue, is_stuck
from mycelia.learning.models import Enrolment, LessonProgress
from mycelia.learning.permissions import ReadTeam
from mycelia.learning.types import TeamEnrolment, TeamMember

PERIOD_DAYS = 365
_PEOPLE_FIELDS = ("person_id", "name", "position__title")
_COURSE_FIELDS = (
    *("learner_id", "slug", "title", "enrolled_at", "due_on", "completed_at", "last_activity_at"),
    *("done", "total", "started"),
)


def team_progress(actor: Actor, manager_id: int, *, since: date | None = None) -> list[TeamMember]:
    """Return a manager's current reports, each with open courses and what they completed since a day.

    Two queries, whatever the size of company or team.

    Args:
        since: First day of completions to show; None is a year ago.

    Raises:
        PermissionDenied: The actor is neither this manager nor somebody who may see every team.
    """
    require(actor, ReadTeam(manager_id))
    people = _named(_PEOPLE_FIELDS, _REPORTS.rows(manager_id=manager_id, today=clock.today()))
    first_day = since or clock.today() - timedelta(days=PERIOD_DAYS)
    courses: dict[int, list[TeamEnrolment]] = defaultdict(list)
    members = [person["person_id"] for person in people]
    for row in _named(_COURSE_FIELDS, _COURSES.rows(people=members, first_day=first_day) if members else []):
        courses[row.pop("learner_id")].append(_team_enrolment(row))
    return [
        TeamMember(
            one["person_id"], one["name"].strip(), one["position__title"] or "", tuple(courses[one["person_id"]])
        )
        for one in people
    ]


def _reports_query(manager_id: int, today: date) -> QuerySet[Any, Any]:
    current = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    rows = apps.get_model("people", "Employment").objects.filter(current, manager_id=manager_id, valid_from__lte=today)
    named = rows.filter(person__is_active=True).annotate(
        name=Concat("person__given_name", Value(" "), "person__family_name")
    )
    return named.order_by("person__family_name", "person__given_name", "pk").values_list(*_PEOPLE_FIELDS)


def _courses_query(people: list[int], first_day: date) -> QuerySet[Any, Any]:
    shown = Q(completed_at__isnull=True) | Q(completed_at__date__gte=first_day)
    progress = LessonProgress.objects.filter(enrolment=OuterRef("pk"))
    done = progress.filter(completed_at__isnull=False).order_by().values("enrolment").annotate(n=Count("pk"))
    lessons = apps.get_model("content", "Lesson").objects.filter(page=OuterRef("course_id")).order_by()
    total = lessons.values("page").annotate(n=Count("pk"))
    found = Enrolment.objects.filter(shown, withdrawn_at__isnull=True).annotate(
        slug=F("course__slug"),
        title=F("course__title"),
        done=Coalesce(Subquery(done.values("n")), 0),
        total=Coalesce(Subquery(total.values("n")), 0),
        started=Exists(progress),
    )
    ordered = found.order_by(F("completed_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")
    theirs = ordered.extra(where=["learning_enrolment.learner_id = ANY(%s)"], params=[people])
    return theirs.values_list(*_COURSE_FIELDS)


_REPORTS = PreparedQuery(_reports_query, manager_id=-1, today=date.min)
_COURSES = PreparedQuery(_courses_query, people=[-1], first_day=date.min)


def _named(fields: tuple[str, ...], rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(zip(fields, row, strict=True)) for row in rows]


def _team_enrolment(row: dict[str, Any]) -> TeamEnrolment:
    is_open = row["completed_at"] is None
    moment = clock.now()
    return TeamEnrolment(
        course_slug=row["slug"],
        course_title=row["title"],
        enrolled_at=row["enrolled_at"],
        due_on=row["due_on"],
        completed_at=row["completed_at"],
        last_activity_at=row["last_activity_at"],
        lessons_done=min(row["done"], row["total"]),
        lessons_total=row["total"],
        stuck=is_open
        and is_stuck(
            started=row["started"], last_activity_at=row["last_activity_at"], due_on=row["due_on"], moment=moment
        ),
        overdue=is_open and is_overdue(row["due_on"], moment.date()),
    )
