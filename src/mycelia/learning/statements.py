"""What learning tells the record store, in published vocabulary.

Names are derived from the enrolment, so that telling something twice stores it once.

References:
    xAPI 1.0.3 Data, 2.4 Statement Properties; verbs of the ADL vocabulary and the TinCan registry.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from mycelia.content import api as content
from mycelia.content.types import CourseOutline, LessonBlock
from mycelia.kernel import clock
from mycelia.kernel.identifiers import uuid7
from mycelia.learning.models import Enrolment
from mycelia.learning.types import CompletionFacts, LessonDone
from mycelia.records import api as records
from mycelia.records.types import Json


def tell_enrolled(enrolment: Enrolment, course: CourseOutline) -> None:
    """Store that the learner took up the course."""
    _store(_course_statement(enrolment, course, records.verbs.REGISTERED, enrolment.enrolled_at))


def tell_withdrawn(enrolment: Enrolment, course: CourseOutline) -> None:
    """Store that the learner gave the course up."""
    _store(_course_statement(enrolment, course, records.verbs.UNREGISTERED, enrolment.withdrawn_at or clock.now()))


def tell_course_completed(enrolment: Enrolment, course: CourseOutline, facts: CompletionFacts) -> None:
    """Store that the learner completed the course, with the score if there is one."""
    statement = _course_statement(enrolment, course, records.verbs.COMPLETED, facts.completed_at)
    statement["result"] = _result(facts.score_scaled)
    _store(statement)


def tell_lesson_done(enrolment: Enrolment, course: CourseOutline, done: LessonDone) -> None:
    """Store that the learner finished a lesson; a played one names its attempt."""
    lesson = course.lesson(done.key)
    statement = _statement(enrolment, records.verbs.COMPLETED, f"completed lesson {done.key}", done.completed_at)
    title = lesson.title if lesson else str(done.key)
    statement["object"] = _activity(content.lesson_iri(done.key), records.activity_types.LESSON, title)
    statement["result"] = _result(done.score_scaled)
    statement["context"]["contextActivities"]["parent"] = [_course_activity(course)]
    if done.attempt_id is not None:
        name = records.extension(records.extensions.ATTEMPT)
        statement["context"]["extensions"] = {name: str(done.attempt_id)}
    _store(statement)


def tell_answered(enrolment: Enrolment, course: CourseOutline, key: UUID, block: LessonBlock, chosen: int) -> None:
    """Store the answer to a knowledge check; each answer is a statement of its own."""
    options = list(block.value["options"])
    names = [f"answer-{number}" for number in range(1, len(options) + 1)]
    statement = _statement(enrolment, records.verbs.ANSWERED, str(uuid7()), clock.now())
    statement["object"] = {
        "objectType": "Activity",
        "id": f"{content.lesson_iri(key)}#{block.id}",
        "definition": {
            "type": records.activity_types.INTERACTION,
            "interactionType": "choice",
            "description": {"en": block.value["prompt"]},
            "choices": [
                {"id": name, "description": {"en": one["text"]}} for name, one in zip(names, options, strict=True)
            ],
            "correctResponsesPattern": [name for name, one in zip(names, options, strict=True) if one["correct"]],
        },
    }
    statement["result"] = {"response": names[chosen], "success": bool(options[chosen]["correct"])}
    statement["context"]["contextActivities"]["grouping"] = [_course_activity(course)]
    _store(statement)


def _course_statement(enrolment: Enrolment, course: CourseOutline, verb: Json, moment: datetime) -> dict[str, Any]:
    statement = _statement(enrolment, verb, f"{verb['display']['en']} course", moment)
    statement["object"] = _course_activity(course)
    return statement


def _statement(enrolment: Enrolment, verb: Json, name: str, moment: datetime) -> dict[str, Any]:
    return {
        "id": str(statement_name(enrolment.registration, name)),
        "actor": records.agent_for(enrolment.learner_id),
        "verb": verb,
        "timestamp": moment.isoformat(),
        "context": {
            "registration": str(enrolment.registration),
            "platform": "Mycelia",
            "contextActivities": {"category": [records.profile_category()]},
        },
    }


def statement_name(registration: UUID, name: str) -> UUID:
    """Return the name of the statement of one thing within one enrolment.

    Example:
        >>> registration = UUID("019a0000-0000-7000-8000-000000000000")
        >>> statement_name(registration, "completed course") == statement_name(registration, "completed course")
        True
    """
    return uuid5(registration, name)


def _course_activity(course: CourseOutline) -> dict[str, Any]:
    return _activity(content.course_iri(course.key), records.activity_types.COURSE, course.title)


def _activity(iri: str, kind: str, name: str) -> dict[str, Any]:
    return {"objectType": "Activity", "id": iri, "definition": {"type": kind, "name": {"en": name}}}


def _result(score_scaled: object) -> dict[str, Any]:
    result: dict[str, Any] = {"completion": True}
    if score_scaled is not None:
        result["score"] = {"scaled": float(str(score_scaled))}
    return result


def _store(statement: dict[str, Any]) -> None:
    """Store a statement whose `id` is its name so far, unless it is told already."""
    for statement_id in records.untold([UUID(statement["id"])]).values():
        records.store([{**statement, "id": str(statement_id)}])
