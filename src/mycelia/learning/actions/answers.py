"""Answers to knowledge checks: for the learner's own use, and in the record."""

from __future__ import annotations

from uuid import UUID

from mycelia.content import api as content
from mycelia.content.types import LessonBlock
from mycelia.kernel.policy import Actor, require
from mycelia.learning import statements
from mycelia.learning.models import Enrolment
from mycelia.learning.permissions import OwnEnrolments


def answer_question(*, actor: Actor, enrolment: Enrolment, key: UUID, block: LessonBlock, chosen: int) -> bool:
    """Record an answer and return whether it was right; it counts for nothing but the learner's own insight.

    Raises:
        PermissionDenied: It is somebody else's enrolment.
    """
    require(actor, OwnEnrolments(), enrolment)
    right = bool(block.value["options"][chosen]["correct"])
    course = content.outlines([enrolment.course_id])[enrolment.course_id]
    statements.tell_answered(enrolment, course, key, block, chosen)
    return right
