"""Registers what content adds to the product."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """Content: courses, lessons and the studio."""

    name = "mycelia.content"
    label = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        """Subscribe to events, and add the studio to the navigation."""
        from mycelia.content import handlers  # noqa: F401
        from mycelia.content.permissions import STUDIO_ROLES
        from mycelia.ui.api import NavItem, register_navigation

        register_navigation(NavItem("studio", _("Studio"), "pencil", "wagtailadmin_home", STUDIO_ROLES, order=80))
