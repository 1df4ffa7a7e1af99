"""The application, and what it adds to navigation, search and the audit log."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BusinessCaseConfig(AppConfig):
    name = "mycelia.business_case"
    label = "business_case"
    verbose_name = _("Business case")

    def ready(self) -> None:
        from mycelia.audit import api as audit
        from mycelia.business_case.permissions import ReadCases
        from mycelia.business_case.search import address_of, find_cases
        from mycelia.ui import api as ui

        ui.register_navigation(
            ui.NavItem("case", _("Case"), "report-money", "business_case:list", ReadCases.roles, order=70)
        )
        ui.register_search(find_cases)
        audit.register_link("case", address_of)
