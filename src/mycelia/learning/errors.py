"""Errors of learning.

MyceliaError
├── NotFound (404)
│   ├── LessonNotFound
│   └── NotEnrolled
├── Conflict (409)
│   ├── PlayedToComplete
│   ├── NotPlayable
│   └── AlreadyClosed
└── InvalidInput (422)
└── InvalidHistory
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import Conflict, InvalidInput, NotFound


class LessonNotFound(NotFound):
    """The course has no such lesson now."""

    code = "lesson_not_found"
    default_message = _("This lesson is no longer part of the course. What you did in it stays in your record.")


class NotEnrolled(NotFound):
    """The learner has no enrolment on this course."""

    code = "not_enrolled"
    default_message = _("You are not enrolled on this course. Open it in the catalogue to enrol.")


class PlayedToComplete(Conflict):
    """A lesson with a package is done when the package says so."""

    code = "played_to_complete"
    default_message = _("This lesson is done when its package is: open it and play it to the end.")


class NotPlayable(Conflict):
    """The lesson has no package to play."""

    code = "not_playable"
    default_message = _("This lesson has nothing to play; read it and mark it as done.")


class AlreadyClosed(Conflict):
    """The enrolment was withdrawn or completed before."""

    code = "already_closed"
    default_message = _("This enrolment is closed: the course was completed or you withdrew. Your record is unchanged.")


class InvalidHistory(InvalidInput):
    """Imported enrolments contradict each other or the rules; nothing was imported."""

    code = "invalid_history"
    default_message = _("The enrolments to import break a rule. Nothing was imported.")
