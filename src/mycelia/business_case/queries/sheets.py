"""The picture of one case that page, chart, snapshot and brief are made from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from mycelia.business_case.errors import CaseUnsound
from mycelia.business_case.models import Case, Kpi, KpiReading, Objective
from mycelia.business_case.queries.document import document_of
from mycelia.business_case.queries.model import CaseRows, case_rows, model_of
from mycelia.business_case.queries.options import option_sheets
from mycelia.business_case.queries.values import isolation_of
from mycelia.business_case.types import (
    Actual,
    CaseModel,
    CaseSheet,
    Direction,
    KpiSheet,
    ObjectiveSheet,
    OptionSheet,
    SourceKind,
    UnsoundModel,
)
from mycelia.insights import api as insights
from mycelia.insights.errors import MetricParameterMissing, UnknownMetric
from mycelia.kernel import clock


def case_sheet(case: Case) -> CaseSheet:
    """Return the whole of a case as it stands now, with every figure and every actual value.

    The number of queries depends on the number of KPIs the platform computes, and on nothing else.

    Raises:
        CaseUnsound: Something in the case makes it impossible to compute.
    """
    as_of = clock.now()
    rows = case_rows(case)
    model = model_of(case, rows)
    objectives = list(Objective.objects.filter(case=case))
    kpis = list(Kpi.objects.select_related("owner", "metric_course").filter(case=case))
    options = _options(model, rows)
    preferred = next(option for option in options if option.key == model.preferred.key)
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
        owner_name=case.owner.full_name if case.owner else case.owner_text,
        unit_name=case.scope_unit.name if case.scope_unit else case.unit_text,
        objectives=objective_sheets(case, objectives, kpis, as_of),
        costs=preferred.costs,
        benefits=preferred.benefits,
        flows=preferred.flows,
        figures=preferred.figures,
        as_of=as_of,
        document=document_of(case, model, objectives, kpis),
        options=options,
    )


def _options(model: CaseModel, rows: CaseRows) -> tuple[OptionSheet, ...]:
    try:
        return option_sheets(model, {row.key: row.pk for row in (*rows.costs, *rows.benefits)})
    except UnsoundModel as unsound:
        raise CaseUnsound(unsound.problems) from unsound


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


def objective_sheets(
    case: Case, objectives: list[Objective], kpis: list[Kpi], as_of: datetime
) -> tuple[ObjectiveSheet, ...]:
    """Return the objectives of a case with what was measured of each KPI."""
    by_objective: dict[int, list[KpiSheet]] = {}
    latest = _latest_readings(case)
    for kpi in kpis:
        by_objective.setdefault(kpi.objective_id, []).append(_kpi(kpi, case, as_of, latest))
    return tuple(
        ObjectiveSheet(each.pk, each.title, each.description, tuple(by_objective.get(each.pk, ())), each.key)
        for each in objectives
    )


def _latest_readings(case: Case) -> dict[int, KpiReading]:
    """Return the last reading of each KPI whose actual is an uploaded series."""
    readings = KpiReading.objects.filter(kpi__case=case, kpi__source_kind=SourceKind.SERIES)
    return {one.kpi_id: one for one in readings.order_by("kpi_id", "-read_on").distinct("kpi_id")}


def _kpi(kpi: Kpi, case: Case, as_of: datetime, latest: Mapping[int, KpiReading]) -> KpiSheet:
    read = latest.get(kpi.pk)
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
        owner_name=kpi.owner.full_name if kpi.owner else kpi.owner_text,
        owner_is_active=kpi.owner is not None and kpi.owner.is_active,
        source_kind=SourceKind(kpi.source_kind) if kpi.source_kind else None,
        metric_id=kpi.metric_id,
        metric_subject=kpi.metric_course.title if kpi.metric_course else kpi.course_text,
        manual_evidence=kpi.manual_evidence if read is None else read.evidence,
        manual_value=kpi.manual_value if read is None else read.value,
        manual_value_date=kpi.manual_value_date if read is None else read.read_on,
        actual=_actual(kpi, case, as_of),
        key=kpi.key,
        value_per_unit=kpi.value_per_unit,
        isolation_method=isolation_of(kpi.isolation_method),
    )


def _actual(kpi: Kpi, case: Case, as_of: datetime) -> Actual | None:
    if kpi.source_kind != SourceKind.PLATFORM:
        return None
    try:
        value = insights.metric_value(kpi.metric_id, actual_query(kpi, case, as_of))
    except (UnknownMetric, MetricParameterMissing):
        return None
    return Actual(value.metric_id, value.metric_version, value.value, value.as_of)
