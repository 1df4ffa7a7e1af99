"""A course as learners will see it, from a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mycelia.content.studio_policy import apply_studio_policy
from mycelia.content.types import LessonBlock

if TYPE_CHECKING:
    from mycelia.content.models import CoursePage, Lesson

CATALOGUE_MODE = ""


@dataclass(frozen=True, slots=True)
class LessonPreview:
    """A draft lesson."""

    title: str
    course_title: str
    number: int
    total: int
    minutes: int
    language: str
    blocks: tuple[LessonBlock, ...]
    has_package: bool
    answers_url: str = "#"
    answer: None = None


@dataclass(frozen=True, slots=True)
class CoursePreview:
    """The catalogue page of a draft course."""

    title: str
    lead: str
    minutes: int
    objectives: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    seed: str


def preview_modes(course: CoursePage) -> list[tuple[str, str]]:
    """Return the pages that can be looked at: the catalogue's, and each lesson."""
    lessons = [
        (f"lesson-{number}", f"{number}. {lesson.title or _('Untitled lesson')}")
        for number, lesson in enumerate(course.lessons.all(), start=1)
    ]
    return [(CATALOGUE_MODE, _("In the catalogue")), *lessons]


def serve(course: CoursePage, request: HttpRequest, mode: str) -> HttpResponse:
    """Return one page of the draft; buttons show and do nothing."""
    lessons = tuple(course.lessons.all())
    number = int(mode.removeprefix("lesson-")) if mode.startswith("lesson-") and mode[7:].isdigit() else 0
    if 0 < number <= len(lessons):
        page: object = _lesson(course, lessons[number - 1], number, len(lessons))
        response = render(request, "content/lesson_preview.html", {"page": page})
    else:
        page = CoursePreview(
            course.title, course.summary, course.duration_minutes, course.objective_list, lessons, course.slug
        )
        response = render(request, "content/course_preview.html", {"page": page})
    apply_studio_policy(response)
    return response


def _lesson(course: CoursePage, lesson: Lesson, number: int, total: int) -> LessonPreview:
    blocks = tuple(
        LessonBlock(str(block.id or position), block.block_type, block.value, position)
        for position, block in enumerate(lesson.body, start=1)
    )
    return LessonPreview(
        title=lesson.title,
        course_title=course.title,
        number=number,
        total=total,
        minutes=lesson.minutes,
        language=course.language,
        blocks=blocks,
        has_package=lesson.package_id is not None,
    )
