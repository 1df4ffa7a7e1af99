"""The place all courses live under, and the topics they are found by."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from mycelia.content import addresses
from mycelia.content.studio_permissions import CataloguePermissionTester


class CatalogueRoot(Page):
    """The one parent of every course; made by a migration, shown to learners as the catalogue."""

    parent_page_types: list[str] = []
    subpage_types = ["content.CoursePage"]
    max_count = 1
    is_creatable = False
    # Nothing of it is drafted; learners see the catalogue itself.
    preview_modes: ClassVar[list[tuple[str, str]]] = []

    class Meta:
        verbose_name = _("catalogue")

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str]:
        """Return site, origin and path of the catalogue."""
        return addresses.url_parts(self, addresses.CATALOGUE)

    def permissions_for_user(self, user: Any) -> CataloguePermissionTester:
        """Return what this person may do with the catalogue in the studio."""
        return CataloguePermissionTester(user, self)


class Topic(models.Model):
    """What a course is about, chosen from one list so that filters stay short."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name
