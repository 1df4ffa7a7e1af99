"""Things nobody answers for."""

from __future__ import annotations

from collections.abc import Iterator

from mycelia.business_case.calc.readiness.making import WORK, facts, finding_key, system_row
from mycelia.business_case.types import (
    EvidenceRow,
    Fact,
    FindingRule,
    Landscape,
    Lifecycle,
    ReadinessFinding,
    RowKind,
    Severity,
)


def ownership_findings(landscape: Landscape) -> Iterator[ReadinessFinding]:
    """Find systems and elements without an owner, or whose owner's account is deactivated."""
    for system in landscape.systems:
        if system.lifecycle is not Lifecycle.RETIRED and not (system.owner and system.owner_is_active):
            row = system_row(system, ("owner", "lifecycle"))
            yield _unowned(system.key, row, system.owner, Severity.MEDIUM)
    for element in landscape.elements:
        if not (element.owner and element.owner_is_active):
            row = EvidenceRow(RowKind.ELEMENT, element.element, element.element, (Fact("owner", element.owner),))
            yield _unowned(element.element, row, element.owner, Severity.LOW)


def _unowned(subject: str, row: EvidenceRow, owner: str, severity: Severity) -> ReadinessFinding:
    return ReadinessFinding(
        key=finding_key(FindingRule.UNOWNED, subject),
        rule=FindingRule.UNOWNED,
        severity=severity,
        facts=facts(name=row.name, kind=row.kind, owner=owner),
        evidence=(row,),
        proposals=(WORK,),
    )
