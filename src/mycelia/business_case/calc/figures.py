"""All headline figures of a case from its yearly costs and benefits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from mycelia.business_case.calc.break_even import break_even_share
from mycelia.business_case.calc.discounting import present_values
from mycelia.business_case.calc.internal_rates import internal_rates, modified_internal_rate
from mycelia.business_case.calc.payback import payback_months
from mycelia.business_case.calc.precision import PRECISE
from mycelia.business_case.calc.returns import (
    benefit_cost_ratio,
    programme_benefits,
    programme_roi,
    return_on_investment,
)
from mycelia.business_case.types import CaseFigures, YearlyFlows


def sum_of_lines(lines: Sequence[Sequence[Decimal]], *, years: int) -> tuple[Decimal, ...]:
    """Return the sum of all lines for each of the years; a line may be shorter than the horizon.

    Args:
        lines: Each of shape (at most `years`,), year 0 first.
        years: Number of columns, the initial one included.

    Example:
        >>> sum_of_lines([[Decimal(1), Decimal(2)], [Decimal(5)]], years=3)
        (Decimal('6'), Decimal('2'), Decimal('0'))
    """
    return tuple(sum((line[t] for line in lines if t < len(line)), Decimal(0)) for t in range(years))


def case_figures(flows: YearlyFlows, *, rate_per_year: Decimal, first_year_only: bool = False) -> CaseFigures:
    """Return every headline figure of the case.

    Args:
        flows: Costs and benefits by year, positive amounts.
        rate_per_year: Discount rate as a fraction per year, above -1.
        first_year_only: Whether programme ROI and undiscounted benefit-cost ratio, the figures of the Phillips
            method, count the first year's benefits only (a short programme).

    Raises:
        ImpossibleRate: The rate is -1 or less.

    Example:
        >>> flows = YearlyFlows((Decimal(100), Decimal(0)), (Decimal(0), Decimal(220)))
        >>> case_figures(flows, rate_per_year=Decimal("0.10")).npv
        Decimal('100')
    """
    with localcontext(PRECISE):
        return _figures(flows, rate_per_year, first_year_only)


def _figures(flows: YearlyFlows, rate: Decimal, first_year_only: bool) -> CaseFigures:
    costs, benefits = sum(flows.costs, Decimal(0)), sum(flows.benefits, Decimal(0))
    pv_costs_by_year = present_values(flows.costs, rate_per_year=rate)
    pv_benefits_by_year = present_values(flows.benefits, rate_per_year=rate)
    pv_costs, pv_benefits = sum(pv_costs_by_year, Decimal(0)), sum(pv_benefits_by_year, Decimal(0))
    npv = pv_benefits - pv_costs
    counted = programme_benefits(flows, first_year_only=first_year_only)
    return CaseFigures(
        rate_per_year=rate,
        pv_costs_by_year=pv_costs_by_year,
        pv_benefits_by_year=pv_benefits_by_year,
        total_costs=costs,
        total_benefits=benefits,
        pv_costs=pv_costs,
        pv_benefits=pv_benefits,
        npv=npv,
        roi_discounted=return_on_investment(net=npv, costs=pv_costs),
        roi_programme=programme_roi(flows, first_year_only=first_year_only),
        programme_benefits=counted,
        bcr_discounted=benefit_cost_ratio(benefits=pv_benefits, costs=pv_costs),
        bcr_undiscounted=benefit_cost_ratio(benefits=counted, costs=costs),
        payback_simple_months=payback_months(flows.net),
        payback_discounted_months=payback_months(present_values(flows.net, rate_per_year=rate)),
        internal_rates=internal_rates(flows.net),
        modified_internal_rate=modified_internal_rate(flows.net, rate_per_year=rate),
        break_even_benefits=break_even_share(npv=npv, present_value=pv_benefits),
        break_even_costs=break_even_share(npv=npv, present_value=-pv_costs),
    )
