"""Addresses of the business case. A change of state is a noun: presenting creates a presentation."""

from __future__ import annotations

from django.urls import path, register_converter

from mycelia.business_case.types import LineKind
from mycelia.business_case.views import actuals, cases, lines, objectives, presentation

app_name = "business_case"


class LineKindConverter:
    """The side of a case in an address."""

    regex = "costs|benefits"

    def to_python(self, value: str) -> LineKind:
        """Return the side an address names."""
        return LineKind(value.removesuffix("s"))

    def to_url(self, value: LineKind) -> str:
        """Return a side as it stands in an address."""
        return f"{value}s"


register_converter(LineKindConverter, "line_kind")

urlpatterns = [
    path("case/", cases.case_list, name="list"),
    path("case/new/", cases.new, name="new"),
    path("case/<slug:slug>/", cases.case, name="case"),
    path("case/<slug:slug>/terms/", cases.terms, name="terms"),
    path("case/<slug:slug>/presentation/", presentation.presentation, name="presentation"),
    path("case/<slug:slug>/brief.pdf", presentation.brief, name="brief"),
    path("case/<slug:slug>/objectives/new/", objectives.objective_new, name="objective_new"),
    path("case/<slug:slug>/objectives/<int:objective_id>/", objectives.objective, name="objective"),
    path(
        "case/<slug:slug>/objectives/<int:objective_id>/removal/",
        objectives.objective_removal,
        name="objective_removal",
    ),
    path("case/<slug:slug>/objectives/<int:objective_id>/kpis/new/", objectives.kpi_new, name="kpi_new"),
    path("case/<slug:slug>/kpis/<int:kpi_id>/", objectives.kpi, name="kpi"),
    path("case/<slug:slug>/kpis/<int:kpi_id>/removal/", objectives.kpi_removal, name="kpi_removal"),
    path("case/<slug:slug>/kpis/<int:kpi_id>/actual/", actuals.kpi_actual, name="kpi_actual"),
    path("case/<slug:slug>/<line_kind:kind>/new/", lines.line_new, name="line_new"),
    path("case/<slug:slug>/<line_kind:kind>/<int:line_id>/", lines.line, name="line"),
    path("case/<slug:slug>/<line_kind:kind>/<int:line_id>/removal/", lines.line_removal, name="line_removal"),
]
