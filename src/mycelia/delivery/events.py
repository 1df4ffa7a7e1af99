"""What delivery tells the apps above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from mycelia.kernel.events import Event


@dataclass(frozen=True)
class PackageInstalled(Event):
    """A package was unpacked and can be used in lessons."""

    package_id: UUID
    digest: str


@dataclass(frozen=True)
class AttemptProgressed(Event):
    """An attempt began, got further, or ended.

    Args:
        registration: The attempt's own registration.
        course_registration: The enrolment's registration, if the attempt belongs to one.
        passed: None while nothing was reported.
        score_scaled: 0 to 1, None while nothing was reported.
        completed_at: When the journal took in the message that completed the attempt, whenever this event is handled.
    """

    attempt_id: UUID
    learner_id: int
    registration: UUID
    course_registration: UUID | None
    activity_iri: str
    completed: bool
    passed: bool | None
    score_scaled: Decimal | None
    total_seconds: int
    completed_at: datetime | None = None
