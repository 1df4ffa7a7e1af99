"""Extreme values of a benefit's list: which they are, and that nothing is computed with them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mycelia.business_case.calc import line_flows, option_figures, phillips_warnings, simulate
from mycelia.business_case.calc.extremes import extreme_values, limit_of
from mycelia.business_case.types import CaseModel, Estimate, Finding, InputKind, NamedInput, Principle, Scenario, Shape
from tests.factories.business_case_models import OPTION, a_benefit, a_cost, a_model


def listed(*values: int | str) -> Estimate:
    return Estimate(Shape.LIST, values=tuple(map(Decimal, values)))


@pytest.mark.parametrize(
    ("values", "extremes"),
    [
        ((3, 4, 4, 5, 6, 60), ("60",)),
        ((3, 4, 4, 60), ()),  # four values: too few to tell
        ((2, 3, 4, 5, 11), ()),  # quartiles 3 and 5, so the limit is 11
        ((2, 3, 4, 5, "11.01"), ("11.01",)),
        ((50, 51, 52, 50, 51, 0), ()),  # who gained nothing counts
        ((5, 5, 5, 5, 50), ()),  # no spread: ten times the median is the limit
        ((5, 5, 5, 5, 51), ("51",)),
        ((0, 0, 0, 0, 7), ()),
        ((1, 2, 2, 3, 3, 80, 90), ()),  # the upper quartile is 41.5 itself: they are no exception
    ],
)
def test_value_is_extreme_when_it_is_far_above_the_others(values, extremes):
    assert extreme_values(listed(*values)) == tuple(map(Decimal, extremes))


@given(st.lists(st.decimals(0, 1000, places=2), min_size=5, max_size=30))
def test_limit_is_three_interquartile_ranges_above_the_upper_quartile(values):
    lower, upper = np.quantile([float(value) for value in values], (0.25, 0.75))
    limit = limit_of(values)
    if upper > lower:
        assert float(limit) == pytest.approx(upper + 3 * (upper - lower))
    assert 2 * len(extreme_values(Estimate(Shape.LIST, values=tuple(values)))) < len(values)


def models(line) -> tuple[CaseModel, CaseModel]:
    """The same case with the list as it was entered, and with a list that lacks the extreme value."""
    return a_model(a_cost(), line(listed(3, 4, 4, 5, 6, 60))), a_model(a_cost(), line(listed(3, 4, 4, 5, 6)))


LINES = [
    lambda values: a_benefit(yearly=values),
    lambda values: a_benefit(spread=values),
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("scenario", Scenario)
def test_figures_are_those_without_the_extreme_value(line, scenario):
    entered, without = models(line)
    assert option_figures(entered, OPTION, scenario) == option_figures(without, OPTION, scenario)


@pytest.mark.parametrize("line", LINES)
def test_simulation_never_draws_the_extreme_value(line):
    entered, without = (simulate(model, OPTION, draws=500, seed=4) for model in models(line))
    assert (entered.npv, entered.tornado, entered.break_evens) == (without.npv, without.tornado, without.break_evens)


def test_extreme_cost_counts_because_that_is_the_conservative_choice():
    flows = line_flows(a_model(a_cost(price=listed(3, 4, 4, 5, 6, 68))), OPTION)
    assert flows.costs[0].by_column[0] == 15


def named_models(**costs: Estimate) -> tuple[CaseModel, CaseModel]:
    """A case whose benefit, and whose cost if it is to, is computed with a named list, and with one that is shorter."""
    made = []
    for values in ((3, 4, 4, 5, 6, 60), (3, 4, 4, 5, 6)):
        named = replace(listed(*values), named="hour")
        lines = (a_benefit(yearly=named), a_cost(price=named if costs else 100))
        made.append(a_model(*lines, named=(NamedInput("hour", "Cost of an hour", listed(*values), InputKind.MONEY),)))
    return made[0], made[1]


@pytest.mark.parametrize("costs", [{}, {"price": listed(1)}])
def test_extreme_value_of_a_named_list_that_a_benefit_uses_is_left_out_and_told_once(costs):
    entered, without = named_models(**costs)
    assert option_figures(entered, OPTION) == option_figures(without, OPTION)
    drawn = [simulate(model, OPTION, draws=500, seed=4, explains=False).npv for model in (entered, without)]
    assert drawn[0] == drawn[1]
    told = Finding(Principle.EXTREME_VALUES, "input/hour", "estimate", False, ("60",))
    assert [each for each in phillips_warnings(entered) if each.principle is Principle.EXTREME_VALUES] == [told]
    assert [each for each in phillips_warnings(without) if each.principle is Principle.EXTREME_VALUES] == []


def test_named_list_that_only_costs_use_is_taken_as_it_is():
    hour = replace(listed(3, 4, 4, 5, 6, 68), named="hour")
    model = a_model(a_cost(price=hour), a_benefit(), named=(NamedInput("hour", "An hour", replace(hour, named="")),))
    assert line_flows(model, OPTION).costs[0].by_column[0] == 15
    assert [each for each in phillips_warnings(model) if each.principle is Principle.EXTREME_VALUES] == []
