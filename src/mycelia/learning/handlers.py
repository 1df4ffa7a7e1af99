"""What learning does when something happens below it."""

from __future__ import annotations

from mycelia.delivery.events import AttemptProgressed
from mycelia.kernel.events import subscribe
from mycelia.learning import api


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
        )
