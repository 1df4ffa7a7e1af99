"""A large case: 60 cost lines, 20 benefits and 40 work items over 60 months, nearly everything of it uncertain."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mycelia.business_case.calc import BUILDERS
from mycelia.business_case.types import (
    Adoption,
    AdoptionKind,
    BenefitCategory,
    BenefitLine,
    CaseModel,
    Correlation,
    CostCategory,
    CostLine,
    Dependency,
    Driver,
    Drivers,
    Estimate,
    InputKind,
    Recurrence,
    Roadmap,
    Shape,
    Timing,
    WorkItem,
)

COSTS, BENEFITS, ITEMS, MONTHS = 60, 20, 40, 60
GATES = (9, 19, 29, 39)
"""Positions of the work items that lines are tied to: one at the end of each phase of ten."""


def large_case() -> CaseModel:
    """Return the case that the speed of the simulation is measured on."""
    return CaseModel(
        currency="EUR",
        start=date(2026, 1, 1),
        horizon_months=MONTHS,
        inflation_per_year=Decimal("0.02"),
        drivers=_drivers(),
        costs=tuple(_cost(number) for number in range(COSTS)),
        benefits=tuple(_benefit(number) for number in range(BENEFITS)),
        roadmap=Roadmap(items=tuple(_item(number) for number in range(ITEMS))),
        correlations=(
            Correlation("cost/c0/price", "cost/c1/price", Decimal("0.6")),
            Correlation("cost/c1/price", "cost/c2/price", Decimal("0.5")),
            Correlation("cost/c0/price", "cost/c2/price", Decimal("0.4")),
            Correlation("driver/adoption_ceiling", "benefit/b0/isolation", Decimal("0.3")),
        ),
    )


def _around(value: float, number: int) -> Estimate:
    """Return an estimate about a value, of one shape or another."""
    low, likely, high = (round(Decimal(value) * Decimal(share), 6) for share in ("0.8", "1", "1.35"))
    if number % 10 == 9:
        return Estimate(Shape.LOGNORMAL, low=low, high=high)
    return Estimate.pert(low, likely, high) if number % 2 else Estimate.triangular(low, likely, high)


def _drivers() -> Drivers:
    adoption = Adoption(
        AdoptionKind.BASS, ceiling=Estimate.pert("0.5", "0.7", "0.9"), tempo=Estimate.triangular("0.7", 1, "1.2")
    )
    return Drivers(
        headcount=Estimate.triangular(9000, 10_000, 11_500),
        headcount_growth_per_year=Decimal("0.03"),
        content_hours=Estimate.pert(300, 400, 700),
        adoption=adoption,
        adoption_milestone="i19",
    )


def _timing(number: int) -> Timing:
    if number % 3 == 0:
        return Timing(start_month=number % 6)
    return Timing(start_month=number % 3, start_milestone=f"i{GATES[number % 4]}")


def _cost(number: int) -> CostLine:
    driver = (Driver.NONE, Driver.HEADCOUNT, Driver.ACTIVE_LEARNERS, Driver.CONTENT_HOURS, Driver.NONE)[number % 5]
    per_driver = {Driver.NONE: 2500.0, Driver.HEADCOUNT: 0.2, Driver.ACTIVE_LEARNERS: 0.4, Driver.CONTENT_HOURS: 6.0}
    return CostLine(
        key=f"c{number}",
        category=list(CostCategory)[number % len(CostCategory)],
        description=f"Cost {number}",
        quantity=_around(2.0, number),
        driver=driver,
        price=_around(per_driver[driver], number + 1),
        recurrence=(Recurrence.MONTHLY, Recurrence.YEARLY, Recurrence.ONE_OFF)[number % 3],
        timing=_timing(number),
        escalation_per_year=Decimal("0.04") if number % 4 == 0 else None,
    )


def _benefit(number: int) -> BenefitLine:
    category = list(BenefitCategory)[number % len(BenefitCategory)]
    return BenefitLine(
        key=f"b{number}",
        category=category,
        description=f"Benefit {number}",
        inputs=_inputs(category, number),
        timing=_timing(number),
        adoption=_own_adoption(number) if number % 4 == 1 else None,
        follows_case_adoption=number % 4 in (0, 2),
        ramp_months=6 if number % 4 == 3 else 0,
        isolation=Estimate.triangular("0.4", "0.6", "0.8"),
        confidence_factor=Estimate.fixed("0.8"),
    )


def _own_adoption(number: int) -> Adoption:
    kind = AdoptionKind.LOGISTIC if number % 8 == 1 else AdoptionKind.BASS
    return Adoption(kind, ceiling=Estimate.pert("0.5", "0.8", "0.95"), tempo=Estimate.triangular("0.8", 1, "1.1"))


def _inputs(category: BenefitCategory, number: int) -> dict[str, Estimate]:
    asked = BUILDERS[category].inputs
    shares = sum(each.kind is InputKind.SHARE for each in asked)
    yearly = 900_000.0 * 0.25**-shares / BUILDERS[category].months
    others = len(asked) - shares
    each_other = yearly ** (1 / others)
    return {
        each.name: Estimate.triangular("0.15", "0.25", "0.35")
        if each.kind is InputKind.SHARE
        else _around(each_other, number + place)
        for place, each in enumerate(asked)
    }


def _item(number: int) -> WorkItem:
    phase, place = divmod(number, 10)
    first = 10 * phase
    needs = {0: [first - 1], 3: [first], 6: [first], 9: [first + 2, first + 5, first + 8]}.get(place, [number - 1])
    return WorkItem(
        key=f"i{number}",
        title=f"Work {number}",
        duration_days=Estimate.pert(5, 12 + number % 7, 40),
        depends_on=tuple(Dependency(f"i{need}") for need in needs if need >= 0),
    )
