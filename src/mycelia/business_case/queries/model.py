"""A case as the arithmetic takes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mycelia.business_case import models
from mycelia.business_case.models import Case, CaseCalendar, CaseDrivers
from mycelia.business_case.queries.values import (
    Keys,
    benefit_value,
    calendar_value,
    correlation_value,
    cost_value,
    drivers_value,
    option_value,
    work_item_value,
)
from mycelia.business_case.types import CaseModel, Discounting, Phase, Roadmap


@dataclass(frozen=True)
class CaseRows:
    """The rows of one case that have numbers, read once; the rows of work items have theirs prefetched."""

    options: tuple[models.Option, ...]
    costs: tuple[models.CostLine, ...]
    benefits: tuple[models.BenefitLine, ...]
    phases: tuple[models.Phase, ...]
    items: tuple[models.WorkItem, ...]
    correlations: tuple[models.Correlation, ...]
    kpi_keys: Keys
    drivers: CaseDrivers
    calendar: CaseCalendar


def case_rows(case: Case) -> CaseRows:
    """Return the rows behind a case's model, in a fixed number of queries."""
    kpis = models.Kpi.objects.filter(case=case).values_list("pk", "key")
    return CaseRows(
        options=tuple(models.Option.objects.filter(case=case)),
        costs=tuple(models.CostLine.objects.filter(case=case)),
        benefits=tuple(models.BenefitLine.objects.filter(case=case)),
        phases=tuple(models.Phase.objects.filter(case=case)),
        items=tuple(models.WorkItem.objects.filter(case=case).prefetch_related("dependencies", "resources")),
        correlations=tuple(models.Correlation.objects.filter(case=case)),
        kpi_keys={None: None, **dict(kpis)},
        drivers=CaseDrivers.objects.get(case=case),
        calendar=CaseCalendar.objects.get(case=case),
    )


def case_model(case: Case) -> CaseModel:
    """Return everything of a case that is computed with, as it stands; in a fixed number of queries."""
    return model_of(case, case_rows(case))


def model_of(case: Case, rows: CaseRows) -> CaseModel:
    """Return the model that the rows of a case make."""
    options, items = keys_of(rows.options), keys_of(rows.items)
    return CaseModel(
        currency=case.currency,
        start=case.start,
        horizon_months=case.horizon_months,
        rate_per_year=case.rate_per_year,
        discounting=Discounting(case.discounting),
        inflation_per_year=case.inflation_per_year,
        tax_rate=case.tax_rate,
        is_short_programme=case.is_short_programme,
        counts_learner_time=case.counts_learner_time,
        drivers=drivers_value(rows.drivers, items),
        options=tuple(option_value(row) for row in rows.options),
        costs=tuple(cost_value(row, options, items) for row in rows.costs),
        benefits=tuple(benefit_value(row, options, items, rows.kpi_keys) for row in rows.benefits),
        roadmap=_roadmap(rows, options, items),
        correlations=tuple(correlation_value(row) for row in rows.correlations),
    )


def keys_of(rows: Iterable[models.Item]) -> Keys:
    """Return the keys of rows by primary key; None is None."""
    return {None: None, **{row.pk: row.key for row in rows}}


def _roadmap(rows: CaseRows, options: Keys, items: Keys) -> Roadmap:
    phases, calendar = keys_of(rows.phases), calendar_value(rows.calendar)
    return Roadmap(
        items=tuple(work_item_value(row, phases, options, items) for row in rows.items),
        phases=tuple(Phase(row.key, row.title) for row in rows.phases),
        start=calendar.start,
        working_weekdays=calendar.working_weekdays,
        holidays=calendar.holidays,
    )
