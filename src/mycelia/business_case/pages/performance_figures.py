"""The figures of plan and actual, and the rows that are sums of others, each with how it comes about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mycelia.business_case.models import Case, MonthClose
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.derived import Derivation, Figure, Row
from mycelia.business_case.pages.vocabulary import CATEGORIES
from mycelia.business_case.queries.plans import Plan
from mycelia.business_case.types import CostCategory, Course, Performance

Names = Mapping[str, str]


def net_benefits(found: Performance) -> tuple[Decimal, Decimal]:
    """Return the net benefit as planned and as forecast, undiscounted."""
    costs, benefits = found.total_costs, found.total_benefits
    return _sum(benefits.plan) - _sum(costs.plan), _sum(benefits.forecast) - _sum(costs.forecast)


def category_name(name: str) -> str:
    """Return what a cost category is called; all costs for what is none."""
    return str(CATEGORIES[CostCategory(name)]) if name in set(CostCategory) else _("All costs")


def performance_figures(case: Case, found: Performance, names: Names) -> tuple[Figure, ...]:
    """Return costs and proven benefits to date, and the forecast; nothing before the first month is closed."""
    if found.closed is None:
        return ()
    costs, benefits = found.total_costs.to_date(), found.total_benefits.to_date()
    net_plan, net_forecast = net_benefits(found)
    of_costs = _to_date(_("sum of what is booked in the closed months"), found.costs, category_name)
    of_benefits = _to_date(
        _("sum of what is booked with evidence, or measured, in the closed months"),
        found.benefits,
        lambda key: names.get(key, key),
    )
    return (
        _figure(case, "costs-to-date", _("Costs to date"), costs[1], costs[0], of_costs),
        _figure(case, "benefits-to-date", _("Proven benefits to date"), benefits[1], benefits[0], of_benefits),
        _figure(case, "forecast", _("Forecast net benefit"), net_forecast, net_plan, _forecast(case, found)),
    )


def centre_derivation(centre: str, plan: Plan) -> Derivation:
    """Return how plan and actual of a cost centre come about; `centre` is empty for what names none."""
    descriptions = {line.key: line.description for line in plan.model.costs if line.cost_centre.strip() == centre}
    return Derivation(
        _("plan: sum of its lines; actual: sum of what is booked on it"),
        note=_("A booking that names no cost centre is that of the line that it is booked on."),
        rows=tuple(
            Row(descriptions[flow.key], formats.number(_sum(flow.by_column)))
            for flow in plan.costs
            if flow.is_counted and flow.key in descriptions
        ),
    )


def close_derivation(close: MonthClose, names: Names) -> Derivation:
    """Return what a closed month was made of when it was closed, by cost category and by benefit."""
    costs = _booked(close.picture["costs"], close.column, category_name)
    benefits = _booked(close.picture["benefits"], close.column, lambda key: names.get(key, key))
    return Derivation(_("what was booked, or proven, for the month when it was closed"), rows=(*costs, *benefits))


def _booked(courses: Iterable[Mapping[str, Any]], column: int, name_of: Any) -> Iterator[Row]:
    for one in courses:
        amount = Decimal(one["actual"][column] or 0) if len(one["actual"]) > column else Decimal(0)
        if amount:
            yield Row(name_of(one["name"]), formats.number(amount))


def _to_date(formula: str, courses: Iterable[Course], name_of: Any) -> Derivation:
    return Derivation(formula, rows=tuple(Row(name_of(one.name), formats.number(one.to_date()[1])) for one in courses))


def _forecast(case: Case, found: Performance) -> Derivation:
    inputs = (
        (_("Forecast of benefits"), formats.money(_sum(found.total_benefits.forecast), case.currency)),
        (_("Forecast of costs"), formats.money(_sum(found.total_costs.forecast), case.currency)),
    )
    note = _("Closed months as they came, the months after them as planned × the factor that each row below opens.")
    return Derivation(_("forecast of benefits − forecast of costs, not discounted"), inputs, note)


def _figure(case: Case, key: str, label: str, value: Decimal, planned: Decimal, derivation: Derivation) -> Figure:
    detail = _("planned: %(amount)s") % {"amount": formats.money(planned, case.currency)}
    return Figure(key, label, detail, formats.money(value, case.currency), derivation)


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
