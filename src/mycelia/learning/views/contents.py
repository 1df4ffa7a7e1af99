"""The list of contents that stands beside lessons."""

from __future__ import annotations

from uuid import UUID

from mycelia.learning.addresses import learn_path
from mycelia.learning.pages import ContentsEntry
from mycelia.learning.types import CourseStanding


def contents(standing: CourseStanding, current: UUID | None = None) -> tuple[ContentsEntry, ...]:
    """Return the lessons of a course with what is done and where the reader is."""
    course = standing.course
    return tuple(
        ContentsEntry(
            number=number,
            lesson=lesson,
            url=learn_path(course.slug, lesson.key),
            done=lesson.key in standing.done,
            current=lesson.key == current,
        )
        for number, lesson in enumerate(course.lessons, start=1)
    )
