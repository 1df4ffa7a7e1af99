"""Overlaps, licences nobody uses, and money for what has no users."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal

from mycelia.business_case.calc.readiness.making import WORK, facts, finding_key, system_row
from mycelia.business_case.types import (
    BenefitCategory,
    CostCategory,
    FindingRule,
    Landscape,
    Lifecycle,
    Proposal,
    ProposalKind,
    ReadinessFinding,
    Saving,
    Severity,
    SystemPicture,
    SystemPurpose,
)

LEAST_UNUSED_SHARE = Decimal("0.15")
"""Below this share, licences that are not used are the reserve every contract needs."""
LARGE_UNUSED_SHARE = Decimal("0.40")
CENT = Decimal("0.01")


def usage_findings(landscape: Landscape) -> Iterator[ReadinessFinding]:
    """Find what is paid for and not, or twice, used."""
    yield from _overlaps(landscape)
    for system in landscape.systems:
        if system.lifecycle is Lifecycle.RETIRED and system.yearly_cost:
            yield _still_paid(system, FindingRule.RETIRED_COSTS)
        elif _costs_without_users(system):
            yield _still_paid(system, FindingRule.COST_WITHOUT_USERS)
        elif system.is_live:
            yield from _licences(system)


def unused_saving(system: SystemPicture) -> Decimal | None:
    """Return the yearly cost of the licences nobody uses: the cost times the unused share, to the cent.

    None when cost, licences or use are unknown.

    Example:
        12,000 a year for 400 licences of which 250 are used: 12,000 x 150/400 = 4,500.
    """
    licensed, active, cost = system.users_licensed, system.users_active, system.yearly_cost
    if not licensed or active is None or cost is None or active >= licensed:
        return None
    return (cost * (licensed - active) / licensed).quantize(CENT, ROUND_HALF_EVEN)


def _costs_without_users(system: SystemPicture) -> bool:
    return system.is_live and system.users_active == 0 and bool(system.yearly_cost)


def _still_paid(system: SystemPicture, rule: FindingRule) -> ReadinessFinding:
    cost = system.yearly_cost or Decimal(0)
    return ReadinessFinding(
        key=finding_key(rule, system.key),
        rule=rule,
        severity=Severity.HIGH,
        facts=facts(name=system.name, saving=cost, currency=system.currency),
        evidence=(system_row(system, ("lifecycle", "users_active", "yearly_cost", "contract_end")),),
        savings=(Saving(system.key, cost, system.currency, system.contract_end),),
        proposals=(_benefit(BenefitCategory.RETIRED_SYSTEMS, cost, system.currency), WORK),
    )


def _overlaps(landscape: Landscape) -> Iterator[ReadinessFinding]:
    by_purpose: dict[SystemPurpose, list[SystemPicture]] = {}
    for system in landscape.systems:
        if system.lifecycle in (Lifecycle.PILOT, Lifecycle.ACTIVE) and system.purpose is not SystemPurpose.OTHER:
            by_purpose.setdefault(system.purpose, []).append(system)
    for purpose, systems in by_purpose.items():
        if len(systems) > 1:
            yield _overlap(purpose, systems)


def _overlap(purpose: SystemPurpose, systems: list[SystemPicture]) -> ReadinessFinding:
    """Return the overlap; the system that most people use is proposed to stay."""
    ranked = sorted(systems, key=lambda system: (-(system.users_active or 0), system.name.casefold(), system.key))
    others = [system for system in ranked[1:] if system.yearly_cost]
    currencies = {system.currency for system in others}
    saving = sum((system.yearly_cost or Decimal(0) for system in others), Decimal(0)) if len(currencies) == 1 else None
    currency = currencies.pop() if saving is not None else ""
    return ReadinessFinding(
        key=finding_key(FindingRule.OVERLAP, purpose, *(system.key for system in systems)),
        rule=FindingRule.OVERLAP,
        severity=Severity.HIGH if saving or len(systems) > 2 else Severity.MEDIUM,
        facts=facts(count=len(systems), purpose=purpose, kept=ranked[0].name, saving=saving, currency=currency),
        evidence=tuple(
            system_row(system, ("users_active", "yearly_cost", "exit_cost", "contract_end")) for system in ranked
        ),
        savings=tuple(
            Saving(system.key, system.yearly_cost or Decimal(0), system.currency, system.contract_end)
            for system in others
        ),
        proposals=(_benefit(BenefitCategory.RETIRED_SYSTEMS, saving, currency), _exit_cost(ranked[1:]), WORK),
    )


def _licences(system: SystemPicture) -> Iterator[ReadinessFinding]:
    licensed, active = system.users_licensed, system.users_active
    if licensed is None or active is None:
        return
    columns = ("users_licensed", "users_active", "counted_on", "yearly_cost", "contract_end")
    if active > licensed:
        yield ReadinessFinding(
            key=finding_key(FindingRule.MORE_USERS_THAN_LICENCES, system.key),
            rule=FindingRule.MORE_USERS_THAN_LICENCES,
            severity=Severity.HIGH,
            facts=facts(name=system.name, licensed=licensed, active=active, over=active - licensed),
            evidence=(system_row(system, columns),),
            proposals=(_more_licences(system, licensed, active), WORK),
        )
    elif licensed and Decimal(licensed - active) / licensed >= LEAST_UNUSED_SHARE:
        yield _unused(system, licensed, active, columns)


def _unused(system: SystemPicture, licensed: int, active: int, columns: tuple[str, ...]) -> ReadinessFinding:
    saving = unused_saving(system)
    share = Decimal(licensed - active) / licensed
    return ReadinessFinding(
        key=finding_key(FindingRule.UNUSED_LICENCES, system.key),
        rule=FindingRule.UNUSED_LICENCES,
        severity=Severity.HIGH if share >= LARGE_UNUSED_SHARE and saving else Severity.MEDIUM,
        facts=facts(
            name=system.name, unused=licensed - active, licensed=licensed, saving=saving, currency=system.currency
        ),
        evidence=(system_row(system, columns),),
        savings=(Saving(system.key, saving, system.currency, system.contract_end),) if saving else (),
        proposals=(_benefit(BenefitCategory.CUSTOM, saving, system.currency), WORK),
    )


def _benefit(category: BenefitCategory, amount: Decimal | None, currency: str) -> Proposal:
    return Proposal(ProposalKind.BENEFIT, category, amount, currency, is_yearly=True)


def _more_licences(system: SystemPicture, licensed: int, active: int) -> Proposal:
    cost = system.yearly_cost
    price = None if cost is None or not licensed else (cost * (active - licensed) / licensed).quantize(CENT)
    return Proposal(ProposalKind.COST, CostCategory.LICENCES, price, system.currency, is_yearly=True)


def _exit_cost(leaving: list[SystemPicture]) -> Proposal:
    known = [system for system in leaving if system.exit_cost is not None]
    currencies = {system.currency for system in known}
    amount = sum((system.exit_cost or Decimal(0) for system in known), Decimal(0)) if len(currencies) == 1 else None
    currency = currencies.pop() if amount is not None else ""
    return Proposal(ProposalKind.COST, CostCategory.MIGRATION, amount, currency)
