"""The rows that a named input is used in, which hold its numbers beside its key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mycelia.business_case.models import BenefitLine, Case, CaseDrivers, CostLine
from mycelia.business_case.types import Estimate

FIELDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (CaseDrivers, ("headcount", "content_hours")),
    (CostLine, ("quantity", "price", "spread")),
    (BenefitLine, ("inputs", "isolation", "confidence_factor", "spread")),
)
"""The columns in which an estimate may be a named input."""


def rows_using(case: Case, key: str) -> Iterator[Any]:
    """Yield the rows of a case, locked, in which a named input is used."""
    for row, _changed in _uses(case, key, Estimate(named=key)):
        yield row


def spread_numbers(case: Case, key: str, estimate: Estimate) -> None:
    """Store the numbers of a named input wherever it is used; no revision changes, since nothing was restated."""
    for row, changed in _uses(case, key, replace(estimate, named=key)):
        for name, value in changed.items():
            setattr(row, name, value)
        row.save(update_fields=list(changed))


def _uses(case: Case, key: str, numbers: Estimate) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Yield each row that uses the input, with the columns as they are once it has these numbers."""
    for model, names in FIELDS:
        for row in model.objects.filter(case=case):
            stated = {name: getattr(row, name) for name in names}
            changed = {name: _with(value, numbers) for name, value in stated.items() if _has(value, key)}
            if changed:
                yield row, changed


def _has(value: Estimate | dict[str, Estimate], key: str) -> bool:
    return value.named == key if isinstance(value, Estimate) else any(each.named == key for each in value.values())


def _with(value: Estimate | dict[str, Estimate], numbers: Estimate) -> Estimate | dict[str, Estimate]:
    if isinstance(value, Estimate):
        return numbers
    return {name: numbers if each.named == numbers.named else each for name, each in value.items()}
