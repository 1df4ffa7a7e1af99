"""A year of learning: enrolments, progress and completions, and what the record store is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth import get_user_model

from mycelia.content import api as content
from mycelia.content.types import CourseOutline as LiveCourse
from mycelia.demo.design import design_history
from mycelia.demo.loading.courses import SLUGS
from mycelia.demo.loading.statements import statements_of
from mycelia.demo.types import Company, CourseOutline, Learning
from mycelia.kernel.policy import Actor
from mycelia.learning import api as learning
from mycelia.learning.types import EnrolmentSource, HistoricEnrolment
from mycelia.records import api as records

BATCH = 5000
_SOURCES = {"self": EnrolmentSource.SELF, "assigned": EnrolmentSource.ASSIGNED}


def load_history(actor: Actor, company: Company, *, with_statements: bool = True) -> int:
    """Store the year of learning that the company's design foresees, and return the number of enrolments."""
    courses = live_courses()
    people = dict(get_user_model().objects.values_list("employee_number", "pk"))
    rows = [
        _historic(one, people[one.person_number], courses[one.course_slug])
        for one in design_history(company, [_outline(course) for course in courses.values()])
    ]
    learning.import_history(actor=actor, rows=rows)
    if with_statements:
        _tell(rows, {course.id: course for course in courses.values()})
    return len(rows)


def live_courses() -> dict[str, LiveCourse]:
    """Return the published courses by slug, the best known first, then by address."""
    ids = content.published_courses().order_by("slug").values_list("pk", flat=True)
    by_slug = {course.slug: course for course in content.outlines(ids).values()}
    known = [slug for slug in SLUGS if slug in by_slug]
    return {slug: by_slug[slug] for slug in [*known, *sorted(by_slug.keys() - set(known))]}


def _outline(course: LiveCourse) -> CourseOutline:
    return CourseOutline(course.slug, course.title, tuple(str(one.key) for one in course.lessons), course.minutes)


def _historic(one: Learning, learner_id: int, course: LiveCourse) -> HistoricEnrolment:
    keys = [lesson.key for lesson in course.lessons]
    return HistoricEnrolment(
        learner_id=learner_id,
        course_id=course.id,
        registration=registration_of(one),
        enrolled_at=one.enrolled_at,
        source=_SOURCES[one.source],
        due_on=one.due_on,
        completed_at=one.completed_at,
        lessons_done=tuple(zip(keys, one.lessons_done, strict=False)),
    )


def registration_of(one: Learning) -> UUID:
    """Return the registration of an enrolment, the same in every demo company."""
    return uuid5(NAMESPACE_URL, f"https://demo.example/enrolments/{one.person_number}/{one.course_slug}")


def _tell(rows: list[HistoricEnrolment], courses: Mapping[int, LiveCourse]) -> None:
    agents = records.agents_for({row.learner_id for row in rows})
    statements: list[dict[str, object]] = []
    for row in rows:
        statements += statements_of(row, courses[row.course_id], agents[row.learner_id])
    for batch in _batches(statements):
        records.store(batch)


def _batches(statements: list[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    for start in range(0, len(statements), BATCH):
        yield statements[start : start + BATCH]
