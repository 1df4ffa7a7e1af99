from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "mycelia.access"
    label = "access"

    def ready(self) -> None:
        from django.urls import reverse

        from mycelia.access import figures, handlers  # noqa: F401
        from mycelia.access.platform import register_platform_figure
        from mycelia.audit.api import register_link
        from mycelia.kernel.policy import Role
        from mycelia.ui.api import NavItem, register_navigation

        administrators = frozenset({Role.IT_ADMINISTRATOR})
        register_navigation(
            NavItem("overview", _("Overview"), "activity", "access:platform", administrators, 10, "platform"),
            NavItem("roles", _("Roles"), "shield-check", "access:roles", administrators, 20, "platform"),
        )
        for figure in (figures.queue, figures.workers, figures.sessions, figures.audit_log):
            register_platform_figure(figure)
        register_link("people.Person", lambda key: reverse("access:person", args=[key]))
        register_link("access.RoleAssignment", lambda key: reverse("access:roles"))
