"""Rows as the values that the arithmetic takes; where a row names another one, the value has its key."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from mycelia.business_case import models, types
from mycelia.business_case.types import (
    Basis,
    BenefitCategory,
    CalendarKind,
    Confidence,
    CostCategory,
    Driver,
    EvidenceGrade,
    InputKind,
    IsolationMethod,
    Recurrence,
    Timing,
)

Keys = dict[int | None, str | None]
"""Keys of rows by primary key; None is None."""


def option_value(row: models.Option) -> types.Option:
    """Return an option as a value."""
    return types.Option(row.key, row.name, row.is_baseline, row.is_preferred, row.description)


def cost_value(row: models.CostLine, options: Keys, items: Keys) -> types.CostLine:
    """Return a cost as a value."""
    return types.CostLine(
        key=row.key,
        category=CostCategory(row.category),
        description=row.description,
        option=options[row.option_id],
        basis=Basis(row.basis),
        amounts=tuple(row.amounts),
        quantity=row.quantity,
        unit=row.unit,
        driver=Driver(row.driver),
        price=row.price,
        recurrence=Recurrence(row.recurrence),
        timing=_timing(row, items),
        spread=row.spread,
        risk_adjustment=row.risk_adjustment,
        escalation_per_year=row.escalation_per_year,
        source=row.source,
        confidence=Confidence(row.confidence),
        cost_centre=row.cost_centre,
        is_placeholder=row.is_placeholder,
    )


def benefit_value(row: models.BenefitLine, options: Keys, items: Keys, kpis: Keys) -> types.BenefitLine:
    """Return a benefit as a value."""
    return types.BenefitLine(
        key=row.key,
        category=BenefitCategory(row.category),
        description=row.description,
        option=options[row.option_id],
        basis=Basis(row.basis),
        amounts=tuple(row.amounts),
        inputs=row.inputs,
        timing=_timing(row, items),
        adoption=row.adoption,
        follows_case_adoption=row.follows_case_adoption,
        ramp_months=row.ramp_months,
        isolation=row.isolation,
        isolation_method=isolation_of(row.isolation_method),
        confidence_factor=row.confidence_factor,
        spread=row.spread,
        risk_adjustment=row.risk_adjustment,
        escalation_per_year=row.escalation_per_year,
        kpi=kpis[row.kpi_id],
        claimed_movement=row.claimed_movement,
        evidence_grade=EvidenceGrade(row.evidence_grade),
        is_intangible=row.is_intangible,
        saves_learner_time=row.saves_learner_time,
        source=row.source,
        confidence=Confidence(row.confidence),
        is_placeholder=row.is_placeholder,
    )


def isolation_of(stored: str) -> IsolationMethod | None:
    """Return an isolation method as stored; empty is none."""
    return IsolationMethod(stored) if stored else None


def work_item_value(
    row: models.WorkItem,
    phases: Keys,
    options: Keys,
    items: Keys,
    *,
    links: Iterable[tuple[int, int]],
    needs: Iterable[tuple[str, Decimal, str]],
) -> types.WorkItem:
    """Return a work item.

    Args:
        links: Primary key of each item it depends on, and the lag in days.
        needs: Role, quantity and unit of each resource.
    """
    return types.WorkItem(
        key=row.key,
        title=row.title,
        duration_days=row.duration_days,
        phase=phases[row.phase_id],
        calendar=CalendarKind(row.calendar),
        depends_on=tuple(types.Dependency(str(items[needed]), lag_days) for needed, lag_days in links),
        earliest_start=row.earliest_start,
        is_milestone=row.is_milestone,
        resources=tuple(types.Resource(*need) for need in needs),
        option=options[row.option_id],
        owner=row.owner,
        finished_on=row.finished_on,
        source=row.source,
        is_placeholder=row.is_placeholder,
    )


def drivers_value(row: models.CaseDrivers, items: Keys) -> types.Drivers:
    """Return the drivers of a case as a value."""
    return types.Drivers(
        headcount=row.headcount,
        headcount_growth_per_year=row.headcount_growth_per_year,
        content_hours=row.content_hours,
        adoption=row.adoption,
        adoption_start=row.adoption_start,
        adoption_milestone=items[row.adoption_milestone_id],
        source=row.source,
        is_placeholder=row.is_placeholder,
        size_source=row.size_source,
    )


def sources_of_terms(row: models.Case) -> dict[str, Any]:
    """Return who says how high discount rate, inflation and tax are, and how sure they are."""
    stated: dict[str, Any] = {}
    for name in ("rate", "inflation", "tax"):
        stated[f"{name}_source"] = getattr(row, f"{name}_source")
        confidence = getattr(row, f"{name}_confidence")
        stated[f"{name}_confidence"] = Confidence(confidence) if confidence else None
    return stated


def calendar_value(row: models.CaseCalendar) -> types.RoadmapCalendar:
    """Return the calendar of a roadmap as a value."""
    return types.RoadmapCalendar(row.start, tuple(row.working_weekdays), tuple(row.holidays))


def correlation_value(row: models.Correlation) -> types.Correlation:
    """Return a correlation as a value."""
    return types.Correlation(row.first, row.second, row.rho, row.key)


def named_input_value(row: models.NamedInput) -> types.NamedInput:
    """Return a named input as a value."""
    return types.NamedInput(
        key=row.key,
        title=row.title,
        estimate=row.estimate,
        kind=InputKind(row.kind),
        unit=row.unit,
        source=row.source,
        confidence=Confidence(row.confidence),
        is_placeholder=row.is_placeholder,
    )


def _timing(row: models.CostLine | models.BenefitLine, items: Keys) -> Timing:
    return Timing(row.start_month, row.end_month, items[row.start_milestone_id], items[row.end_milestone_id])
