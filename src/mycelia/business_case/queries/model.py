"""A case as the arithmetic takes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mycelia.business_case import models
from mycelia.business_case.calc import told_on
from mycelia.business_case.models import Case, CaseCalendar, CaseDrivers
from mycelia.business_case.queries.values import (
    Keys,
    benefit_value,
    calendar_value,
    correlation_value,
    cost_value,
    drivers_value,
    named_input_value,
    option_value,
    sources_of_terms,
    work_item_value,
)
from mycelia.business_case.types import CaseModel, Discounting, Phase, Roadmap
from mycelia.kernel import clock
from mycelia.kernel.prepared import PreparedObjects, PreparedQuery


@dataclass(frozen=True)
class CaseRows:
    """The rows of one case that have numbers, read once.

    Attributes:
        links, needs: What each work item, by primary key, depends on and needs, as `work_item_value` takes them.
    """

    options: tuple[models.Option, ...]
    costs: tuple[models.CostLine, ...]
    benefits: tuple[models.BenefitLine, ...]
    phases: tuple[models.Phase, ...]
    items: tuple[models.WorkItem, ...]
    links: Mapping[int, list[Any]]
    needs: Mapping[int, list[Any]]
    correlations: tuple[models.Correlation, ...]
    named: tuple[models.NamedInput, ...]
    kpi_keys: Keys
    drivers: CaseDrivers
    calendar: CaseCalendar


_OPTIONS = PreparedObjects(lambda case: models.Option.objects.filter(case_id=case), case=-1)
_COSTS = PreparedObjects(lambda case: models.CostLine.objects.filter(case_id=case), case=-1)
_BENEFITS = PreparedObjects(lambda case: models.BenefitLine.objects.filter(case_id=case), case=-1)
_PHASES = PreparedObjects(lambda case: models.Phase.objects.filter(case_id=case), case=-1)
_ITEMS = PreparedObjects(lambda case: models.WorkItem.objects.filter(case_id=case), case=-1)
_CORRELATIONS = PreparedObjects(lambda case: models.Correlation.objects.filter(case_id=case), case=-1)
_NAMED = PreparedObjects(lambda case: models.NamedInput.objects.filter(case_id=case), case=-1)
_DRIVERS = PreparedObjects(lambda case: CaseDrivers.objects.filter(case_id=case), case=-1)
_CALENDARS = PreparedObjects(lambda case: CaseCalendar.objects.filter(case_id=case), case=-1)
_LINKS = PreparedQuery(
    lambda case: models.ItemDependency.objects.filter(item__case_id=case).values_list(
        "item_id", "depends_on_id", "lag_days"
    ),
    case=-1,
)
_NEEDS = PreparedQuery(
    lambda case: models.ItemResource.objects.filter(item__case_id=case).values_list(
        "item_id", "role", "quantity", "unit"
    ),
    case=-1,
)
_KPIS = PreparedQuery(lambda case: models.Kpi.objects.filter(case_id=case).values_list("pk", "key"), case=-1)


def case_rows(case: Case) -> CaseRows:
    """Return the rows behind a case's model, in a fixed number of queries."""
    items = tuple(_ITEMS.all(case=case.pk))
    (drivers,), (calendar,) = _DRIVERS.all(case=case.pk), _CALENDARS.all(case=case.pk)
    return CaseRows(
        options=tuple(_OPTIONS.all(case=case.pk)),
        costs=tuple(_COSTS.all(case=case.pk)),
        benefits=tuple(_BENEFITS.all(case=case.pk)),
        phases=tuple(_PHASES.all(case=case.pk)),
        items=items,
        links=_by_item(_LINKS.rows(case=case.pk) if items else ()),
        needs=_by_item(_NEEDS.rows(case=case.pk) if items else ()),
        correlations=tuple(_CORRELATIONS.all(case=case.pk)),
        named=tuple(_NAMED.all(case=case.pk)),
        kpi_keys={None: None, **dict(_KPIS.rows(case=case.pk))},
        drivers=drivers,
        calendar=calendar,
    )


def _by_item(rows: Iterable[tuple[Any, ...]]) -> Mapping[int, list[Any]]:
    """Return what belongs to each work item; prefetched objects take three times as long."""
    found: dict[int, list[Any]] = {}
    for item, *values in rows:
        found.setdefault(item, []).append(values)
    return found


def case_model(case: Case) -> CaseModel:
    """Return everything of a case that is computed with, as it stands; in a fixed number of queries."""
    return model_of(case, case_rows(case))


def model_of(case: Case, rows: CaseRows) -> CaseModel:
    """Return the model that the rows of a case make, as it is told today."""
    options, items = keys_of(rows.options), keys_of(rows.items)
    model = CaseModel(
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
        named=tuple(named_input_value(row) for row in rows.named),
        **sources_of_terms(case),
    )
    return told_on(model, clock.today())


def keys_of(rows: Iterable[models.Item]) -> Keys:
    """Return the keys of rows by primary key; None is None."""
    return {None: None, **{row.pk: row.key for row in rows}}


def _roadmap(rows: CaseRows, options: Keys, items: Keys) -> Roadmap:
    phases, calendar = keys_of(rows.phases), calendar_value(rows.calendar)
    return Roadmap(
        items=tuple(
            work_item_value(
                row, phases, options, items, links=rows.links.get(row.pk, ()), needs=rows.needs.get(row.pk, ())
            )
            for row in rows.items
        ),
        phases=tuple(Phase(row.key, row.title) for row in rows.phases),
        start=calendar.start,
        working_weekdays=calendar.working_weekdays,
        holidays=calendar.holidays,
    )
