"""Present values by year, with an undiscounted initial column (year 0)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from mycelia.business_case.calc.precision import PRECISE
from mycelia.business_case.types import EmptyCashFlow, ImpossibleRate


def present_values(flows: Sequence[Decimal], *, rate_per_year: Decimal) -> tuple[Decimal, ...]:
    """Return the present value of each year's flow: the flow of year t over (1 + rate) to the power t.

    Args:
        flows: Shape (years,), year 0 first. Year 0 is the undiscounted initial column; the flows of a
            later year count at its end.
        rate_per_year: Discount rate as a fraction per year, above -1.

    Raises:
        EmptyCashFlow: `flows` is empty.
        ImpossibleRate: The rate is -1 or less.

    Example:
        >>> present_values([Decimal(-100), Decimal(110)], rate_per_year=Decimal("0.10"))
        (Decimal('-100'), Decimal('1E+2'))
    """
    if not flows:
        raise EmptyCashFlow
    if rate_per_year <= -1:
        raise ImpossibleRate
    with localcontext(PRECISE):
        return tuple(flow / (1 + rate_per_year) ** year for year, flow in enumerate(flows))


def npv(flows: Sequence[Decimal], *, rate_per_year: Decimal) -> Decimal:
    """Return the net present value of yearly cash flows.

    Args:
        flows: Shape (years,), year 0 first, in one currency; costs are negative.
        rate_per_year: Discount rate as a fraction per year, above -1.

    Raises:
        EmptyCashFlow: `flows` is empty.
        ImpossibleRate: The rate is -1 or less.

    Example:
        >>> npv([Decimal(-100), Decimal(110)], rate_per_year=Decimal("0.10"))
        Decimal('0')
    """
    with localcontext(PRECISE):
        return sum(present_values(flows, rate_per_year=rate_per_year), Decimal(0))
