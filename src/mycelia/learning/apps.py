"""Registers what learning adds to the product."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """Learning: enrolment, progress, completion."""

    name = "mycelia.learning"
    label = "learning"
    verbose_name = _("Learning")

    def ready(self) -> None:
        """Subscribe to events, and add navigation and search."""
        from mycelia.learning import handlers  # noqa: F401
        from mycelia.learning.origins import enrolment_link
        from mycelia.learning.search import find_courses
        from mycelia.records.api import register_origin_link
        from mycelia.ui.api import NavItem, register_navigation, register_search

        register_navigation(
            NavItem("learn", _("Learn"), "book-2", "learning:home", order=10),
            NavItem("mine", _("My learning"), "book-2", "learning:home", order=10, parent="learn"),
            NavItem("catalogue", _("Catalogue"), "books", "learning:catalogue", order=20, parent="learn"),
        )
        register_search(find_courses)
        register_origin_link(enrolment_link)
