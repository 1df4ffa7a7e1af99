"""Putting a plan that was frozen earlier onto the months of the case as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


def months_between(first: date, second: date) -> int:
    """Return by how many calendar months a day lies after another; negative when it lies before.

    Example:
        >>> months_between(date(2025, 11, 1), date(2026, 2, 1))
        3
    """
    return (second.year - first.year) * 12 + second.month - first.month


def aligned(by_column: Sequence[Decimal], *, shift: int, columns: int) -> tuple[Decimal, ...]:
    """Return amounts on months that begin later or earlier; nothing is lost.

    Args:
        by_column: Shape (n,), column 0 being the plan's own start.
        shift: By how many months the new start lies after the plan's; what was planned before it falls into column 0.
            With a negative one the plan's initial column stays initial, and its months come that much later.
        columns: How many columns there shall be, at least n - shift.

    Example:
        >>> aligned([Decimal(5), Decimal(1), Decimal(2)], shift=1, columns=3)
        (Decimal('6'), Decimal('2'), Decimal('0'))
        >>> aligned([Decimal(5), Decimal(1), Decimal(2)], shift=-1, columns=4)
        (Decimal('5'), Decimal('0'), Decimal('1'), Decimal('2'))
    """
    placed = [ZERO] * columns
    for column, amount in enumerate(by_column):
        placed[max(0, column - shift) if column else 0] += amount
    return tuple(placed)
