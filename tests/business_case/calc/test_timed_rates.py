"""Internal rates of flows at any times, against the exact ones of yearly flows and against their own definition."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mycelia.business_case.calc import internal_rates
from mycelia.business_case.calc.simulation.drawn_rates import internal_rates_of_draws
from mycelia.business_case.calc.timed_rates import timed_internal_rates

flows = st.lists(st.integers(-1000, 1000), min_size=2, max_size=9)


def decimals(amounts):
    return [Decimal(amount) for amount in amounts]


def as_growth(rates):
    return [float((1 + rate).ln()) for rate in rates]


@given(flows)
def test_rates_of_yearly_flows_are_the_exact_ones(amounts):
    exact = as_growth(internal_rates(decimals(amounts)))
    assume(all(right - left > 1e-4 for left, right in pairwise(exact)))
    found = as_growth(timed_internal_rates(decimals(amounts), times=[float(year) for year in range(len(amounts))]))
    assert found == pytest.approx(exact, abs=1e-6)


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=40))
def test_every_monthly_rate_brings_the_present_value_to_zero(amounts):
    times = [0.0, *((month - 0.5) / 12 for month in range(1, len(amounts)))]
    for growth in as_growth(timed_internal_rates(decimals(amounts), times=times)):
        terms = np.array(amounts) * np.exp(-np.array(times) * growth)
        assert abs(terms.sum()) <= 1e-7 * np.abs(terms).sum() * max(1, abs(growth))


@given(st.integers(1, 1000), st.lists(st.integers(0, 1000), min_size=1, max_size=60))
def test_one_outlay_before_all_returns_has_exactly_one_rate(outlay, returns):
    assume(sum(returns) >= outlay)
    times = [0.0, *((month + 0.5) / 12 for month in range(len(returns)))]
    assert len(timed_internal_rates(decimals([-outlay, *returns]), times=times)) == 1


def test_rate_that_only_touches_zero_is_found_once():
    """-(g - 1.1) squared by year."""
    rates = timed_internal_rates(decimals(["-100", "220", "-121"]), times=[0.0, 1.0, 2.0])
    assert [round(float(rate), 5) for rate in rates] == [0.1]


def test_flows_of_nothing_have_no_rate():
    assert timed_internal_rates(decimals([0, 0]), times=[0.0, 1.0]) == ()


@pytest.mark.parametrize("times", [np.arange(5.0), np.array([0, 0.5, 1.5, 2.5, 3.5]) / 12])
def test_rates_of_many_draws_are_those_of_each(times):
    drawn = np.random.default_rng(3).integers(-500, 700, (5, 300)).astype(float)
    drawn[0] = -np.abs(drawn[0]) - 100
    found = internal_rates_of_draws(drawn, times)
    single = 0
    for rate, amounts in zip(found, drawn.T, strict=True):
        rates = [float(each) for each in timed_internal_rates(decimals(amounts.tolist()), times=times.tolist())]
        within = [each for each in rates if -0.985 < each < 990]
        if len(within) == len(rates) == 1:
            assert rate == pytest.approx(rates[0], rel=1e-6, abs=1e-9)
            single += 1
    assert single > 50


def test_rate_of_losing_all_at_once_is_passed_over():
    """1,000 put in and 1 returned after half a month leave 1000^-24 after a year."""
    assert timed_internal_rates(decimals([-1000, 1]), times=[0.0, 0.5 / 12]) == ()
