"""The picture of one case that page, chart, snapshot and brief are made from."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from mycelia.business_case.calc import case_figures, sum_of_lines
from mycelia.business_case.models import BenefitLine, Case, CostLine, Kpi, Objective
from mycelia.business_case.types import (
    Actual,
    CaseSheet,
    Confidence,
    Direction,
    KpiSheet,
    LineSheet,
    ObjectiveSheet,
    SourceKind,
    YearlyFlows,
)
from mycelia.insights import api as insights
from mycelia.insights.errors import MetricParameterMissing, UnknownMetric
from mycelia.kernel import clock

ZERO = Decimal(0)


def case_sheet(case: Case) -> CaseSheet:
    """Return the whole of a case as it stands now, with every figure and every actual value.

    The number of queries depends on the number of KPIs the platform computes, not on the number of lines.
    """
    as_of = clock.now()
    costs = _lines(CostLine.objects.filter(case=case), case.years)
    benefits = _lines(BenefitLine.objects.filter(case=case), case.years)
    flows = YearlyFlows(
        sum_of_lines([line.amounts for line in costs], years=case.years),
        sum_of_lines([line.amounts for line in benefits], years=case.years),
    )
    return CaseSheet(
        slug=case.slug,
        name=case.name,
        summary=case.summary,
        currency=case.currency,
        start=case.start,
        horizon_months=case.horizon_months,
        rate_per_year=case.rate_per_year,
        is_short_programme=case.is_short_programme,
        is_synthetic=case.is_synthetic,
        owner_name=case.owner.full_name if case.owner else "",
        unit_name=case.scope_unit.name if case.scope_unit else "",
        objectives=_objectives(case, as_of),
        costs=costs,
        benefits=benefits,
        flows=flows,
        figures=case_figures(flows, rate_per_year=case.rate_per_year, first_year_only=case.is_short_programme),
        as_of=as_of,
    )


def actual_query(kpi: Kpi, case: Case, as_of: datetime) -> insights.MetricQuery:
    """Return the question that a KPI puts to its metric: nothing after its target date counts any more."""
    end = as_of if kpi.target_date is None else min(as_of, _end_of(kpi.target_date))
    return insights.MetricQuery(
        until=end,
        since=None if kpi.metric_since is None else datetime.combine(kpi.metric_since, time(), UTC),
        course_id=kpi.metric_course_id,
        unit_path=case.scope_unit.path if case.scope_unit else None,
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)


def _lines(lines: QuerySet, years: int) -> tuple[LineSheet, ...]:
    return tuple(_line(line, years) for line in lines)


def _line(line: CostLine | BenefitLine, years: int) -> LineSheet:
    amounts = dict(enumerate(line.amounts))
    return LineSheet(
        id=line.pk,
        category=line.category,
        description=line.description,
        source=line.source,
        confidence=Confidence(line.confidence),
        amounts=tuple(amounts.get(year, ZERO) for year in range(years)),
    )


def _objectives(case: Case, as_of: datetime) -> tuple[ObjectiveSheet, ...]:
    kpis = Kpi.objects.select_related("owner", "metric_course").filter(objective__case=case)
    by_objective: dict[int, list[KpiSheet]] = {}
    for kpi in kpis:
        by_objective.setdefault(kpi.objective_id, []).append(_kpi(kpi, case, as_of))
    return tuple(
        ObjectiveSheet(objective.pk, objective.title, objective.description, tuple(by_objective.get(objective.pk, ())))
        for objective in Objective.objects.filter(case=case)
    )


def _kpi(kpi: Kpi, case: Case, as_of: datetime) -> KpiSheet:
    return KpiSheet(
        id=kpi.pk,
        name=kpi.name,
        unit=kpi.unit,
        direction=Direction(kpi.direction),
        baseline_value=kpi.baseline_value,
        baseline_date=kpi.baseline_date,
        baseline_evidence=kpi.baseline_evidence,
        target_value=kpi.target_value,
        target_date=kpi.target_date,
        owner_name=kpi.owner.full_name if kpi.owner else "",
        owner_is_active=kpi.owner is None or kpi.owner.is_active,
        source_kind=SourceKind(kpi.source_kind) if kpi.source_kind else None,
        metric_id=kpi.metric_id,
        metric_subject=kpi.metric_course.title if kpi.metric_course else "",
        manual_evidence=kpi.manual_evidence,
        manual_value=kpi.manual_value,
        manual_value_date=kpi.manual_value_date,
        actual=_actual(kpi, case, as_of),
    )


def _actual(kpi: Kpi, case: Case, as_of: datetime) -> Actual | None:
    if kpi.source_kind != SourceKind.PLATFORM:
        return None
    try:
        value = insights.metric_value(kpi.metric_id, actual_query(kpi, case, as_of))
    except (UnknownMetric, MetricParameterMissing):
        return None
    return Actual(value.metric_id, value.metric_version, value.value, value.as_of)
