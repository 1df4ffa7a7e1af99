"""When the money put in has come back, interpolated within the column."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from itertools import accumulate

from mycelia.business_case.calc.precision import PRECISE
from mycelia.business_case.types import EmptyCashFlow

MONTHS_PER_YEAR = 12


def payback_months(net_flows: Sequence[Decimal], *, months_each: int = MONTHS_PER_YEAR) -> Decimal | None:
    """Return the months after the start until the cumulative net flow is zero or more, and stays so.

    Column 0 counts at the start; the flow of a later column is spread evenly over its months. Pass present values
    to have the discounted payback.

    Args:
        net_flows: Shape (columns,), benefit less cost of each, the initial column first.
        months_each: Months of every later column: 12 for years, 1 for months.

    Returns:
        Months, as a fraction; 0 when nothing is ever owed; None when it is not repaid within these columns.

    Raises:
        EmptyCashFlow: `net_flows` is empty.

    Example:
        >>> payback_months([Decimal(-100), Decimal(50), Decimal(100)])
        Decimal('18.0')
        >>> payback_months([Decimal(-100), Decimal(50)]) is None
        True
    """
    if not net_flows:
        raise EmptyCashFlow
    with localcontext(PRECISE):
        owed = list(accumulate(net_flows))
        if owed[-1] < 0:
            return None
        under = [column for column, balance in enumerate(owed) if balance < 0]
        if not under:
            return Decimal(0)
        column = under[-1]
        return months_each * (column + -owed[column] / net_flows[column + 1])
