"""Recording completions once nothing is left to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from mycelia.content import api as content
from mycelia.content.types import CourseOutline
from mycelia.kernel.events import publish
from mycelia.learning import statements
from mycelia.learning.calc import completion
from mycelia.learning.events import CourseCompleted
from mycelia.learning.models import Completion, Enrolment
from mycelia.learning.queries.standings import lessons_done
from mycelia.learning.types import CompletionFacts, LessonDone

BATCH = 100


def settle(enrolment: Enrolment, course: CourseOutline, *, since: datetime | None = None) -> Completion | None:
    """Complete an open enrolment if every lesson that is needed is done; the caller holds its lock.

    Args:
        enrolment: Whose progress is looked at.
        course: The course as it is live now.
        since: When the lessons became the ones that are needed, where that is later than the last of them was done.
    """
    if not enrolment.is_open:
        return None
    facts = completion(course.lessons, lessons_done(enrolment.pk))
    if facts is None:
        return None
    moment = max(facts.completed_at, enrolment.enrolled_at, since or facts.completed_at)
    return _complete(enrolment, course, replace(facts, completed_at=moment))


@transaction.atomic
def settle_course(*, course_id: int, since: datetime) -> bool:
    """Complete open enrolments that a new version of their course leaves nothing to do in; return whether more wait.

    A call completes at most `BATCH` of them. Those completed are not found again, so it is safe to call any number
    of times.
    """
    course = content.outlines([course_id]).get(course_id)
    if course is None:
        return False
    waiting = _nothing_left(course)
    locked = Enrolment.objects.select_for_update().filter(pk__in=waiting[:BATCH]).order_by("pk")
    completed = [settle(enrolment, course, since=since) for enrolment in locked]
    return any(completed) and len(waiting) > BATCH


def _nothing_left(course: CourseOutline) -> list[int]:
    needed = [lesson.key for lesson in course.lessons if lesson.required]
    if not needed:
        return []
    opened = Enrolment.objects.filter(course_id=course.id, withdrawn_at__isnull=True, completed_at__isnull=True)
    counted = Q(progress__lesson_key__in=needed, progress__completed_at__isnull=False)
    finished = opened.annotate(done=Count("progress", filter=counted)).filter(done=len(needed))
    return list(finished.order_by("pk").values_list("pk", flat=True)[: BATCH + 1])


def _complete(enrolment: Enrolment, course: CourseOutline, facts: CompletionFacts) -> Completion:
    moment = facts.completed_at
    enrolment.completed_at = enrolment.last_activity_at = moment
    enrolment.save(update_fields=["completed_at", "last_activity_at"])
    written = Completion.objects.create(
        enrolment=enrolment,
        learner_id=enrolment.learner_id,
        course_id=enrolment.course_id,
        completed_at=moment,
        score_scaled=facts.score_scaled,
        course_revision=course.revision_id,
        course_title=course.title,
        lessons=[_explained(course, one) for one in facts.lessons],
    )
    statements.tell_course_completed(enrolment, course, facts)
    publish(CourseCompleted(enrolment.pk, enrolment.learner_id, enrolment.course_id, enrolment.registration, moment))
    return written


def _explained(course: CourseOutline, done: LessonDone) -> dict[str, str | None]:
    lesson = course.lesson(done.key)
    return {
        "key": str(done.key),
        "title": lesson.title if lesson else "",
        "completed_at": done.completed_at.isoformat(),
        "attempt": str(done.attempt_id) if done.attempt_id else None,
        "score_scaled": str(done.score_scaled) if done.score_scaled is not None else None,
    }
