"""Courses for tests."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from mycelia.content import api
from mycelia.content.models import CoursePage
from mycelia.content.types import CourseText, LessonText
from mycelia.kernel.policy import Actor

SYSTEM = Actor.system("tests")
_numbers = count(1)


def lesson(
    title: str = "A lesson", *, package_id: UUID | None = None, required: bool = True, html: str = ""
) -> LessonText:
    """Return a lesson with one paragraph, or the given one."""
    blocks = ({"type": "paragraph", "html": html or "<p>Text.</p>"},)
    return LessonText(title, 5, blocks, required, package_id)


def course_text(slug: str = "", *, lessons: tuple[LessonText, ...] = (), **fields: Any) -> CourseText:
    """Return a complete course with two lessons, or the given ones."""
    number = next(_numbers)
    defaults = {
        "title": f"Course {number}",
        "summary": "What it is about, and why it is worth the time it takes.",
        "objectives": ("Explain it.",),
        "sources": ("Own experience",),
    }
    return CourseText(
        slug=slug or f"course-{number}", lessons=lessons or (lesson("One"), lesson("Two")), **(defaults | fields)
    )


def make_course(slug: str = "", *, publish: bool = True, **fields: Any) -> CoursePage:
    """Create a course, live unless asked otherwise."""
    return api.create_course(actor=SYSTEM, text=course_text(slug, **fields), publish=publish)
