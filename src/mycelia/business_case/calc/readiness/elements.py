"""How far the six elements are from where they should be."""

from __future__ import annotations

from collections.abc import Iterator

from mycelia.business_case.calc.readiness.making import WORK, facts, finding_key
from mycelia.business_case.types import (
    CostCategory,
    Element,
    ElementPicture,
    EvidenceRow,
    Fact,
    FindingRule,
    Landscape,
    Proposal,
    ProposalKind,
    ReadinessFinding,
    RowKind,
    Severity,
)

LEAST_GAP = 2
LARGE_GAP = 3
COSTS = {
    Element.STRATEGY: CostCategory.INTERNAL_LABOUR,
    Element.PROCESS: CostCategory.INTERNAL_LABOUR,
    Element.CULTURE: CostCategory.CHANGE_AND_COMMUNICATION,
    Element.CONTENT: CostCategory.CONTENT_DEVELOPMENT,
    Element.DELIVERY: CostCategory.EXTERNAL_SERVICES,
    Element.TECHNOLOGY: CostCategory.INFRASTRUCTURE,
}


def element_findings(landscape: Landscape) -> Iterator[ReadinessFinding]:
    """Find elements that are two steps or more below their target, and those nobody has assessed."""
    for element in landscape.elements:
        today, target = element.maturity_today, element.maturity_target
        if today is None or target is None:
            yield _finding(element, FindingRule.ELEMENT_NOT_ASSESSED, Severity.LOW, gap=None)
        elif target - today >= LEAST_GAP:
            severity = Severity.HIGH if target - today >= LARGE_GAP else Severity.MEDIUM
            yield _finding(element, FindingRule.ELEMENT_GAP, severity, gap=target - today)


def _finding(element: ElementPicture, rule: FindingRule, severity: Severity, *, gap: int | None) -> ReadinessFinding:
    shown = tuple(Fact(name, getattr(element, name)) for name in ("maturity_today", "maturity_target", "has_evidence"))
    cost = Proposal(ProposalKind.COST, COSTS[element.element])
    return ReadinessFinding(
        key=finding_key(rule, element.element),
        rule=rule,
        severity=severity,
        facts=(*facts(name=element.element, gap=gap), *shown[:2]),
        evidence=(EvidenceRow(RowKind.ELEMENT, element.element, element.element, shown),),
        proposals=(WORK, cost) if gap else (WORK,),
    )
