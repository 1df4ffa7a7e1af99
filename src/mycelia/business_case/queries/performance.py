"""Plan, actual and forecast of a case, and the record of its closed months and gates.

The plan is that of the option that the headline figures are about, in the version that `queries.plans` chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import msgspec
from django.db.models import QuerySet

from mycelia.business_case.calc.performance import cost_courses, last_day_of, performance
from mycelia.business_case.models import BenefitLine as BenefitLineRow
from mycelia.business_case.models import Case, Kpi, KpiReading, LedgerFile, MonthClose, StageGate
from mycelia.business_case.queries.ledger import bookings_of
from mycelia.business_case.queries.plans import Plan, plan_of
from mycelia.business_case.queries.sheets import actual_query
from mycelia.business_case.types import (
    BenefitLine,
    Booking,
    CostCategory,
    Course,
    KpiDocument,
    LineFlow,
    LineKind,
    Performance,
    PlannedBenefit,
    PlannedCosts,
    SourceKind,
)
from mycelia.insights import api as insights
from mycelia.insights.errors import MetricParameterMissing, UnknownMetric

Values = tuple[Decimal | None, ...]


def closed_column(case: Case) -> int | None:
    """Return the last closed column; None while no month is closed."""
    return MonthClose.objects.filter(case=case).values_list("column", flat=True).first()


def performance_at_close(case: Case) -> Performance | None:
    """Return plan, actual and forecast as they stood when the last month was closed; None before the first."""
    picture = MonthClose.objects.filter(case=case).values_list("picture", flat=True).first()
    return None if picture is None else msgspec.convert(picture, Performance, strict=False)


def performance_of(case: Case, *, closed: int | None = None, plan: Plan | None = None) -> Performance:
    """Return plan, actual and forecast.

    Args:
        closed: The last closed column; what is recorded when None.
        plan: What actuals are compared with; the case's own choice when None.
    """
    until = closed_column(case) if closed is None else closed
    chosen = plan_of(case) if plan is None else plan
    return performance(
        _planned_costs(chosen),
        _planned_benefits(case, chosen, until),
        [booking for booking in bookings_of(case) if _is_counted(booking, chosen)],
        start=case.start,
        columns=chosen.columns,
        closed=until,
        plan_version=chosen.version.number if chosen.version else None,
    )


def costs_by_centre(case: Case, *, plan: Plan | None = None) -> tuple[Course, ...]:
    """Return plan and actual of costs by cost centre, named by it; empty is what names none.

    A booking without a cost centre is that of the line that it is booked on. Plan and actual add up to those of
    `performance_of`; forecasts do not, since each series is forecast from its own past.
    """
    chosen = plan_of(case) if plan is None else plan
    centres = {line.key: line.cost_centre.strip() for line in chosen.model.costs}
    counted = [booking for booking in bookings_of(case) if _is_counted(booking, chosen)]
    found = cost_courses(
        _planned_by(chosen, centres),
        [replace(one, category=one.cost_centre.strip() or centres.get(one.item or "", "")) for one in counted],
        start=case.start,
        columns=chosen.columns,
        closed=closed_column(case),
    )
    return tuple(sorted(found, key=lambda one: (not one.name, one.name.casefold(), one.name)))


def _is_counted(booking: Booking, plan: Plan) -> bool:
    """Return whether a booking stands beside the plan: learner time and what saves it may be left out."""
    if plan.model.counts_learner_time:
        return True
    if booking.kind is LineKind.COST:
        return booking.category != CostCategory.LEARNER_TIME
    return booking.item not in {line.key for line in plan.model.benefits if line.is_learner_time}


def closes_of(case: Case) -> QuerySet[MonthClose]:
    """Return the closed months, the latest first."""
    return MonthClose.objects.filter(case=case)


def gates_of(case: Case) -> QuerySet[StageGate]:
    """Return the decisions about a case, the latest first, with the presentation each was made on."""
    return StageGate.objects.filter(case=case).select_related("presentation")


def benefit_names(case: Case, plan: Plan) -> dict[str, str]:
    """Return the descriptions of benefit lines by key: those of the plan, and those that came later."""
    now = dict(BenefitLineRow.objects.filter(case=case).values_list("key", "description"))
    return now | {line.key: line.description for line in plan.model.benefits}


def readings_of(kpi: Kpi) -> QuerySet[KpiReading]:
    """Return the readings of a KPI, the latest first."""
    return KpiReading.objects.filter(kpi=kpi).order_by("-read_on")


def ledger_files(case: Case) -> QuerySet[LedgerFile]:
    """Return the files that were booked, the latest first."""
    return LedgerFile.objects.filter(case=case)


def _planned_costs(plan: Plan) -> tuple[PlannedCosts, ...]:
    return _planned_by(plan, {line.key: line.category for line in plan.model.costs})


def _planned_by(plan: Plan, name_of: Mapping[str, str]) -> tuple[PlannedCosts, ...]:
    totals: dict[str, list[Decimal]] = {}
    for flow in plan.costs:
        if not flow.is_counted:
            continue
        held = totals.setdefault(name_of[flow.key], [Decimal(0)] * plan.columns)
        totals[name_of[flow.key]] = [a + b for a, b in zip(held, flow.by_column, strict=True)]
    return tuple(PlannedCosts(name, tuple(amounts)) for name, amounts in totals.items())


def _planned_benefits(case: Case, plan: Plan, closed: int | None) -> tuple[PlannedBenefit, ...]:
    lines = {line.key: line for line in plan.model.benefits}
    shown = [(lines[flow.key], flow) for flow in plan.benefits if _is_planned(lines[flow.key], plan)]
    wanted = {line.kpi for line, _flow in shown if line.kpi is not None}
    kpis = Kpi.objects.filter(case=case, key__in=wanted).select_related("case__scope_unit")
    series = {kpi.key: _series(case, kpi, closed) for kpi in kpis}
    return tuple(_planned(line, flow, plan.kpis, series) for line, flow in shown)


def _is_planned(line: BenefitLine, plan: Plan) -> bool:
    return not line.is_intangible and (plan.model.counts_learner_time or not line.is_learner_time)


def _planned(
    line: BenefitLine, flow: LineFlow, kpis: Mapping[str, KpiDocument], series: Mapping[str, Values]
) -> PlannedBenefit:
    """Return what a line promised: baseline and direction are the plan's, the readings those of today."""
    kpi = kpis.get(line.kpi or "")
    if kpi is None:
        return PlannedBenefit(line.key, line.description, flow.by_column, line.evidence_grade)
    return PlannedBenefit(
        key=line.key,
        description=line.description,
        by_column=flow.by_column,
        grade=line.evidence_grade,
        baseline=kpi.baseline_value,
        direction=kpi.direction,
        claimed_movement=line.claimed_movement,
        readings=series.get(kpi.key, ()),
    )


