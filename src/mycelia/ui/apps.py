from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "mycelia.ui"
    label = "ui"

    def ready(self) -> None:
        """Open the platform area, which other apps add their pages to."""
        from mycelia.kernel.policy import Role
        from mycelia.ui import navigation
        from mycelia.ui.types import NavItem

        makers = frozenset({Role.IT_ADMINISTRATOR, Role.AUTHOR, Role.CURATOR})
        navigation.register(
            NavItem("platform", _("Platform"), "settings", order=900),
            NavItem("design", _("Design system"), "palette", "ui:design", makers, order=900, parent="platform"),
        )
