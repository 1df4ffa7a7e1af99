"""Plan, actual and forecast of a case, and the record of its closed months and gates.

The plan is the case as it stands, for the option that the headline figures are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal

from django.db.models import QuerySet

from mycelia.business_case.calc import line_flows
from mycelia.business_case.calc.performance import last_day_of, performance
from mycelia.business_case.models import BenefitLine as BenefitLineRow
from mycelia.business_case.models import Case, Kpi, KpiReading, LedgerFile, MonthClose, StageGate
from mycelia.business_case.queries.ledger import bookings_of
from mycelia.business_case.queries.model import case_model
from mycelia.business_case.queries.sheets import actual_query
from mycelia.business_case.types import (
    BenefitLine,
    CaseModel,
    Direction,
    LineFlow,
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


def performance_of(case: Case, *, closed: int | None = None) -> Performance:
    """Return plan, actual and forecast.

    Args:
        closed: The last closed column; what is recorded when None.
    """
    until = closed_column(case) if closed is None else closed
    model = case_model(case)
    flows = line_flows(model, model.preferred.key)
    return performance(
        _planned_costs(model, flows.costs),
        _planned_benefits(case, model, flows.benefits, until),
        bookings_of(case),
        start=case.start,
        horizon_months=case.horizon_months,
        closed=until,
    )


def closes_of(case: Case) -> QuerySet[MonthClose]:
    """Return the closed months, the latest first."""
    return MonthClose.objects.filter(case=case)


def gates_of(case: Case) -> QuerySet[StageGate]:
    """Return the decisions about a case, the latest first, with the presentation each was made on."""
    return StageGate.objects.filter(case=case).select_related("presentation")


def benefit_names(case: Case) -> dict[str, str]:
    """Return the descriptions of a case's benefit lines by key."""
    return dict(BenefitLineRow.objects.filter(case=case).values_list("key", "description"))


def readings_of(kpi: Kpi) -> QuerySet[KpiReading]:
    """Return the readings of a KPI, the latest first."""
    return KpiReading.objects.filter(kpi=kpi).order_by("-read_on")


def ledger_files(case: Case) -> QuerySet[LedgerFile]:
    """Return the files that were booked, the latest first."""
    return LedgerFile.objects.filter(case=case)


def _planned_costs(model: CaseModel, flows: Iterable[LineFlow]) -> tuple[PlannedCosts, ...]:
    category = {line.key: line.category for line in model.costs}
    totals: dict[str, list[Decimal]] = {}
    for flow in flows:
        held = totals.setdefault(category[flow.key], [Decimal(0)] * (model.horizon_months + 1))
        totals[category[flow.key]] = [a + b for a, b in zip(held, flow.by_column, strict=True)]
    return tuple(PlannedCosts(name, tuple(amounts)) for name, amounts in totals.items())


def _planned_benefits(
    case: Case, model: CaseModel, flows: Iterable[LineFlow], closed: int | None
) -> tuple[PlannedBenefit, ...]:
    lines = {line.key: line for line in model.benefits}
    shown = [(lines[flow.key], flow) for flow in flows if not lines[flow.key].is_intangible]
    wanted = {line.kpi for line, _flow in shown if line.kpi is not None}
    kpis = {kpi.key: kpi for kpi in Kpi.objects.filter(case=case, key__in=wanted).select_related("case__scope_unit")}
    series = {key: _series(case, kpi, closed) for key, kpi in kpis.items()}
    return tuple(_planned(line, flow, kpis, series) for line, flow in shown)


def _planned(
    line: BenefitLine, flow: LineFlow, kpis: Mapping[str, Kpi], series: Mapping[str, Values]
) -> PlannedBenefit:
    kpi = kpis.get(line.kpi or "")
    if kpi is None:
        return PlannedBenefit(line.key, line.description, flow.by_column, line.evidence_grade)
    return PlannedBenefit(
        key=line.key,
        description=line.description,
        by_column=flow.by_column,
        grade=line.evidence_grade,
        baseline=kpi.baseline_value,
        direction=Direction(kpi.direction),
        claimed_movement=line.claimed_movement,
        readings=series[kpi.key],
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
