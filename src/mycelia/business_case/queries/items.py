"""Items as they are stored, each as the value that an edit states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from mycelia.business_case import models, types
from mycelia.business_case.errors import NotPartOfCase
from mycelia.business_case.models import Case
from mycelia.business_case.queries.values import (
    Keys,
    benefit_value,
    calendar_value,
    correlation_value,
    cost_value,
    drivers_value,
    isolation_of,
    named_input_value,
    option_value,
    sources_of_terms,
    work_item_value,
)
from mycelia.business_case.types import (
    CaseTerms,
    Direction,
    Discounting,
    ItemKind,
    ItemState,
    ItemValue,
    KpiTerms,
    ObjectiveTerms,
    SourceKind,
)

MODELS: Mapping[ItemKind, Any] = {
    ItemKind.DRIVERS: models.CaseDrivers,
    ItemKind.CALENDAR: models.CaseCalendar,
    ItemKind.OPTION: models.Option,
    ItemKind.PHASE: models.Phase,
    ItemKind.WORK_ITEM: models.WorkItem,
    ItemKind.COST: models.CostLine,
    ItemKind.BENEFIT: models.BenefitLine,
    ItemKind.OBJECTIVE: models.Objective,
    ItemKind.KPI: models.Kpi,
    ItemKind.CORRELATION: models.Correlation,
    ItemKind.INPUT: models.NamedInput,
}


class KeyMaps:
    """Keys by primary key of everything that an item can name, each read when it is needed first.

    `known` gives them where somebody has read them already.
    """

    def __init__(self, case: Case, known: Callable[[ItemKind], Keys] | None = None) -> None:
        self.case, self._known = case, known

    @cached_property
    def options(self) -> Keys:
        """Keys of the options."""
        return self._keys(ItemKind.OPTION)

    @cached_property
    def phases(self) -> Keys:
        """Keys of the phases."""
        return self._keys(ItemKind.PHASE)

    @cached_property
    def items(self) -> Keys:
        """Keys of the work items."""
        return self._keys(ItemKind.WORK_ITEM)

    @cached_property
    def kpis(self) -> Keys:
        """Keys of the KPIs."""
        return self._keys(ItemKind.KPI)

    @cached_property
    def objectives(self) -> Keys:
        """Keys of the objectives."""
        return self._keys(ItemKind.OBJECTIVE)

    def _keys(self, kind: ItemKind) -> Keys:
        if self._known is not None:
            return self._known(kind)
        return {None: None, **dict(MODELS[kind].objects.filter(case=self.case).values_list("pk", "key"))}


def item_of(case: Case, kind: ItemKind, key: str = "") -> ItemState:
    """Return one item of a case; terms, drivers and calendar need no key.

    Raises:
        NotPartOfCase: There is none of that key; it may have been removed.
    """
    if kind is ItemKind.TERMS:
        fresh = Case.objects.get(pk=case.pk)
        return ItemState(kind, str(kind), fresh.revision, 0, terms_value(fresh))
    return state_of(row_of(case, kind, key), kind, KeyMaps(case))


def items_of(case: Case, kind: ItemKind) -> tuple[ItemState, ...]:
    """Return all items of a kind, in their order; in a fixed number of queries."""
    if kind is ItemKind.TERMS:
        return (item_of(case, kind),)
    maps = KeyMaps(case)
    return tuple(state_of(row, kind, maps) for row in _rows(case, kind).order_by("position", "pk"))


def row_of(case: Case, kind: ItemKind, key: str) -> Any:
    """Return the row of an item.

    Raises:
        NotPartOfCase: There is none of that key; it may have been removed.
    """
    rows = _rows(case, kind)
    row = rows.first() if kind in types.SINGLE else rows.filter(key=key).first()
    if row is None:
        raise NotPartOfCase(case=case.slug, kind=str(kind), key=key)
    return row


def state_of(row: Any, kind: ItemKind, maps: KeyMaps) -> ItemState:
    """Return an item as it is stored."""
    key = str(kind) if kind in types.SINGLE else row.key
    return ItemState(kind, key, row.revision, row.position, _READERS[kind](row, maps))


def terms_value(case: Case) -> CaseTerms:
    """Return the terms of a case as stated."""
    return CaseTerms(
        name=case.name,
        currency=case.currency,
        start=case.start,
        summary=case.summary,
        horizon_months=case.horizon_months,
        rate_per_year=case.rate_per_year,
        discounting=Discounting(case.discounting),
        inflation_per_year=case.inflation_per_year,
        tax_rate=case.tax_rate,
        is_short_programme=case.is_short_programme,
        counts_learner_time=case.counts_learner_time,
        is_synthetic=case.is_synthetic,
        owner_id=case.owner_id,
        scope_unit_id=case.scope_unit_id,
        **sources_of_terms(case),
    )


def kpi_value(row: models.Kpi, objectives: Keys) -> KpiTerms:
    """Return a KPI as stated."""
    return KpiTerms(
        name=row.name,
        unit=row.unit,
        direction=Direction(row.direction),
        baseline_value=row.baseline_value,
        baseline_date=row.baseline_date,
        baseline_evidence=row.baseline_evidence,
        target_value=row.target_value,
        target_date=row.target_date,
        owner_id=row.owner_id,
        source_kind=SourceKind(row.source_kind) if row.source_kind else None,
        metric_id=row.metric_id,
        course_id=row.metric_course_id,
        metric_since=row.metric_since,
        manual_evidence=row.manual_evidence,
        manual_value=row.manual_value,
        manual_value_date=row.manual_value_date,
        value_per_unit=row.value_per_unit,
        isolation_method=isolation_of(row.isolation_method),
        owner_text=row.owner_text,
        course_text=row.course_text,
        objective=str(objectives[row.objective_id]),
        key=row.key,
    )


def _rows(case: Case, kind: ItemKind) -> Any:
    rows = MODELS[kind].objects.filter(case=case)
    return rows.prefetch_related("dependencies", "resources") if kind is ItemKind.WORK_ITEM else rows


def _work_item(row: models.WorkItem, maps: KeyMaps) -> types.WorkItem:
    """Return a work item whose dependencies and resources are prefetched."""
    links = [(link.depends_on_id, link.lag_days) for link in row.dependencies.all()]
    needs = [(need.role, need.quantity, need.unit) for need in row.resources.all()]
    return work_item_value(row, maps.phases, maps.options, maps.items, links=links, needs=needs)


_READERS: Mapping[ItemKind, Callable[[Any, KeyMaps], ItemValue]] = {
    ItemKind.DRIVERS: lambda row, maps: drivers_value(row, maps.items),
    ItemKind.CALENDAR: lambda row, _: calendar_value(row),
    ItemKind.OPTION: lambda row, _: option_value(row),
    ItemKind.PHASE: lambda row, _: types.Phase(row.key, row.title),
    ItemKind.WORK_ITEM: _work_item,
    ItemKind.COST: lambda row, maps: cost_value(row, maps.options, maps.items),
    ItemKind.BENEFIT: lambda row, maps: benefit_value(row, maps.options, maps.items, maps.kpis),
    ItemKind.OBJECTIVE: lambda row, _: ObjectiveTerms(row.title, row.description, row.key),
    ItemKind.KPI: lambda row, maps: kpi_value(row, maps.objectives),
    ItemKind.CORRELATION: lambda row, _: correlation_value(row),
    ItemKind.INPUT: lambda row, _: named_input_value(row),
}
