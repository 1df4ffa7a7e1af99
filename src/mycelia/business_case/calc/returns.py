"""Returns as ratios: the two conventions of return on investment, and the benefit-cost ratio."""

from __future__ import annotations

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
        first_year_only: For a short programme only the initial column and year 1 count, because the effect of a
            short intervention is not credited beyond its first year.

    References:
        Phillips, J. J. and Phillips, P. P., the ROI Methodology, guiding principle 9: "Only the first year of
        benefits should be used in the ROI analysis of short-term solutions".
    """
    counted = flows.benefits[:2] if first_year_only else flows.benefits
    return sum(counted, Decimal(0))


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
