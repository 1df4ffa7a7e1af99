"""Where learners find courses: part of the product's stated interface, so lower apps may name it.

The pages themselves belong to `learning`, which knows who is enrolled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

if TYPE_CHECKING:
    from wagtail.models import Page

CATALOGUE = "/catalog/"


def course_path(slug: str) -> str:
    """Return the path of a course's page in the catalogue.

    Example:
        >>> course_path("giving-feedback")
        '/catalog/giving-feedback/'
    """
    return f"{CATALOGUE}{slug}/"


def course_iri(course_key: UUID) -> str:
    """Return the activity id of a course; it outlives a change of slug or title."""
    return f"{settings.MYCELIA_PUBLIC_URL}/activities/courses/{course_key}"


def lesson_iri(lesson_key: UUID) -> str:
    """Return the activity id of a lesson."""
    return f"{settings.MYCELIA_PUBLIC_URL}/activities/lessons/{lesson_key}"


def is_lesson_iri(iri: str, lesson_key: UUID) -> bool:
    """Return whether an activity id names a lesson, whichever public address the installation had when it was made.

    Example:
        >>> key = UUID("0b3a3c62-6e0b-4b5c-8f0a-5f0f6a0b7c11")
        >>> is_lesson_iri(f"http://old.example.com/activities/lessons/{key}", key)
        True
    """
    return iri.endswith(f"/activities/lessons/{lesson_key}")


def url_parts(page: Page, path: str) -> tuple[int, str, str]:
    """Return what Wagtail asks of a page that another app serves: site, origin and path."""
    site = page._get_relevant_site_root_paths(None)
    site_id = site[0].site_id if site else 0
    return (site_id, settings.MYCELIA_PUBLIC_URL, path)
