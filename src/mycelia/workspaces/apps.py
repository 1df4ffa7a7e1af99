from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkspacesConfig(AppConfig):
    name = "mycelia.workspaces"
    label = "workspaces"

    def ready(self) -> None:
        """Put home and the team page into the navigation."""
        from mycelia.kernel.policy import Role
        from mycelia.ui.api import NavItem, register_navigation

        managers = frozenset({Role.MANAGER})
        register_navigation(
            NavItem("home", _("Home"), "home", "workspaces:home", order=0),
            NavItem("team", _("Your team"), "users-group", "workspaces:team", managers, order=5, parent="talent"),
        )
