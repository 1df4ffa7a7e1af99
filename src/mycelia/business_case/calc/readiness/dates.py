"""Contracts and lives of systems that end before the case does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mycelia.business_case.calc.readiness.making import WORK, facts, finding_key, system_row
from mycelia.business_case.types import (
    CostCategory,
    FindingRule,
    Landscape,
    Lifecycle,
    Proposal,
    ProposalKind,
    ReadinessFinding,
    Severity,
    SystemPicture,
)

SOON_DAYS = 183
COLUMNS = ("lifecycle", "contract_end", "end_of_life", "yearly_cost")


def date_findings(landscape: Landscape) -> Iterator[ReadinessFinding]:
    """Find live systems whose end of life, or else whose contract's end, is not after the horizon."""
    for system in landscape.systems:
        if not system.is_live:
            continue
        if system.end_of_life is not None and system.end_of_life <= landscape.horizon:
            yield _ends(system, FindingRule.END_OF_LIFE, system.end_of_life, landscape)
        if system.contract_end is not None and system.contract_end <= landscape.horizon:
            yield _ends(system, FindingRule.CONTRACT_END, system.contract_end, landscape)


def _ends(system: SystemPicture, rule: FindingRule, ends_on: date, landscape: Landscape) -> ReadinessFinding:
    days_left = (ends_on - landscape.as_of).days
    return ReadinessFinding(
        key=finding_key(rule, system.key),
        rule=rule,
        severity=_severity(system, rule, days_left),
        facts=facts(name=system.name, ends_on=ends_on, is_past=days_left < 0, horizon=landscape.horizon),
        evidence=(system_row(system, COLUMNS),),
        proposals=_proposals(system, rule),
    )


def _severity(system: SystemPicture, rule: FindingRule, days_left: int) -> Severity:
    """Return how much it matters: what is being left anyway matters less, what is soon or past more."""
    if system.lifecycle is Lifecycle.SUNSET:
        return Severity.MEDIUM if days_left < 0 else Severity.LOW
    if days_left <= SOON_DAYS:
        return Severity.HIGH
    return Severity.MEDIUM if rule is FindingRule.END_OF_LIFE else Severity.LOW


def _proposals(system: SystemPicture, rule: FindingRule) -> tuple[Proposal, ...]:
    if rule is FindingRule.END_OF_LIFE:
        return (Proposal(ProposalKind.COST, CostCategory.MIGRATION, system.exit_cost, system.currency), WORK)
    renewal = Proposal(ProposalKind.COST, CostCategory.LICENCES, system.yearly_cost, system.currency, is_yearly=True)
    return (WORK, renewal)
