from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "mycelia.records"
    label = "records"

    def ready(self) -> None:
        from mycelia.access.api import register_platform_figure
        from mycelia.kernel.policy import Role
        from mycelia.records.figures import statements
        from mycelia.ui.api import NavItem, register_navigation

        administrators = frozenset({Role.IT_ADMINISTRATOR})
        register_navigation(
            NavItem("records", _("Records"), "database", "records:statements", administrators, 40, "platform")
        )
        register_navigation(
            NavItem("credentials", _("Credentials"), "key", "records:credentials", administrators, 41, "platform")
        )
        register_navigation(
            NavItem("sources", _("Sources"), "activity", "records:sources", administrators, 42, "platform")
        )
        register_navigation(
            NavItem("forwarding", _("Forwarding"), "send", "records:destinations", administrators, 43, "platform")
        )
        register_navigation(
            NavItem("retention", _("Retention"), "clock", "records:retention", administrators, 45, "platform")
        )
        register_navigation(
            NavItem("erasure", _("Erasure"), "user-off", "records:erasures", administrators, 46, "platform")
        )
        register_platform_figure(statements)
