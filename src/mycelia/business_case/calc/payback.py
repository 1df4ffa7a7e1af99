"""When the money put in has come back, interpolated within the year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from itertools import accumulate

from mycelia.business_case.calc.precision import PRECISE
from mycelia.business_case.types import EmptyCashFlow

MONTHS_PER_YEAR = 12


def payback_months(net_flows: Sequence[Decimal]) -> Decimal | None:
    """Return the months after the start until the cumulative net flow is zero or more, and stays so.

    Year 0 counts at the start; the flow of a later year is spread evenly over its twelve months. Pass present
    values to have the discounted payback.

    Args:
        net_flows: Shape (years,), benefit less cost of each year, year 0 first.

    Returns:
        Months, as a fraction; 0 when nothing is ever owed; None when it is not repaid within these years.

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
        under = [year for year, balance in enumerate(owed) if balance < 0]
        if not under:
            return Decimal(0)
        year = under[-1]
        return MONTHS_PER_YEAR * (year + -owed[year] / net_flows[year + 1])
