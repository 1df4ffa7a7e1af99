"""The application, and what it adds to navigation, search and the audit log."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BusinessCaseConfig(AppConfig):
    name = "mycelia.business_case"
    label = "business_case"
    verbose_name = _("Business case")

    def ready(self) -> None:
        from mycelia.audit import api as audit
        from mycelia.business_case import handlers  # noqa: F401
        from mycelia.business_case.permissions import ReadBlueprint, ReadCases
        from mycelia.business_case.search import address_of, address_of_system, find_cases, find_systems
        from mycelia.ui import api as ui

        ui.register_navigation(
            ui.NavItem("case", _("Case"), "report-money", order=70),
            ui.NavItem("cases", _("Cases"), "report-money", "business_case:list", ReadCases.roles, 10, "case"),
            ui.NavItem(
                "blueprint",
                _("Blueprint"),
                "topology-star-3",
                "business_case:blueprint_elements",
                ReadBlueprint.roles,
                20,
                "case",
            ),
            ui.NavItem("briefs", _("Briefs"), "file-text", "business_case:briefs", order=30, parent="case"),
        )
        ui.register_search(find_cases)
        ui.register_search(find_systems)
        audit.register_link("case", address_of)
        audit.register_link("blueprint.system", address_of_system)
