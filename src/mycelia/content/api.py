"""Content's in-process interface."""

from mycelia.content.actions.courses import add_lesson, create_course
from mycelia.content.actions.groups import align_studio_groups
from mycelia.content.actions.imports import import_courses
from mycelia.content.actions.schedule import publish_scheduled
from mycelia.content.addresses import course_iri, course_path, is_lesson_iri, lesson_iri
from mycelia.content.permissions import STUDIO_ROLES, EnterStudio, SeeCatalogue
from mycelia.content.queries import (
    blocks_of,
    cards,
    course_by_slug,
    course_editors,
    course_stock,
    cover_of,
    find_courses,
    lesson_blocks,
    outline,
    outline_by_slug,
    outlines,
    published_courses,
    review_pace,
    slug_of_course,
    slug_of_lesson,
    topics_in_use,
)

__all__ = [
    "STUDIO_ROLES",
    "EnterStudio",
    "SeeCatalogue",
    "add_lesson",
    "align_studio_groups",
    "blocks_of",
    "cards",
    "course_by_slug",
    "course_editors",
    "course_iri",
    "course_path",
    "course_stock",
    "cover_of",
    "create_course",
    "find_courses",
    "import_courses",
    "is_lesson_iri",
    "lesson_blocks",
    "lesson_iri",
    "outline",
    "outline_by_slug",
    "outlines",
    "publish_scheduled",
    "published_courses",
    "review_pace",
    "slug_of_course",
    "slug_of_lesson",
    "topics_in_use",
]
