"""Words that only exports use; all others are those of the pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mycelia.business_case.pages.vocabulary import CATEGORIES, CONFIDENCES
from mycelia.business_case.types import (
    CostLine,
    Driver,
    EvidenceGrade,
    IsolationMethod,
    Recurrence,
    Scenario,
)

__all__ = [
    "CATEGORIES",
    "CONFIDENCES",
    "DRIVERS",
    "FIELDS",
    "GRADES",
    "ISOLATIONS",
    "RECURRENCES",
    "SCENARIOS",
    "field_name",
    "unit_of",
]

SCENARIOS = {
    Scenario.EXPECTED: _("Expected"),
    Scenario.LIKELY: _("Likely"),
    Scenario.PESSIMISTIC: _("Pessimistic"),
    Scenario.OPTIMISTIC: _("Optimistic"),
}
DRIVERS = {
    Driver.NONE: _("none"),
    Driver.HEADCOUNT: _("people in scope"),
    Driver.ACTIVE_LEARNERS: _("active learners"),
    Driver.CONTENT_HOURS: _("hours of content"),
}
RECURRENCES = {
    Recurrence.ONE_OFF: _("once"),
    Recurrence.MONTHLY: _("every month"),
    Recurrence.YEARLY: _("every year, a twelfth a month"),
}
GRADES = {
    EvidenceGrade.EXPERIMENT: _("experiment"),
    EvidenceGrade.COMPARISON: _("comparison group"),
    EvidenceGrade.BEFORE_AFTER: _("before and after"),
    EvidenceGrade.EXPERT: _("expert judgement"),
    EvidenceGrade.VENDOR: _("vendor's claim"),
    EvidenceGrade.NONE: _("no evidence yet"),
}
ISOLATIONS = {
    IsolationMethod.CONTROL_GROUP: _("control group"),
    IsolationMethod.TREND_LINE: _("trend line"),
    IsolationMethod.FORECASTING: _("forecasting"),
    IsolationMethod.PARTICIPANT_ESTIMATE: _("participants' estimate"),
    IsolationMethod.MANAGER_ESTIMATE: _("managers' estimate"),
    IsolationMethod.EXPERT_ESTIMATE: _("experts' estimate"),
    IsolationMethod.DIRECT: _("direct"),
}
FIELDS = {
    "headcount": _("People in scope"),
    "content_hours": _("Hours of content"),
    "adoption_ceiling": _("Adoption: ceiling"),
    "adoption_tempo": _("Adoption: tempo"),
    "quantity": _("Quantity"),
    "price": _("Price"),
    "spread": _("Uncertainty of the line"),
    "isolation": _("Share due to this"),
    "confidence_factor": _("Share trusted"),
    "duration": _("Duration"),
    "people": _("People"),
    "hours_per_person_month": _("Hours saved"),
    "hourly_cost": _("Cost of an hour"),
    "productive_share": _("Share put to productive use"),
    "hires_per_year": _("New people"),
    "weeks_saved": _("Weeks saved"),
    "weekly_cost": _("Cost of a week"),
    "productivity_gap": _("Productivity missing meanwhile"),
    "leavers_rate_per_year": _("Leavers"),
    "relative_reduction": _("Relative reduction"),
    "cost_per_leaver": _("Cost of a leaver"),
    "incidents_per_year": _("Incidents"),
    "expected_loss": _("Expected loss of one"),
    "yearly_cost": _("Yearly cost"),
    "trips_per_year": _("Trips"),
    "cost_per_trip": _("Cost of a trip"),
    "share_avoided": _("Share avoided"),
    "units_per_year": _("Units"),
    "error_rate": _("Error rate"),
    "cost_per_error": _("Cost of an error"),
    "revenue_per_year": _("Revenue"),
    "uplift": _("Uplift"),
    "contribution_margin": _("Contribution margin"),
    "yearly_amount": _("Yearly amount"),
}
UNITS: dict[str, Any] = {
    "headcount": _("people"),
    "content_hours": _("hours"),
    "duration": _("days"),
    "people": _("people"),
    "hours_per_person_month": _("hours a month"),
    "hires_per_year": _("people a year"),
    "weeks_saved": _("weeks"),
    "leavers_rate_per_year": _("share a year"),
    "incidents_per_year": _("a year"),
    "trips_per_year": _("a year"),
    "units_per_year": _("a year"),
    "adoption_tempo": _("factor"),
    "spread": _("factor"),
}
MONEY = frozenset(
    {
        *("price", "hourly_cost", "weekly_cost", "cost_per_leaver", "expected_loss", "yearly_cost", "cost_per_trip"),
        *("cost_per_error", "revenue_per_year", "yearly_amount"),
    }
)


def field_name(name: str) -> str:
    """Return what a field is called; one that is new here keeps its own name."""
    return str(FIELDS.get(name, name.replace("_", " ")))


def unit_of(name: str, currency: str, line: object = None) -> str:
    """Return the unit a field is in: that of its line, money, people, or a share."""
    if name == "quantity" and isinstance(line, CostLine):
        return line.unit
    if name in MONEY:
        return currency
    return str(UNITS.get(name, _("share")))
