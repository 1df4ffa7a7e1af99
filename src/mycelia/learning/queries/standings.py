"""Where learners stand in their courses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, QuerySet, Window

from mycelia.content import api as content
from mycelia.content.types import CourseOutline
from mycelia.kernel.prepared import PreparedQuery
from mycelia.learning.calc import order_of_work, remaining
from mycelia.learning.errors import NotEnrolled
from mycelia.learning.models import Completion, Enrolment, LessonProgress
from mycelia.learning.types import CourseStanding, EnrolmentSource, LearnerOverview, LessonDone

SHOWN = 50


class EnrolmentRow(NamedTuple):
    """An enrolment as it is read for an overview; the fields of `Enrolment` under their names."""

    pk: int
    course_id: int
    registration: UUID
    source: str
    enrolled_at: datetime
    due_on: date | None
    completed_at: datetime | None
    last_activity_at: datetime
    completed_total: int


def learner_overview(person_id: int, *, completed_limit: int = 3) -> LearnerOverview:
    """Return what a person has to do next and what they completed last; three queries, whatever the company's size."""
    rows = [EnrolmentRow(*row) for row in _MINE.rows(learner_id=person_id)]
    opened = [one for one in rows if one.completed_at is None]
    closed = [one for one in rows if one.completed_at is not None][:completed_limit]
    standings = standings_of([*opened, *closed])
    open_now = sorted((one for one in standings if one.completed_at is None), key=order_of_work)
    behind = tuple(one for one in standings if one.completed_at is not None)
    return LearnerOverview(tuple(open_now), behind, rows[0].completed_total if rows else 0)


def _mine_query(learner_id: int) -> QuerySet[Any, Any]:
    mine = Enrolment.objects.filter(learner_id=learner_id, withdrawn_at__isnull=True)
    ranked = mine.annotate(completed_total=Window(Count("completed_at")))
    ordered = ranked.order_by(F("completed_at").desc(nulls_first=True), "-last_activity_at")
    return ordered.values_list(*EnrolmentRow._fields)[:SHOWN]


_MINE = PreparedQuery(_mine_query, learner_id=-1)


def standings_of(enrolments: Sequence[Enrolment | EnrolmentRow]) -> list[CourseStanding]:
    """Return the standings of enrolments in the same order; two queries."""
    courses = content.outlines({one.course_id for one in enrolments}) if enrolments else {}
    touched = _touched([one.pk for one in enrolments])
    return [_standing(one, courses[one.course_id], touched[one.pk]) for one in enrolments]


def standing_of(enrolment: Enrolment) -> CourseStanding:
    """Return the standing of one enrolment."""
    return standings_of([enrolment])[0]


def latest_enrolment(person_id: int, course_id: int) -> Enrolment | None:
    """Return the enrolment a learner means by "my course": the open one, else the last completed one."""
    mine = Enrolment.objects.filter(learner_id=person_id, course_id=course_id, withdrawn_at__isnull=True)
    return mine.order_by(F("completed_at").desc(nulls_first=True)).first()


def enrolment_for(person_id: int, slug: str) -> tuple[Enrolment, CourseOutline]:
    """Return a learner's enrolment on a course and the course as it is now, in the catalogue or not.

    Raises:
        CourseNotFound: There was never such a course.
        NotEnrolled: The learner is not enrolled on it.
    """
    course = content.outline_by_slug(slug)
    enrolment = latest_enrolment(person_id, course.id)
    if enrolment is None:
        raise NotEnrolled(slug=slug)
    return enrolment, course


def states_by_course(person_id: int, course_ids: Iterable[int]) -> dict[int, str]:
    """Return "open" or "completed" for the courses a learner has taken up; one query."""
    mine = Enrolment.objects.filter(learner_id=person_id, course_id__in=tuple(course_ids), withdrawn_at__isnull=True)
    rows = mine.order_by("-completed_at").values_list("course_id", "completed_at")
    states = {course_id: "completed" for course_id, completed_at in rows if completed_at is not None}
    return states | {course_id: "open" for course_id, completed_at in rows if completed_at is None}


def lessons_done(enrolment_id: int) -> list[LessonDone]:
    """Return the lessons of an enrolment that are done."""
    rows = LessonProgress.objects.filter(enrolment_id=enrolment_id, completed_at__isnull=False)
    return [
        LessonDone(key, moment, attempt_id, score)
        for key, moment, attempt_id, score in rows.values_list(
            "lesson_key", "completed_at", "attempt_id", "score_scaled"
        )
        if moment is not None
    ]


def completion_of(enrolment_id: int) -> Completion | None:
    """Return the completion of an enrolment, if there is one."""
    return Completion.objects.filter(enrolment_id=enrolment_id).first()


def _touched(enrolment_ids: Sequence[int]) -> dict[int, dict[UUID, bool]]:
    touched: dict[int, dict[UUID, bool]] = defaultdict(dict)
    rows = _PROGRESS.rows(enrolment_ids=list(enrolment_ids)) if enrolment_ids else []
    for enrolment_id, key, completed_at in rows:
        touched[enrolment_id][key] = completed_at is not None
    return touched


def _progress_query(enrolment_ids: list[int]) -> QuerySet[Any, Any]:
    rows = LessonProgress.objects.extra(where=["enrolment_id = ANY(%s)"], params=[enrolment_ids])
    return rows.values_list("enrolment_id", "lesson_key", "completed_at")


_PROGRESS = PreparedQuery(_progress_query, enrolment_ids=[-1])


def _standing(enrolment: Enrolment | EnrolmentRow, course: CourseOutline, touched: dict[UUID, bool]) -> CourseStanding:
    done = frozenset(key for key, is_done in touched.items() if is_done)
    return CourseStanding(
        enrolment_id=enrolment.pk,
        registration=enrolment.registration,
        course=course,
        source=EnrolmentSource(enrolment.source),
        enrolled_at=enrolment.enrolled_at,
        due_on=enrolment.due_on,
        completed_at=enrolment.completed_at,
        last_activity_at=enrolment.last_activity_at,
        started=bool(touched),
        done=done,
        remaining=remaining(course.lessons, done),
    )
