"""Taking up courses and leaving them."""

from __future__ import annotations

from datetime import date

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from mycelia.content import api as content
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require
from mycelia.learning import statements
from mycelia.learning.actions.settlement import settle
from mycelia.learning.errors import AlreadyClosed
from mycelia.learning.events import Enrolled
from mycelia.learning.models import Enrolment, LessonProgress
from mycelia.learning.permissions import EnrolOthers, Learn, OwnEnrolments
from mycelia.learning.types import EnrolmentSource

ASSIGNED_TO_YOU = _("This course was assigned to you, so you cannot withdraw. Ask whoever assigned it.")


def enrol(
    *,
    actor: Actor,
    learner_id: int,
    slug: str,
    source: EnrolmentSource = EnrolmentSource.SELF,
    due_on: date | None = None,
) -> Enrolment:
    """Return the learner's open enrolment on a course in the catalogue, made if there is none.

    Asking twice, even at the same moment, gives the same enrolment. After a completion a new one begins; after a
    withdrawal a new one begins with the lessons that were already done, and is completed at once if those are enough.

    Raises:
        CourseNotFound: The course is not in the catalogue.
        PermissionDenied: The actor enrols somebody else without being allowed to.
    """
    _require_enrolling(actor, learner_id)
    course = content.course_by_slug(slug)
    outline = content.outline(course)
    wanted = Enrolment(learner_id=learner_id, course_id=course.pk, source=source, due_on=due_on)
    try:
        with transaction.atomic():
            wanted.save(force_insert=True)
            _carry_over(wanted)
            statements.tell_enrolled(wanted, outline)
            publish(Enrolled(wanted.pk, learner_id, course.pk, wanted.registration))
            settle(wanted, outline)
    except IntegrityError:
        # Somebody else's request, or this one sent twice, was first.
        mine = Enrolment.objects.filter(learner_id=learner_id, course_id=course.pk, withdrawn_at__isnull=True)
        if (existing := mine.filter(completed_at__isnull=True).first()) is None:
            raise
        return existing
    return wanted


@transaction.atomic
def withdraw(*, actor: Actor, enrolment: Enrolment) -> Enrolment:
    """Give up an open enrolment; what was done stays on record and comes back when the learner enrols again.

    Raises:
        PermissionDenied: It is somebody else's.
        AlreadyClosed: It was completed or withdrawn before.
    """
    require(actor, OwnEnrolments(), enrolment)
    current = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if not current.is_open:
        raise AlreadyClosed
    if current.source == EnrolmentSource.ASSIGNED and not actor.is_system:
        raise PermissionDenied(ASSIGNED_TO_YOU)
    current.withdrawn_at = clock.now()
    current.save(update_fields=["withdrawn_at"])
    statements.tell_withdrawn(current, content.outlines([current.course_id])[current.course_id])
    return current


def _require_enrolling(actor: Actor, learner_id: int) -> None:
    if actor.person_id == learner_id:
        require(actor, Learn())
    else:
        require(actor, EnrolOthers(), get_user_model().objects.filter(pk=learner_id).first())


def _carry_over(enrolment: Enrolment) -> None:
    mine = Enrolment.objects.filter(learner_id=enrolment.learner_id, course_id=enrolment.course_id)
    before = mine.exclude(pk=enrolment.pk).order_by("-enrolled_at", "-pk").first()
    if before is None or before.withdrawn_at is None:
        return
    for row in LessonProgress.objects.filter(enrolment=before, completed_at__isnull=False):
        row.pk, row.enrolment_id, row._state.adding = None, enrolment.pk, True
        row.save(force_insert=True)
