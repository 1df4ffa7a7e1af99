"""Getting on in a course, up to its completion."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from mycelia.content import api as content
from mycelia.content.types import CourseOutline, LessonOutline
from mycelia.delivery import api as delivery
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require
from mycelia.learning import statements
from mycelia.learning.actions.settlement import settle
from mycelia.learning.errors import LessonNotFound, NotPlayable, PlayedToComplete
from mycelia.learning.models import Completion, Enrolment, LessonProgress
from mycelia.learning.permissions import OwnEnrolments
from mycelia.learning.types import LessonDone


@transaction.atomic
def open_lesson(*, actor: Actor, enrolment: Enrolment, key: UUID) -> None:
    """Note that the learner has opened a lesson; the first time counts as its start.

    Raises:
        PermissionDenied: It is somebody else's enrolment.
    """
    require(actor, OwnEnrolments(), enrolment)
    _progress, created = LessonProgress.objects.get_or_create(enrolment=enrolment, lesson_key=key)
    if created and enrolment.is_open:
        Enrolment.objects.filter(pk=enrolment.pk).update(last_activity_at=clock.now())


def complete_lesson(*, actor: Actor, enrolment: Enrolment, key: UUID) -> Completion | None:
    """Mark a lesson without a package as done; return the completion of the course if this was the last one needed.

    Marking it again changes nothing. A completed course stays as it was recorded.

    Raises:
        PermissionDenied: It is somebody else's enrolment.
        LessonNotFound: The course has no such lesson now.
        PlayedToComplete: The lesson has a package, which itself says when it is done.
    """
    require(actor, OwnEnrolments(), enrolment)
    course, lesson = _course_and_lesson(enrolment, key)
    if lesson.package_id is not None:
        raise PlayedToComplete(lesson=str(key))
    return _record_done(enrolment.pk, course, LessonDone(key, clock.now()))


def start_package(*, actor: Actor, enrolment: Enrolment, key: UUID, return_path: str) -> UUID:
    """Return the attempt to play for a lesson's package: the one that was left, or a new one.

    Raises:
        PermissionDenied: It is somebody else's enrolment.
        LessonNotFound: The course has no such lesson now.
        NotPlayable: The lesson has no package.
    """
    require(actor, OwnEnrolments(), enrolment)
    _course, lesson = _course_and_lesson(enrolment, key)
    if lesson.package_id is None:
        raise NotPlayable(lesson=str(key))
    open_lesson(actor=actor, enrolment=enrolment, key=key)
    attempt = delivery.start_or_resume_attempt(
        actor,
        package=delivery.packages().get(pk=lesson.package_id),
        activity_iri=content.lesson_iri(key),
        activity_name=lesson.title,
        course_registration=enrolment.registration,
        return_path=return_path,
    )
    return attempt.id


def record_attempt(
    *,
    course_registration: UUID,
    activity_iri: str,
    attempt_id: UUID,
    completed: bool,
    score_scaled: Decimal | None,
    completed_at: datetime | None = None,
) -> Completion | None:
    """Take over what an attempt on a package has reached; safe to be told any number of times, in any order.

    Args:
        completed_at: When the attempt was completed, however late this is told; now, where it is not known.
    """
    enrolment = Enrolment.objects.filter(registration=course_registration).first()
    if enrolment is None:
        return None
    course = content.outlines([enrolment.course_id])[enrolment.course_id]
    lesson = next((one for one in course.lessons if content.is_lesson_iri(activity_iri, one.key)), None)
    if lesson is None:
        return None
    if not completed:
        Enrolment.objects.filter(pk=enrolment.pk, completed_at__isnull=True).update(last_activity_at=clock.now())
        return None
    done = LessonDone(lesson.key, completed_at or clock.now(), attempt_id, score_scaled)
    return _record_done(enrolment.pk, course, done)


@transaction.atomic
def _record_done(enrolment_id: int, course: CourseOutline, done: LessonDone) -> Completion | None:
    """Write one lesson as done under the lock of its enrolment, so that the last two lessons never both finish it."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    progress, _created = LessonProgress.objects.get_or_create(
        enrolment=enrolment, lesson_key=done.key, defaults={"started_at": done.completed_at}
    )
    if progress.completed_at is None:
        progress.completed_at, progress.attempt_id = done.completed_at, done.attempt_id
        progress.score_scaled = done.score_scaled
        progress.save(update_fields=["completed_at", "attempt_id", "score_scaled"])
        statements.tell_lesson_done(enrolment, course, done)
        if enrolment.completed_at is None:
            enrolment.last_activity_at = max(enrolment.last_activity_at, done.completed_at)
            enrolment.save(update_fields=["last_activity_at"])
    return settle(enrolment, course)


def _course_and_lesson(enrolment: Enrolment, key: UUID) -> tuple[CourseOutline, LessonOutline]:
    course = content.outlines([enrolment.course_id])[enrolment.course_id]
    lesson = course.lesson(key)
    if lesson is None:
        raise LessonNotFound(lesson=str(key))
    return course, lesson
