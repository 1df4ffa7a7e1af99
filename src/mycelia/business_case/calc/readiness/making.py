"""What every rule makes its findings of: stable keys, and rows of evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from mycelia.business_case.types import (
    EvidenceRow,
    Fact,
    FactValue,
    FindingRule,
    Proposal,
    ProposalKind,
    RowKind,
    SystemPicture,
)

WORK = Proposal(ProposalKind.WORK_ITEM)
MONEY_COLUMNS = frozenset({"yearly_cost", "exit_cost"})


def finding_key(rule: FindingRule, *subjects: str) -> str:
    """Return the name of a finding: its rule, and a fingerprint of what it is about in any order.

    Example:
        >>> finding_key(FindingRule.OVERLAP, "b", "a") == finding_key(FindingRule.OVERLAP, "a", "b")
        True
    """
    about = "\n".join(sorted(subjects))
    return f"{rule}-{hashlib.sha256(about.encode()).hexdigest()[:16]}"


def facts(**values: FactValue) -> tuple[Fact, ...]:
    """Return values by name."""
    return tuple(Fact(name, value) for name, value in values.items())


def system_row(system: SystemPicture, columns: Iterable[str]) -> EvidenceRow:
    """Return the row of a system with some of its columns; amounts carry their currency."""
    shown = tuple(
        Fact(column, getattr(system, column), system.currency if column in MONEY_COLUMNS else "") for column in columns
    )
    return EvidenceRow(RowKind.SYSTEM, system.key, system.name, shown)
