"""What content tells the apps above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mycelia.kernel.events import Event


@dataclass(frozen=True)
class CoursePublished(Event):
    """A version of a course went live; from this moment its lessons are the ones that count."""

    course_id: int
    published_at: datetime
