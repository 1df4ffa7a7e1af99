"""Background work of learning."""

from __future__ import annotations

from datetime import datetime

from mycelia.kernel.tasks import app
from mycelia.learning import api


@app.task(queue="learning", name="learning.settle_course")
def settle_course(course_id: int, since: str) -> None:
    """Complete every enrolment that a new version of a course leaves nothing to do in, a batch at a time."""
    while api.settle_course(course_id=course_id, since=datetime.fromisoformat(since)):
        pass
