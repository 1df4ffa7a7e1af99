"""All headline figures of one option of a case, from what its lines come to in each month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, localcontext

from mycelia.business_case.calc.break_even import break_even_share
from mycelia.business_case.calc.figures import case_figures
from mycelia.business_case.calc.flows import line_flows
from mycelia.business_case.calc.payback import payback_months
from mycelia.business_case.calc.precision import PRECISE
from mycelia.business_case.calc.returns import benefit_cost_ratio, first_year_of, return_on_investment
from mycelia.business_case.calc.timed_rates import timed_internal_rates
from mycelia.business_case.calc.timeline import MONTHS, times_of_columns
from mycelia.business_case.types import CaseFigures, CaseModel, Discounting, OptionFlows, Scenario, YearlyFlows

ZERO = Decimal(0)


def option_figures(model: CaseModel, option: str, scenario: Scenario = Scenario.EXPECTED) -> CaseFigures:
    """Return every headline figure of an option in one scenario.

    Raises:
        UnsoundModel: Something in the model makes it impossible to compute.
    """
    return flow_figures(model, line_flows(model, option, scenario))


def flow_figures(model: CaseModel, flows: OptionFlows) -> CaseFigures:
    """Return every headline figure of flows that are known already.

    With YEAR_END discounting the yearly sums are discounted, so that figures equal those of a case entered by year;
    with MID_MONTH each month is. Paybacks are by month in both. Internal rates are the rates at which the net present
    value is zero under the case's own convention.
    """
    with localcontext(PRECISE):
        yearly = YearlyFlows(by_year(flows.costs_by_column), by_year(flows.benefits_by_column))
        figures = case_figures(yearly, rate_per_year=model.rate_per_year, first_year_only=model.is_short_programme)
        if model.is_short_programme:
            figures = _credited(flows, figures)
        if model.discounting is Discounting.MID_MONTH:
            figures = _by_month(model, flows, figures)
        return _after_tax(model, _paid_back(model, flows, figures))


def by_year(columns: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return column 0, then the sum of each twelve months.

    Example:
        >>> by_year([Decimal(5)] + [Decimal(1)] * 18)
        (Decimal('5'), Decimal('12'), Decimal('6'))
    """
    months = columns[1:]
    return (columns[0], *(sum(months[first : first + MONTHS], ZERO) for first in range(0, len(months), MONTHS)))


def month_factors(model: CaseModel) -> tuple[Decimal, ...]:
    """Return the present value of one unit of money in each column, in exact decimals."""
    with localcontext(PRECISE):
        growth, columns = 1 + model.rate_per_year, range(1, model.horizon_months + 1)
        if model.discounting is Discounting.YEAR_END:
            return (Decimal(1), *(growth ** -(1 + (column - 1) // MONTHS) for column in columns))
        half_month = growth ** (Decimal(-1) / (2 * MONTHS))
        return (Decimal(1), *(half_month ** (2 * column - 1) for column in columns))


def _credited(flows: OptionFlows, figures: CaseFigures) -> CaseFigures:
    """Return figures in which a short programme is credited with twelve months, from its first benefit on."""
    benefits, costs = sum(first_year_of(flows.benefits_by_column, length=MONTHS), ZERO), figures.total_costs
    return replace(
        figures,
        programme_benefits=benefits,
        roi_programme=return_on_investment(net=benefits - costs, costs=costs),
        bcr_undiscounted=benefit_cost_ratio(benefits=benefits, costs=costs),
    )


def _by_month(model: CaseModel, flows: OptionFlows, figures: CaseFigures) -> CaseFigures:
    factors = month_factors(model)
    costs = by_year([amount * factor for amount, factor in zip(flows.costs_by_column, factors, strict=True)])
    benefits = by_year([amount * factor for amount, factor in zip(flows.benefits_by_column, factors, strict=True)])
    pv_costs, pv_benefits = sum(costs, ZERO), sum(benefits, ZERO)
    npv, net = pv_benefits - pv_costs, _net(flows)
    return replace(
        figures,
        pv_costs_by_year=costs,
        pv_benefits_by_year=benefits,
        pv_costs=pv_costs,
        pv_benefits=pv_benefits,
        npv=npv,
        roi_discounted=return_on_investment(net=npv, costs=pv_costs),
        bcr_discounted=benefit_cost_ratio(benefits=pv_benefits, costs=pv_costs),
        internal_rates=timed_internal_rates(net, times=times_of_columns(model.discounting, len(net)).tolist()),
        modified_internal_rate=_modified_rate(model, net, factors),
        break_even_benefits=break_even_share(npv=npv, present_value=pv_benefits),
        break_even_costs=break_even_share(npv=npv, present_value=-pv_costs),
    )


def _modified_rate(model: CaseModel, net: Sequence[Decimal], factors: Sequence[Decimal]) -> Decimal | None:
    """Return the yearly growth from the present value of all outflows to the end value of all inflows."""
    present = [flow * factor for flow, factor in zip(net, factors, strict=True)]
    invested = -sum((value for value in present if value < 0), ZERO)
    years = Decimal(model.horizon_months) / MONTHS
    returned = sum((value for value in present if value > 0), ZERO) * (1 + model.rate_per_year) ** years
    if invested == 0 or returned == 0:
        return None
    return (returned / invested) ** (1 / years) - 1


def _paid_back(model: CaseModel, flows: OptionFlows, figures: CaseFigures) -> CaseFigures:
    net = _net(flows)
    present = [flow * factor for flow, factor in zip(net, month_factors(model), strict=True)]
    return replace(
        figures,
        payback_simple_months=payback_months(net, months_each=1),
        payback_discounted_months=payback_months(present, months_each=1),
    )


def _after_tax(model: CaseModel, figures: CaseFigures) -> CaseFigures:
    if model.tax_rate is None:
        return figures
    tax = figures.npv * model.tax_rate
    return replace(
        figures,
        npv=figures.npv - tax,
        roi_discounted=return_on_investment(net=figures.npv - tax, costs=figures.pv_costs),
        total_tax=(figures.total_benefits - figures.total_costs) * model.tax_rate,
        pv_tax=tax,
    )


def _net(flows: OptionFlows) -> tuple[Decimal, ...]:
    return tuple(b - c for b, c in zip(flows.benefits_by_column, flows.costs_by_column, strict=True))
