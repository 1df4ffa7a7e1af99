"""Errors of content.

MyceliaError
├── NotFound (404)
│   └── CourseNotFound
├── InvalidInput (422)
│   └── InvalidCourse
└── Conflict (409)
└── CourseInUse
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.kernel.errors import Conflict, InvalidInput, NotFound


class CourseNotFound(NotFound):
    """There is no such course or lesson, or it is not in the catalogue."""

    code = "course_not_found"
    default_message = _("This course is not in the catalogue. It may have been taken out, or the address is wrong.")


class InvalidCourse(InvalidInput):
    """A course text breaks a rule; nothing was saved."""

    code = "invalid_course"


class CourseInUse(Conflict):
    """Somebody has enrolled; the course can be unpublished, not deleted."""

    code = "course_in_use"
    default_message = _("People have enrolled on this course. Unpublish it instead: their records stay as they are.")
