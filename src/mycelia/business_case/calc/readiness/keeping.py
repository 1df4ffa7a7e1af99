"""A finding as plain values for storage, and back, so that a decision keeps what it was about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from mycelia.business_case.types import (
    BenefitCategory,
    CostCategory,
    EvidenceRow,
    Fact,
    FactValue,
    FindingRule,
    Proposal,
    ProposalKind,
    ReadinessFinding,
    RowKind,
    Saving,
    Severity,
)

_TYPES: dict[str, Any] = {"decimal": Decimal, "date": date.fromisoformat}


def kept(finding: ReadinessFinding) -> dict[str, Any]:
    """Return a finding as values that JSON has; `recalled` gives an equal one back."""
    return {
        "key": finding.key,
        "rule": finding.rule.value,
        "severity": finding.severity.value,
        "facts": kept_facts(finding.facts),
        "evidence": [
            {"kind": row.kind.value, "key": row.key, "name": row.name, "facts": kept_facts(row.facts)}
            for row in finding.evidence
        ],
        "savings": [_plain_saving(one) for one in finding.savings],
        "proposals": [
            {
                "kind": one.kind.value,
                "category": None if one.category is None else one.category.value,
                "amount": None if one.amount is None else str(one.amount),
                "currency": one.currency,
                "is_yearly": one.is_yearly,
            }
            for one in finding.proposals
        ],
    }


def recalled(stored: dict[str, Any]) -> ReadinessFinding:
    """Return the finding that `kept` made plain.

    Raises:
        KeyError, ValueError: It was not made by `kept`.
    """
    return ReadinessFinding(
        key=stored["key"],
        rule=FindingRule(stored["rule"]),
        severity=Severity(stored["severity"]),
        facts=_facts(stored["facts"]),
        evidence=tuple(
            EvidenceRow(RowKind(row["kind"]), row["key"], row["name"], _facts(row["facts"]))
            for row in stored["evidence"]
        ),
        savings=tuple(_saving(*one) for one in stored["savings"]),
        proposals=tuple(_proposal(one) for one in stored["proposals"]),
    )


def _plain_saving(saving: Saving) -> list[str]:
    plain = [saving.system, str(saving.amount), saving.currency]
    return plain if saving.paid_until is None else [*plain, saving.paid_until.isoformat()]


def _saving(system: str, amount: str, currency: str, paid_until: str = "") -> Saving:
    return Saving(system, Decimal(amount), currency, date.fromisoformat(paid_until) if paid_until else None)


def kept_facts(facts: tuple[Fact, ...]) -> list[list[Any]]:
    """Return facts as lists of name, unit, type and value; the type is empty for what JSON has itself."""
    return [[fact.name, fact.unit, *_plain(fact.value)] for fact in facts]


def _plain(value: FactValue) -> tuple[str, Any]:
    if isinstance(value, Decimal):
        return "decimal", str(value)
    return ("date", value.isoformat()) if isinstance(value, date) else ("", value)


def _facts(stored: list[list[Any]]) -> tuple[Fact, ...]:
    return tuple(Fact(name, _TYPES[kind](value) if kind else value, unit) for name, unit, kind, value in stored)


def _proposal(stored: dict[str, Any]) -> Proposal:
    kind = ProposalKind(stored["kind"])
    categories = CostCategory if kind is ProposalKind.COST else BenefitCategory
    return Proposal(
        kind,
        None if stored["category"] is None else categories(stored["category"]),
        None if stored["amount"] is None else Decimal(stored["amount"]),
        stored["currency"],
        stored["is_yearly"],
    )
