"""The application, and its place in the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    name = "mycelia.insights"
    label = "insights"
    verbose_name = _("Insights")

    def ready(self) -> None:
        from mycelia.insights.permissions import ReadMetricDefinitions
        from mycelia.ui import api as ui

        ui.register_navigation(
            ui.NavItem(
                "insights", _("Insights"), "chart-bar", "insights:metrics", ReadMetricDefinitions.roles, order=60
            )
        )
