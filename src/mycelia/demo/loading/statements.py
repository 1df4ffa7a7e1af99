"""The invented year of learning as xAPI statements, in the words and under the ids `learning` would have used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid5

from mycelia.content import api as content
from mycelia.content.types import CourseOutline
from mycelia.learning.types import HistoricEnrolment

REGISTERED = ("http://adlnet.gov/expapi/verbs/registered", "registered")
COMPLETED = ("http://adlnet.gov/expapi/verbs/completed", "completed")
COURSE = "http://adlnet.gov/expapi/activities/course"
LESSON = "http://adlnet.gov/expapi/activities/lesson"


def statements_of(
    enrolment: HistoricEnrolment, course: CourseOutline, agent: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the statements of one enrolment in the order things happened."""
    course_activity = _activity(content.course_iri(course.key), COURSE, course.title)
    yield _statement(enrolment, agent, REGISTERED, "registered course", enrolment.enrolled_at, course_activity)
    titles = {lesson.key: lesson.title for lesson in course.lessons}
    for key, moment in enrolment.lessons_done:
        lesson_activity = _activity(content.lesson_iri(key), LESSON, titles[key])
        told = _statement(enrolment, agent, COMPLETED, f"completed lesson {key}", moment, lesson_activity)
        told["result"] = {"completion": True}
        told["context"]["contextActivities"] = {"parent": [course_activity]}
        yield told
    if enrolment.completed_at is not None:
        moment = enrolment.completed_at
        told = _statement(enrolment, agent, COMPLETED, "completed course", moment, course_activity)
        yield told | {"result": {"completion": True}}


def _statement(
    enrolment: HistoricEnrolment,
    agent: Mapping[str, Any],
    verb: tuple[str, str],
    name: str,
    moment: datetime,
    activity: Mapping[str, Any],
) -> dict[str, Any]:
    return {
        "id": str(uuid5(enrolment.registration, name)),
        "actor": dict(agent),
        "verb": {"id": verb[0], "display": {"en": verb[1]}},
        "object": dict(activity),
        "timestamp": moment.isoformat(),
        "context": {"registration": str(enrolment.registration), "platform": "Mycelia"},
    }


def _activity(iri: str, kind: str, name: str) -> dict[str, Any]:
    return {"objectType": "Activity", "id": iri, "definition": {"type": kind, "name": {"en": name}}}
