"""What the register, and the record of people, does not know or knows from too long ago."""

from __future__ import annotations

from collections.abc import Iterator

from mycelia.business_case.calc.readiness.making import WORK, facts, finding_key, system_row
from mycelia.business_case.types import (
    EvidenceRow,
    FindingRule,
    Landscape,
    Lifecycle,
    ReadinessFinding,
    RowKind,
    Severity,
    SystemPicture,
    Usage,
)

STALE_AFTER_DAYS = 365
NEEDED = ("yearly_cost", "users_licensed", "users_active", "contract_end")
"""Without these a system can be neither costed nor compared."""


def quality_findings(landscape: Landscape) -> Iterator[ReadinessFinding]:
    """Find columns that are empty, counts that are old, and people whom no report by unit would show."""
    for system in landscape.systems:
        if system.is_live:
            yield from _incomplete(system)
            yield from _stale(system, landscape)
    if landscape.usage is not None and landscape.usage.without_unit:
        yield _without_unit(landscape.usage)


def missing_columns(system: SystemPicture) -> tuple[str, ...]:
    """Return the needed columns that are empty; the platform itself has no licences and no contract to be known."""
    needed = ("yearly_cost", "users_active") if system.is_platform else NEEDED
    empty = [column for column in needed if getattr(system, column) is None]
    if system.lifecycle is Lifecycle.SUNSET and system.contract_end is None and system.end_of_life is None:
        empty.append("end_of_life")
    return tuple(empty)


def _incomplete(system: SystemPicture) -> Iterator[ReadinessFinding]:
    missing = missing_columns(system)
    if missing:
        yield ReadinessFinding(
            key=finding_key(FindingRule.INCOMPLETE, system.key),
            rule=FindingRule.INCOMPLETE,
            severity=Severity.MEDIUM if len(missing) > 1 else Severity.LOW,
            facts=facts(name=system.name, columns=" ".join(missing), count=len(missing)),
            evidence=(system_row(system, missing),),
            proposals=(WORK,),
        )


def _stale(system: SystemPicture, landscape: Landscape) -> Iterator[ReadinessFinding]:
    if system.counted_on is None or system.users_active is None:
        return
    if (landscape.as_of - system.counted_on).days > STALE_AFTER_DAYS:
        yield ReadinessFinding(
            key=finding_key(FindingRule.STALE_COUNT, system.key),
            rule=FindingRule.STALE_COUNT,
            severity=Severity.LOW,
            facts=facts(name=system.name, counted_on=system.counted_on),
            evidence=(system_row(system, ("users_active", "counted_on")),),
            proposals=(WORK,),
        )


def _without_unit(usage: Usage) -> ReadinessFinding:
    shown = facts(people=usage.people, without_unit=usage.without_unit)
    return ReadinessFinding(
        key=finding_key(FindingRule.PEOPLE_WITHOUT_UNIT),
        rule=FindingRule.PEOPLE_WITHOUT_UNIT,
        severity=Severity.MEDIUM if usage.without_unit * 20 > usage.people else Severity.LOW,
        facts=shown,
        evidence=(EvidenceRow(RowKind.PEOPLE, "", "", shown),),
        proposals=(WORK,),
    )
