"""Courses made from text: by commands, imports and the product itself."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mycelia.audit.api import record
from mycelia.content.errors import CourseNotFound, InvalidCourse
from mycelia.content.models import CatalogueRoot, CoursePage, Topic
from mycelia.content.permissions import PublishWithoutReview, WriteCourses
from mycelia.content.texts import lesson_from_text, page_from_text
from mycelia.content.types import CourseText, LessonText
from mycelia.kernel.policy import Actor, require


@transaction.atomic
def create_course(*, actor: Actor, text: CourseText, publish: bool = False) -> CoursePage:
    """Create a course from its text, as a draft or straight into the catalogue.

    Raises:
        PermissionDenied: The actor may not write courses, or may not publish without review.
        InvalidCourse: The address is taken, or a block is wrong; nothing was saved.
    """
    require(actor, WriteCourses())
    if publish:
        require(actor, PublishWithoutReview())
    catalogue = CatalogueRoot.objects.get()
    if CoursePage.objects.filter(slug=text.slug).exists():
        raise InvalidCourse(_("The address “%(slug)s” is taken by another course.") % {"slug": text.slug})
    page = page_from_text(text)
    page.owner_id = actor.person_id
    page.topics = [topic(name) for name in text.topics]
    catalogue.add_child(instance=page)
    revision = page.save_revision(user=None, clean=False)
    if publish:
        revision.publish()
    record(
        actor=actor,
        action="content.course_created",
        object_type="course",
        object_id=str(page.pk),
        details={"slug": page.slug, "published": publish},
    )
    return page


@transaction.atomic
def add_lesson(*, actor: Actor, slug: str, text: LessonText, publish: bool = False) -> UUID:
    """Add a lesson at the end of a course's newest draft; return its key.

    Raises:
        CourseNotFound: No course has this address.
        PermissionDenied: The actor may not write courses, or may not publish without review.
    """
    require(actor, WriteCourses())
    if publish:
        require(actor, PublishWithoutReview())
    found = CoursePage.objects.filter(slug=slug).first()
    if found is None:
        raise CourseNotFound(_("No course has the address “%(slug)s”.") % {"slug": slug})
    draft = found.get_latest_revision_as_object()
    lesson = lesson_from_text(text, draft.lessons.count())
    draft.lessons.add(lesson)
    revision = draft.save_revision(user=None, clean=False)
    if publish:
        revision.publish()
    details = {"slug": slug, "lesson": str(lesson.key), "published": publish}
    record(actor=actor, action="content.lesson_added", object_type="course", object_id=str(found.pk), details=details)
    return lesson.key


def topic(name: str) -> Topic:
    """Return the topic of this name, made if it is new."""
    found, _created = Topic.objects.get_or_create(name=name, defaults={"slug": slugify(name)[:60]})
    return found
