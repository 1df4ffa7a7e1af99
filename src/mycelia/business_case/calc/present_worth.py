"""What an amount in each column is worth at the start."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from mycelia.business_case.calc.precision import PRECISE


def present_worth(by_column: Sequence[Decimal], factors: Sequence[Decimal]) -> Decimal:
    """Return the present value of a line: its amount in each column times the factor of the column.

    Args:
        by_column: Shape (columns,), in one currency; empty for a line that is not computed.
        factors: Shape (columns,): the present value of one unit of money in each, as `month_factors` gives it.

    Example:
        >>> present_worth([Decimal(10), Decimal(20)], [Decimal(1), Decimal("0.5")])
        Decimal('20.0')
    """
    with localcontext(PRECISE):
        return sum((amount * factor for amount, factor in zip(by_column, factors, strict=False)), Decimal(0))
