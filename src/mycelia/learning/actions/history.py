"""Enrolments and completions that come in from elsewhere, many at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction

from mycelia.audit.api import record
from mycelia.content import api as content
from mycelia.content.types import CourseOutline
from mycelia.kernel.policy import Actor, require
from mycelia.learning.errors import InvalidHistory
from mycelia.learning.permissions import ImportHistory
from mycelia.learning.types import HistoricEnrolment

_ENROLMENT = (
    "id, learner_id, course_id, registration, source, enrolled_at, due_on, withdrawn_at, completed_at, last_activity_at"
)
_PROGRESS = "enrolment_id, lesson_key, started_at, completed_at"
_COMPLETION = "enrolment_id, learner_id, course_id, completed_at, score_scaled, course_revision, course_title, lessons"


@transaction.atomic
def import_history(*, actor: Actor, rows: Sequence[HistoricEnrolment]) -> int:
    """Bring in enrolments with their progress by COPY, all or none; return how many.

    Neither events nor statements are made: what happened elsewhere was told elsewhere.

    Raises:
        PermissionDenied: The actor may not import.
        InvalidHistory: A row names an unknown course, ends before it begins, or is both completed and withdrawn.
    """
    require(actor, ImportHistory())
    courses = content.outlines({row.course_id for row in rows})
    for row in rows:
        _check(row, courses)
    numbered = list(zip(_numbers(len(rows)), rows, strict=True))
    _copy("learning_enrolment", _ENROLMENT, map(_enrolment, numbered))
    _copy("learning_lessonprogress", _PROGRESS, (line for one in numbered for line in _progress(*one)))
    done = ((pk, row) for pk, row in numbered if row.completed_at is not None)
    _copy("learning_completion", _COMPLETION, (_completion(pk, row, courses[row.course_id]) for pk, row in done))
    details = {"enrolments": len(rows)}
    record(actor=actor, action="learning.history_imported", object_type="enrolment", object_id="*", details=details)
    return len(rows)


def _check(row: HistoricEnrolment, courses: dict[int, CourseOutline]) -> None:
    ends = [moment for moment in (row.completed_at, row.withdrawn_at) if moment is not None]
    if row.course_id not in courses or len(ends) > 1 or any(end < row.enrolled_at for end in ends):
        raise InvalidHistory(registration=str(row.registration))


def _numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('learning_enrolment', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [number for (number,) in cursor.fetchall()]


def _copy(table: str, columns: str, lines: Iterable[tuple[Any, ...]]) -> None:
    # Computed before COPY begins: no query can run on the connection while it copies.
    rows = list(lines)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _enrolment(numbered: tuple[int, HistoricEnrolment]) -> tuple[Any, ...]:
    pk, row = numbered
    last = max([row.enrolled_at, *(moment for _key, moment in row.lessons_done)])
    return (
        *(pk, row.learner_id, row.course_id, row.registration, row.source.value, row.enrolled_at),
        *(row.due_on, row.withdrawn_at, row.completed_at, row.completed_at or last),
    )


def _progress(pk: int, row: HistoricEnrolment) -> Iterator[tuple[Any, ...]]:
    for key, moment in row.lessons_done:
        yield (pk, key, moment, moment)


def _completion(pk: int, row: HistoricEnrolment, course: CourseOutline) -> tuple[Any, ...]:
    titles = {lesson.key: lesson.title for lesson in course.lessons}
    lessons = [
        {"key": str(key), "title": titles.get(key, ""), "completed_at": moment.isoformat(), "attempt": None}
        for key, moment in row.lessons_done
    ]
    return (
        *(pk, row.learner_id, row.course_id, row.completed_at, row.score_scaled),
        *(course.revision_id, course.title, json.dumps(lessons)),
    )
