"""What actuals are compared with: the case as it was last presented, as it was last frozen, or as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from mycelia.business_case.calc import line_flows
from mycelia.business_case.calc.plans import aligned, months_between
from mycelia.business_case.errors import NotPartOfCase
from mycelia.business_case.models import Case, Version
from mycelia.business_case.queries.cases import version_of, versions_of
from mycelia.business_case.queries.document import stored_document
from mycelia.business_case.queries.snapshots import sheet_from
from mycelia.business_case.types import (
    CaseDocument,
    CaseModel,
    CaseSheet,
    KpiDocument,
    LineFlow,
    LineSheet,
    PlanKind,
)

DRAFT = "draft"


@dataclass(frozen=True)
class Plan:
    """A plan on the months of the case.

    Attributes:
        version: None for the draft.
        model: Everything entered in it; its months are its own.
        costs, benefits: Of its preferred option, each of shape (columns,), column 0 being the start of the case.
        kpis: As they were entered in it, by key.
    """

    kind: PlanKind
    version: Version | None
    model: CaseModel
    costs: tuple[LineFlow, ...]
    benefits: tuple[LineFlow, ...]
    columns: int
    kpis: Mapping[str, KpiDocument]


def plan_of(case: Case, chosen: str = "") -> Plan:
    """Return a plan of a case.

    Args:
        chosen: Number of a version, or "draft"; empty for the last presented version, else the last frozen one, else
            the draft.

    Raises:
        NotPartOfCase: The case has no such version in its currency.
    """
    if chosen == DRAFT:
        return _draft(case)
    version = _default(case) if not chosen else _chosen(case, chosen)
    return _draft(case) if version is None else _frozen(case, version)


def plan_versions(case: Case) -> QuerySet[Version]:
    """Return the versions that actuals can be compared with, without their snapshots, the newest first.

    One in another currency than the case has now cannot be.
    """
    return versions_of(case).filter(snapshot__currency=case.currency)


def _default(case: Case) -> Version | None:
    versions = plan_versions(case).defer(None)
    presented = versions.filter(presentation__isnull=False).order_by("-presentation__number").first()
    return presented or versions.first()


def _chosen(case: Case, chosen: str) -> Version:
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 7):
        raise NotPartOfCase(case=case.slug, version=chosen[:20])
    version = version_of(case, int(chosen))
    if version.snapshot.get("currency") != case.currency:
        raise NotPartOfCase(case=case.slug, version=chosen)
    return version


def _draft(case: Case) -> Plan:
    document = stored_document(case)
    flows = line_flows(document.model, document.model.preferred.key)
    return _plan(case, PlanKind.DRAFT, None, document, (flows.costs, flows.benefits))


def _frozen(case: Case, version: Version) -> Plan:
    sheet = sheet_from(version.snapshot)
    kind = PlanKind.PRESENTED if hasattr(version, "presentation") else PlanKind.FROZEN
    return _plan(case, kind, version, sheet.document, _flows_of(sheet))


def _flows_of(sheet: CaseSheet) -> tuple[tuple[LineFlow, ...], tuple[LineFlow, ...]]:
    """Return the flows as they were frozen; those of before there were months are computed from the years."""
    option = next(each for each in sheet.options if each.key == sheet.document.model.preferred.key)
    if all(line.by_column for line in (*option.costs, *option.benefits)):
        return tuple(map(_flow, option.costs)), tuple(map(_flow, option.benefits))
    flows = line_flows(sheet.document.model, option.key)
    return flows.costs, flows.benefits


def _flow(line: LineSheet) -> LineFlow:
    return LineFlow(line.key, line.by_column, line.is_counted)


def _plan(
    case: Case,
    kind: PlanKind,
    version: Version | None,
    document: CaseDocument,
    flows: tuple[tuple[LineFlow, ...], tuple[LineFlow, ...]],
) -> Plan:
    shift = months_between(document.model.start, case.start)
    columns = max(case.horizon_months, document.model.horizon_months - shift) + 1
    costs, benefits = (
        tuple(replace(flow, by_column=aligned(flow.by_column, shift=shift, columns=columns)) for flow in side)
        for side in flows
    )
    kpis = {kpi.key: kpi for objective in document.objectives for kpi in objective.kpis}
    return Plan(kind, version, document.model, costs, benefits, columns, kpis)
