"""Addresses of learning, and the course slugs that cannot be."""

from __future__ import annotations

from uuid import UUID

from django.urls import register_converter
from django.urls.converters import SlugConverter


class CourseSlugConverter(SlugConverter):
    """A course's slug in an address; `attempts` belongs to the player."""

    regex = r"(?!attempts/)[-a-zA-Z0-9_]+"


register_converter(CourseSlugConverter, "course_slug")


def learn_path(slug: str, key: UUID | None = None) -> str:
    """Return where a course, or one of its lessons, is learned.

    Example:
        >>> learn_path("giving-feedback")
        '/learn/giving-feedback/'
    """
    return f"/learn/{slug}/" if key is None else f"/learn/{slug}/{key}/"
