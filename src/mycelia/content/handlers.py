"""What content does when something happens below it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import PageLogEntry
from wagtail.signals import page_published

from mycelia.access.api import actor_for
from mycelia.access.events import RoleGranted, RoleRevoked
from mycelia.content import api
from mycelia.content.actions.copies import give_own_lessons
from mycelia.content.events import CoursePublished
from mycelia.content.models import CoursePage
from mycelia.kernel.events import publish, subscribe
from mycelia.kernel.policy import Role


@subscribe(RoleGranted)
def on_role_granted(event: RoleGranted) -> None:
    """Open the studio to whoever has been given a role there."""
    _align(event.person_id)


@subscribe(RoleRevoked)
def on_role_revoked(event: RoleRevoked) -> None:
    """Close the studio to whoever has lost their last role there."""
    _align(event.person_id)


@receiver(page_published, sender=CoursePage, dispatch_uid="content.course_published")
def on_page_published(instance: CoursePage, **kwargs: Any) -> None:
    """Tell that a version went live; Wagtail says so of one that is only scheduled as well."""
    if instance.live and instance.last_published_at is not None:
        with transaction.atomic():
            publish(CoursePublished(instance.pk, instance.last_published_at))


@receiver(post_save, sender=PageLogEntry, dispatch_uid="content.course_copied")
def on_page_logged(instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    """Finish a copy of a course; Wagtail's log is the one thing that all its ways of copying have in common."""
    if created and instance.action == "wagtail.copy":
        copy = CoursePage.objects.filter(pk=instance.page_id).first()
        if copy is not None:
            give_own_lessons(copy)


def _align(person_id: int) -> None:
    person = get_user_model().objects.filter(pk=person_id).first()
    if person is not None:
        roles = {grant.role for grant in actor_for(person).grants}
        api.align_studio_groups(person_id=person.pk, roles=roles & set(Role))
