"""The way from a statement about a course back to what it came from."""

from __future__ import annotations

from uuid import UUID

from mycelia.content import api as content
from mycelia.delivery import api as delivery
from mycelia.learning.models import Enrolment, LessonProgress


def enrolment_link(registration: UUID) -> str | None:
    """Return the attempt that counted last in an enrolment, else its course; None for other registrations."""
    found = Enrolment.objects.filter(registration=registration).values_list("pk", "course__slug").first()
    if found is None:
        return None
    played = LessonProgress.objects.filter(enrolment_id=found[0], attempt_id__isnull=False)
    attempt_id = played.order_by("-completed_at").values_list("attempt_id", flat=True).first()
    return delivery.record_url(attempt_id) if attempt_id else content.course_path(found[1])
