"""Identities that hold for every case, whatever its amounts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mycelia.business_case.calc import (
    benefit_cost_ratio,
    break_even_share,
    case_figures,
    internal_rates,
    npv,
    payback_months,
    present_values,
    sum_of_lines,
)
from mycelia.business_case.types import EmptyCashFlow, ImpossibleRate, UnequalYears, YearlyFlows

CENTS = Decimal("0.000001")
amounts = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False)
signed = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False)
rates = st.decimals(min_value=0, max_value=1, places=4, allow_nan=False, allow_infinity=False)
flow_lists = st.lists(signed, min_size=1, max_size=11)


@st.composite
def yearly_flows(draw):
    years = draw(st.integers(1, 11))
    side = st.lists(amounts, min_size=years, max_size=years).map(tuple)
    return YearlyFlows(draw(side), draw(side))


def close(left: Decimal, right: Decimal) -> bool:
    return abs(left - right) < CENTS


@given(flow_lists)
def test_npv_at_zero_percent_is_the_sum(flows):
    assert npv(flows, rate_per_year=Decimal(0)) == sum(flows)


@given(flow_lists, rates, st.integers(1, 1000))
def test_npv_of_scaled_flows_is_scaled(flows, rate, factor):
    scaled = npv([flow * factor for flow in flows], rate_per_year=rate)
    assert close(scaled, factor * npv(flows, rate_per_year=rate))


@given(flow_lists, rates)
def test_npv_of_flows_one_year_later_is_discounted_once_more(flows, rate):
    later = npv([Decimal(0), *flows], rate_per_year=rate)
    assert close(later * (1 + rate), npv(flows, rate_per_year=rate))


@given(flow_lists, flow_lists, rates)
def test_npv_of_a_sum_is_the_sum_of_npvs(left, right, rate):
    years = max(len(left), len(right))
    together = npv(sum_of_lines([left, right], years=years), rate_per_year=rate)
    assert close(together, npv(left, rate_per_year=rate) + npv(right, rate_per_year=rate))


@given(yearly_flows(), rates)
def test_roi_is_the_benefit_cost_ratio_less_one(flows, rate):
    figures = case_figures(flows, rate_per_year=rate)
    if figures.roi_discounted is None:
        assert figures.pv_costs == 0
    else:
        assert close(figures.roi_discounted, figures.bcr_discounted - 1)
        assert close(figures.roi_programme, figures.bcr_undiscounted - 1)


@given(yearly_flows(), rates)
def test_line_of_nothing_changes_no_figure(flows, rate):
    nothing = [Decimal(0)] * len(flows.costs)
    more = YearlyFlows(sum_of_lines([flows.costs, nothing], years=len(nothing)), flows.benefits)
    assert case_figures(more, rate_per_year=rate) == case_figures(flows, rate_per_year=rate)


@given(yearly_flows(), rates)
def test_benefits_at_their_break_even_share_bring_npv_to_zero(flows, rate):
    figures = case_figures(flows, rate_per_year=rate)
    if figures.break_even_benefits is not None:
        assert close(figures.pv_benefits * figures.break_even_benefits, figures.pv_costs)


@given(flow_lists)
def test_every_internal_rate_brings_npv_to_zero(flows):
    size = sum(abs(flow) for flow in flows)
    for rate in internal_rates(flows):
        residue = npv(flows, rate_per_year=rate) * (1 + rate) ** (len(flows) - 1)
        assert abs(residue) <= size * max(Decimal(1), 1 + rate) ** len(flows) * Decimal("1e-12")


@given(flow_lists)
def test_investment_with_one_change_of_sign_has_exactly_one_internal_rate(flows):
    invested, returned = [-abs(flow) - 1 for flow in flows], [abs(flow) + 1 for flow in flows]
    assert len(internal_rates([*invested, *returned])) == 1


@given(flow_lists)
def test_payback_lies_within_the_horizon_and_the_balance_stays_paid(flows):
    months = payback_months(flows)
    if months is None:
        assert sum(flows) < 0
    else:
        assert 0 <= months <= 12 * (len(flows) - 1)
        assert sum(flows) >= 0


@given(flow_lists, st.integers(1, 1000))
def test_payback_does_not_depend_on_the_scale(flows, factor):
    months, scaled = payback_months(flows), payback_months([flow * factor for flow in flows])
    assert (months is None) == (scaled is None)
    assert months is None or close(months, scaled)


@given(yearly_flows(), rates)
def test_discounting_never_brings_an_investment_back_sooner(flows, rate):
    invested = (flows.benefits[0] + 1 + flows.costs[0], *(Decimal(0) for _ in flows.costs[1:]))
    figures = case_figures(YearlyFlows(invested, flows.benefits), rate_per_year=rate)
    if figures.payback_discounted_months is not None:
        assert figures.payback_simple_months is not None
        assert figures.payback_simple_months <= figures.payback_discounted_months + CENTS


def test_figures_of_no_years_are_refused():
    with pytest.raises(EmptyCashFlow):
        present_values([], rate_per_year=Decimal(0))
    with pytest.raises(EmptyCashFlow):
        YearlyFlows((), ())
    with pytest.raises(EmptyCashFlow):
        payback_months([])


def test_sides_of_unequal_length_are_refused():
    with pytest.raises(UnequalYears):
        YearlyFlows((Decimal(1),), ())


def test_rate_of_minus_one_is_refused():
    with pytest.raises(ImpossibleRate):
        npv([Decimal(1)], rate_per_year=Decimal(-1))


def test_break_even_of_a_part_worth_nothing_does_not_exist():
    assert break_even_share(npv=Decimal(1), present_value=Decimal(0)) is None
    assert benefit_cost_ratio(benefits=Decimal(1), costs=Decimal(0)) is None
