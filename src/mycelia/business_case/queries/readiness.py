"""The readiness check as it stands now: the picture it looks at, what it finds, and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from mycelia.business_case.calc.readiness import check_readiness, horizon_of, kept_facts, recalled
from mycelia.business_case.errors import NotInBlueprint
from mycelia.business_case.models import (
    BenefitLine,
    Case,
    ContentModel,
    CostLine,
    ElementState,
    FindingDecision,
    ModelPlacement,
    System,
    SystemLink,
    WorkItem,
)
from mycelia.business_case.permissions import ReadBlueprint
from mycelia.business_case.queries.platform import platform_record, platform_usage
from mycelia.business_case.types import (
    DecisionKind,
    Element,
    ElementPicture,
    Landscape,
    Lifecycle,
    LineKind,
    LinkDepth,
    LinkDirection,
    LinkPicture,
    ModelPicture,
    Moment,
    Part,
    ProposalKind,
    Protocol,
    ReadinessFinding,
    SystemPicture,
    SystemPurpose,
    Usage,
)
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require

DEFAULT_MONTHS = 36
ITEMS: Mapping[ProposalKind, type[CostLine] | type[BenefitLine] | type[WorkItem]] = {
    ProposalKind.COST: CostLine,
    ProposalKind.BENEFIT: BenefitLine,
    ProposalKind.WORK_ITEM: WorkItem,
}


@dataclass(frozen=True)
class Standing:
    """One finding with what was decided about it.

    Attributes:
        is_open: Nobody has decided, or the decision no longer holds: deferred until a day that has come, or accepted
            into a line that somebody removed.
        item_id: Primary key of the line or work item it became, while that exists.
        is_current: Whether the check still finds it; a decided finding may have gone.
        has_changed: Whether its evidence is another than when it was decided.
    """

    finding: ReadinessFinding
    decision: FindingDecision | None
    is_open: bool
    item_id: int | None = None
    is_current: bool = True
    has_changed: bool = False

    @property
    def mark(self) -> str:
        """Return what tells this decision from any other on the finding."""
        return decision_mark(self.decision)


def landscape(case: Case | None = None) -> Landscape:
    """Return the picture the check looks at, until the end of the case or, without one, for 36 months from today."""
    today = clock.today()
    usage = platform_usage()
    return Landscape(
        as_of=today,
        horizon=landscape_horizon(case),
        systems=tuple(_system(system, usage, today) for system in System.objects.select_related("owner")),
        links=tuple(_link(link) for link in SystemLink.objects.select_related("source", "target")),
        models=_models(),
        elements=_elements(),
        usage=usage,
    )


def recorded_landscape(case: Case) -> Landscape:
    """Return the picture with what the platform recorded of itself, for what is frozen or told."""
    return replace(landscape(case), record=platform_record(case))


def readiness(actor: Actor, case: Case | None = None) -> tuple[Standing, ...]:
    """Return what the check finds with every decision, the most severe first, then what is decided and gone.

    Raises:
        PermissionDenied: The actor may not read the blueprint.
    """
    require(actor, ReadBlueprint())
    found = check_readiness(landscape(case))
    decisions = {one.finding_key: one for one in FindingDecision.objects.select_related("case")}
    items = _items_of(decisions.values())
    current = tuple(_standing(finding, decisions.pop(finding.key, None), items) for finding in found)
    gone = tuple(_standing(finding_then(one), one, items, is_current=False) for one in decisions.values())
    return (*current, *gone)


def standing_of(actor: Actor, finding_key: str, case: Case | None = None) -> Standing:
    """Return one finding with its decision.

    Raises:
        PermissionDenied: The actor may not read the blueprint.
        NotInBlueprint: The check finds no such thing, and nothing was decided about it.
    """
    for standing in readiness(actor, case):
        if standing.finding.key == finding_key:
            return standing
    raise NotInBlueprint(finding=finding_key)


def decision_mark(decision: FindingDecision | None) -> str:
    """Return what tells a decision from any other on the same finding; empty where there is none."""
    return "" if decision is None else decision.decided_at.isoformat()


def finding_behind(case: Case, kind: LineKind | ProposalKind, key: str) -> str:
    """Return the key of the finding that became a line or work item of a case; empty when it came from elsewhere."""
    accepted = FindingDecision.objects.filter(case=case, item_kind=kind.value, item_key=key)
    return str(accepted.values_list("finding_key", flat=True).first() or "")


def findings_behind(case: Case, kind: ProposalKind) -> dict[str, str]:
    """Return the keys of the findings that became items of one kind, by key of the item."""
    accepted = FindingDecision.objects.filter(case=case, item_kind=kind.value)
    return dict(accepted.values_list("item_key", "finding_key"))


def finding_then(decision: FindingDecision) -> ReadinessFinding:
    """Return a finding as it was when it was decided."""
    return recalled(decision.finding)


def item_exists(decision: FindingDecision) -> bool:
    """Return whether the part of a case that a finding became is still there."""
    table = ITEMS[ProposalKind(decision.item_kind)]
    return table.objects.filter(case=decision.case, key=decision.item_key).exists()


Items = Mapping[tuple[str, int | None, str], int]


def _items_of(decisions: Collection[FindingDecision]) -> Items:
    accepted = [one for one in decisions if one.kind == DecisionKind.ACCEPTED]
    found: dict[tuple[str, int | None, str], int] = {}
    for kind, table in ITEMS.items():
        keys = [one.item_key for one in accepted if one.item_kind == kind]
        rows = table.objects.filter(key__in=keys).values_list("case_id", "key", "pk") if keys else ()
        found |= {(kind.value, case_id, key): pk for case_id, key, pk in rows}
    return found


def _standing(
    finding: ReadinessFinding, decision: FindingDecision | None, items: Items, *, is_current: bool = True
) -> Standing:
    if decision is None:
        return Standing(finding, None, is_open=True)
    item_id = items.get((decision.item_kind, decision.case_id, decision.item_key))
    is_open = {
        DecisionKind.ACCEPTED: item_id is None,
        DecisionKind.DISMISSED: False,
        DecisionKind.DEFERRED: decision.until is None or decision.until <= clock.today(),
    }[DecisionKind(decision.kind)]
    has_changed = is_current and decision.finding["facts"] != kept_facts(finding.facts)
    return Standing(finding, decision, is_open and is_current, item_id, is_current, has_changed)


def _system(system: System, usage: Usage, today: date) -> SystemPicture:
    return SystemPicture(
        key=system.key,
        name=system.name,
        purpose=SystemPurpose(system.purpose),
        lifecycle=Lifecycle(system.lifecycle),
        owner=system.owner.full_name if system.owner else "",
        owner_is_active=system.owner is None or system.owner.is_active,
        users_licensed=system.users_licensed,
        users_active=usage.learners if system.is_platform else system.users_active,
        counted_on=today if system.is_platform else system.counted_on,
        yearly_cost=system.yearly_cost,
        exit_cost=system.exit_cost,
        currency=system.currency,
        contract_end=system.contract_end,
        end_of_life=system.end_of_life,
        is_platform=system.is_platform,
    )


def _link(link: SystemLink) -> LinkPicture:
    return LinkPicture(
        link.key,
        link.source.key,
        link.target.key,
        Protocol(link.protocol),
        LinkDirection(link.direction),
        LinkDepth(link.depth),
    )


def _models() -> tuple[ModelPicture, ...]:
    parts: dict[tuple[int, str, str], list[str]] = {}
    for placement in ModelPlacement.objects.select_related("system"):
        place = (placement.model_id, placement.moment, placement.part)
        parts.setdefault(place, []).append(placement.system.key)

    def held(model: ContentModel, moment: Moment, part: Part) -> tuple[str, ...]:
        return tuple(parts.get((model.pk, moment.value, part.value), ()))

    return tuple(
        ModelPicture(
            model.key,
            model.name,
            masters_today=held(model, Moment.TODAY, Part.MASTER),
            masters_target=held(model, Moment.TARGET, Part.MASTER),
            consumers_today=held(model, Moment.TODAY, Part.CONSUMER),
            consumers_target=held(model, Moment.TARGET, Part.CONSUMER),
        )
        for model in ContentModel.objects.all()
    )


def _elements() -> tuple[ElementPicture, ...]:
    """Return the six elements; none while nobody has begun to assess them, so that an empty blueprint is silent."""
    stored = {state.element: state for state in ElementState.objects.select_related("owner")}
    if not stored:
        return ()
    return tuple(_element(element, stored.get(element.value)) for element in Element)


def _element(element: Element, state: ElementState | None) -> ElementPicture:
    if state is None:
        return ElementPicture(element)
    return ElementPicture(
        element,
        state.maturity_today,
        state.maturity_target,
        owner=state.owner.full_name if state.owner else "",
        owner_is_active=state.owner is None or state.owner.is_active,
        has_evidence=bool(state.evidence),
    )


def landscape_horizon(case: Case | None) -> date:
    """Return the last day the check looks at."""
    return horizon_of(case.start, case.horizon_months) if case else horizon_of(clock.today(), DEFAULT_MONTHS)


def register_keys(actor: Actor) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Return primary keys by key: of systems, of content models, and of each link's source.

    Raises:
        PermissionDenied: The actor may not read the blueprint.
    """
    require(actor, ReadBlueprint())
    return (
        dict(System.objects.values_list("key", "pk")),
        dict(ContentModel.objects.values_list("key", "pk")),
        dict(SystemLink.objects.values_list("key", "source_id")),
    )


def is_blueprint_synthetic(actor: Actor) -> bool:
    """Return whether anything in the register was invented for an example.

    Raises:
        PermissionDenied: The actor may not read the blueprint.
    """
    require(actor, ReadBlueprint())
    return System.objects.filter(is_synthetic=True).exists()
