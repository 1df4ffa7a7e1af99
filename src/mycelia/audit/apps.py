from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "mycelia.audit"
    label = "audit"

    def ready(self) -> None:
        from mycelia.kernel.policy import Role
        from mycelia.ui.api import NavItem, register_navigation

        administrators = frozenset({Role.IT_ADMINISTRATOR})
        register_navigation(
            NavItem("audit", _("Audit log"), "list-check", "audit:entries", administrators, 30, "platform")
        )
