"""Returns as ratios: the two conventions of return on investment, and the benefit-cost ratio."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from mycelia.business_case.calc.precision import PRECISE
from mycelia.business_case.types import YearlyFlows


def return_on_investment(*, net: Decimal, costs: Decimal) -> Decimal | None:
    """Return net benefit over cost as a fraction, or None where there is no cost to divide by.

    Both conventions are this quotient. Discounted (Total Economic Impact): `net` is the net present value and
    `costs` the present value of costs. Undiscounted (Phillips): `net` is benefits less costs as they are.

    Example:
        >>> return_on_investment(net=Decimal(150), costs=Decimal(100))
        Decimal('1.5')
        >>> return_on_investment(net=Decimal(150), costs=Decimal(0)) is None
        True
    """
    if costs == 0:
        return None
    with localcontext(PRECISE):
        return net / costs


def programme_benefits(flows: YearlyFlows, *, first_year_only: bool) -> Decimal:
    """Return the undiscounted benefits that the programme ROI may count.

    Args:
        flows: Costs and benefits by year.
        first_year_only: For a short programme only the initial column and the first year with benefits count, because
            the effect of a short intervention is not credited beyond its first year.

    References:
        Phillips, J. J. and Phillips, P. P., the ROI Methodology, guiding principle 9: "Only the first year of
        benefits should be used in the ROI analysis of short-term solutions".
    """
    return sum(first_year_of(flows.benefits, length=1) if first_year_only else flows.benefits, Decimal(0))


def first_year_of(benefits: Sequence[Decimal], *, length: int) -> tuple[Decimal, ...]:
    """Return the initial column and the first year of benefits, which begins with the first of them.

    Args:
        benefits: By year or by month, the initial column first.
        length: How many columns a year has.

    Example:
        >>> first_year_of([Decimal(0), Decimal(0), Decimal(7), Decimal(8)], length=1)
        (Decimal('0'), Decimal('7'))
    """
    first = first_benefit(benefits)
    return (*benefits[:1], *benefits[first : first + length])


def first_benefit(benefits: Sequence[Decimal]) -> int:
    """Return the column after the initial one in which the first year begins: that of the first benefit."""
    if benefits and benefits[0]:
        return 1
    return next((column for column, amount in enumerate(benefits) if amount), 1)


def programme_roi(flows: YearlyFlows, *, first_year_only: bool) -> Decimal | None:
    """Return the undiscounted programme ROI, (benefits - costs) / costs, as a fraction.

    Costs are always those of the whole horizon: they are fully loaded, also where only the benefits of the first
    year may be counted. None where there is no cost.

    Example:
        >>> flows = YearlyFlows((Decimal(100), Decimal(0)), (Decimal(0), Decimal(230)))
        >>> programme_roi(flows, first_year_only=False)
        Decimal('1.3')
    """
    costs = sum(flows.costs, Decimal(0))
    net = programme_benefits(flows, first_year_only=first_year_only) - costs
    return return_on_investment(net=net, costs=costs)


def benefit_cost_ratio(*, benefits: Decimal, costs: Decimal) -> Decimal | None:
    """Return benefits over costs, both present values or both undiscounted; None where there is no cost.

    Example:
        >>> benefit_cost_ratio(benefits=Decimal(300), costs=Decimal(200))
        Decimal('1.5')
    """
    if costs == 0:
        return None
    with localcontext(PRECISE):
        return benefits / costs
