"""Rows of amounts by year, as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mycelia.business_case.pages import formats
from mycelia.business_case.pages.derived import Derivation


@dataclass(frozen=True)
class LineTotal:
    """A cost or benefit line with what it comes to."""

    description: str
    source: str
    total: str
    derivation: Derivation | None = None


@dataclass(frozen=True)
class AmountRow:
    """A named row of a table by year."""

    label: str
    amounts: tuple[str, ...]
    total: str
    is_sum: bool = False
    derivation: Derivation | None = None


def amount_row(
    label: str, amounts: Sequence[Decimal], *, is_sum: bool = False, derivation: Derivation | None = None
) -> AmountRow:
    """Return a row with its total."""
    written = tuple(formats.number(value) for value in amounts)
    return AmountRow(label, written, formats.number(sum(amounts, Decimal(0))), is_sum, derivation)
