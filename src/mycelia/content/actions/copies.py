"""Copies of courses made in the studio."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID, uuid4

from django.db import transaction
from wagtail.models import Revision

from mycelia.content.models import CoursePage, Lesson


@transaction.atomic
def give_own_lessons(copy: CoursePage) -> None:
    """Give the lessons of a course that was just copied keys of their own, in its rows and in its revisions.

    A key names an activity in records, so the lessons of two courses never share one. Every lesson has the same new
    key throughout the copy's history.
    """
    keys: defaultdict[str, UUID] = defaultdict(uuid4)
    for lesson in Lesson.objects.filter(page_id=copy.pk):
        lesson.key = keys[str(lesson.key)]
        lesson.save(update_fields=["key"])
    for revision in Revision.objects.for_instance(copy):
        for described in revision.content.get("lessons", ()):
            described["key"] = str(keys[described["key"]])
        revision.save(update_fields=["content"])
