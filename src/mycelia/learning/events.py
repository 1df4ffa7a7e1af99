"""What learning tells the apps above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mycelia.kernel.events import Event


@dataclass(frozen=True)
class Enrolled(Event):
    """A learner took up a course."""

    enrolment_id: int
    learner_id: int
    course_id: int
    registration: UUID


@dataclass(frozen=True)
class CourseCompleted(Event):
    """A learner completed a course; told once per enrolment."""

    enrolment_id: int
    learner_id: int
    course_id: int
    registration: UUID
    completed_at: datetime
