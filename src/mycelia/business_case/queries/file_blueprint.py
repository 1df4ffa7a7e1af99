"""The part of the blueprint that a case refers to, as it goes into the file of the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from mycelia.business_case.models import (
    Case,
    ContentModel,
    ElementState,
    FindingDecision,
    ModelPlacement,
    System,
    SystemLink,
)
from mycelia.business_case.queries.readiness import finding_then
from mycelia.business_case.types import (
    Element,
    Lifecycle,
    LinkDepth,
    LinkDirection,
    Moment,
    Part,
    ProposalKind,
    Protocol,
    ReadinessFinding,
    RowKind,
    SystemPurpose,
)
from mycelia.business_case.types.file_blueprint import (
    BlueprintRecord,
    ContentModelRecord,
    ElementRecord,
    FindingRecord,
    LinkRecord,
    PartRecord,
    SystemRecord,
)


@dataclass(frozen=True)
class _Named:
    """What findings are about, by key."""

    systems: frozenset[str]
    links: frozenset[str]
    models: frozenset[str]
    elements: frozenset[str]


def blueprint_record(case: Case) -> BlueprintRecord | None:
    """Return what the accepted findings of a case are about; None when it has none."""
    decisions = list(FindingDecision.objects.filter(case=case).order_by("decided_at", "pk"))
    if not decisions:
        return None
    named = _named(finding_then(one) for one in decisions)
    models = list(ContentModel.objects.filter(key__in=named.models))
    systems = list(System.objects.filter(_wanted(named)).distinct().select_related("owner").order_by("pk"))
    elements = ElementState.objects.filter(element__in=named.elements).select_related("owner")
    return BlueprintRecord(
        systems=tuple(system_record(one) for one in systems),
        links=_links([one.pk for one in systems]),
        models=tuple(_model(one) for one in models),
        elements=tuple(element_record(one) for one in elements),
        findings=tuple(_finding(one) for one in decisions),
    )


def _named(findings: Iterable[ReadinessFinding]) -> _Named:
    keys: dict[RowKind, set[str]] = {kind: set() for kind in RowKind}
    for finding in findings:
        for row in finding.evidence:
            keys[row.kind].add(row.key)
        keys[RowKind.SYSTEM] |= {saving.system for saving in finding.savings}
    kinds = (RowKind.SYSTEM, RowKind.LINK, RowKind.MODEL, RowKind.ELEMENT)
    return _Named(*(frozenset(keys[kind]) for kind in kinds))


def _wanted(named: _Named) -> Q:
    """Return the systems named, those at either end of a link, and those with a part in a content model."""
    return (
        Q(key__in=named.systems)
        | Q(links_out__key__in=named.links)
        | Q(links_in__key__in=named.links)
        | Q(placements__model__key__in=named.models)
    )


def system_record(system: System) -> SystemRecord:
    """Return a system as it stands in a file."""
    return SystemRecord(
        key=system.key,
        name=system.name,
        purpose=SystemPurpose(system.purpose),
        description=system.description,
        vendor=system.vendor,
        owner=system.owner.email or "" if system.owner else "",
        lifecycle=Lifecycle(system.lifecycle),
        users_licensed=system.users_licensed,
        users_active=system.users_active,
        counted_on=system.counted_on,
        yearly_cost=system.yearly_cost,
        exit_cost=system.exit_cost,
        currency=system.currency,
        contract_end=system.contract_end,
        end_of_life=system.end_of_life,
        elements=tuple(Element(element) for element in system.elements),
        is_platform=system.is_platform,
        is_synthetic=system.is_synthetic,
    )


def element_record(state: ElementState) -> ElementRecord:
    """Return one of the six elements as it stands in a file."""
    return ElementRecord(
        element=Element(state.element),
        today=state.today,
        target=state.target,
        maturity_today=state.maturity_today,
        maturity_target=state.maturity_target,
        owner=state.owner.email or "" if state.owner else "",
        notes=state.notes,
        evidence=state.evidence,
        is_synthetic=state.is_synthetic,
    )


def _links(systems: list[int]) -> tuple[LinkRecord, ...]:
    rows = SystemLink.objects.filter(source_id__in=systems, target_id__in=systems).select_related("source", "target")
    return tuple(
        LinkRecord(
            row.key,
            row.source.key,
            row.target.key,
            Protocol(row.protocol),
            LinkDirection(row.direction),
            LinkDepth(row.depth),
            row.note,
        )
        for row in rows
    )


def _model(model: ContentModel) -> ContentModelRecord:
    placements = ModelPlacement.objects.filter(model=model).select_related("system")
    parts = tuple(PartRecord(one.system.key, Moment(one.moment), Part(one.part)) for one in placements)
    return ContentModelRecord(model.key, model.name, model.description, parts, model.is_synthetic)


def _finding(decision: FindingDecision) -> FindingRecord:
    return FindingRecord(
        finding=decision.finding,
        item_kind=ProposalKind(decision.item_kind),
        item=decision.item_key,
        decided_by=decision.decided_by_name,
        decided_at=decision.decided_at,
    )
