"""What learning does when something happens below it."""

from __future__ import annotations

from mycelia.content.events import CoursePublished
from mycelia.delivery.events import AttemptProgressed
from mycelia.kernel.events import subscribe
from mycelia.kernel.tasks import defer
from mycelia.learning import api, tasks


@subscribe(AttemptProgressed)
def on_attempt_progressed(event: AttemptProgressed) -> None:
    """Turn what a package reports into progress of the course it was opened from."""
    if event.course_registration is not None:
        api.record_attempt(
            course_registration=event.course_registration,
            activity_iri=event.activity_iri,
            attempt_id=event.attempt_id,
            completed=event.completed,
            score_scaled=event.score_scaled,
            completed_at=event.completed_at,
        )


@subscribe(CoursePublished)
def on_course_published(event: CoursePublished) -> None:
    """Complete what the new version leaves nothing to do in: the first few now, the rest as a job."""
    if api.settle_course(course_id=event.course_id, since=event.published_at):
        defer(tasks.settle_course, course_id=event.course_id, since=event.published_at.isoformat())
