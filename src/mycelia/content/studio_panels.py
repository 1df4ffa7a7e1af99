"""The studio's first page: what is in draft, and the way to a new course."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from mycelia.content.models import CatalogueRoot, CoursePage

SHOWN = 8


class WelcomePanel(Component):
    """Says what one can do here and offers the one thing authors come for."""

    name = "welcome"
    template_name = "content/studio/welcome.html"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the address of a new course."""
        root = CatalogueRoot.objects.get()
        return {"new_course_url": reverse("wagtailadmin_pages:add", args=["content", "coursepage", root.pk])}


class DraftsPanel(Component):
    """The courses one is writing that have not been sent to review."""

    name = "drafts"
    template_name = "content/studio/drafts.html"
    order = 20

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the drafts, the one touched last first."""
        mine = CoursePage.objects.filter(owner=self.request.user, has_unpublished_changes=True)
        waiting = mine.order_by("-latest_revision_created_at").prefetch_related("_workflow_states")[: 2 * SHOWN]
        drafts = [course for course in waiting if not course.workflow_in_progress][:SHOWN]
        return {"drafts": drafts}