def _series(case: Case, kpi: Kpi, closed: int | None) -> Values:
    """Return the KPI's value at the end of each closed column; None before the first is known."""
    days = [last_day_of(column, start=case.start) for column in range(0 if closed is None else closed + 1)]
    if kpi.source_kind == SourceKind.PLATFORM:
        return tuple(_computed(case, kpi, day) for day in days)
    return tuple(_last_read(_readings(kpi), day) for day in days)


def _computed(case: Case, kpi: Kpi, day: date) -> Decimal | None:
    moment = datetime.combine(day, time.max, UTC)
    try:
        return insights.metric_value(kpi.metric_id, actual_query(kpi, case, moment)).value
    except (UnknownMetric, MetricParameterMissing):
        return None


def _readings(kpi: Kpi) -> tuple[tuple[date, Decimal], ...]:
    if kpi.source_kind == SourceKind.SERIES:
        return tuple(KpiReading.objects.filter(kpi=kpi).values_list("read_on", "value"))
    if kpi.manual_value is None or kpi.manual_value_date is None:
        return ()
    return ((kpi.manual_value_date, kpi.manual_value),)


def _last_read(readings: tuple[tuple[date, Decimal], ...], day: date) -> Decimal | None:
    return next((value for read_on, value in reversed(readings) if read_on <= day), None)
