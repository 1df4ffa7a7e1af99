"""Cases small enough to be worked by hand; the working is in each docstring."""

from decimal import Decimal

import pytest

from mycelia.business_case.calc import (
    case_figures,
    internal_rates,
    modified_internal_rate,
    payback_months,
    present_values,
)
from mycelia.business_case.types import YearlyFlows


def decimals(*amounts: str | int) -> list[Decimal]:
    return [Decimal(amount) for amount in amounts]


def rounded(values, places="0.000001"):
    return [value.quantize(Decimal(places)) for value in values]


def test_simple_payback_falls_half_way_through_the_second_year():
    """-1000 + 400 = -600 after year 1; year 2 brings 1200, so 6 of its 12 months: 18."""
    assert payback_months(decimals(-1000, 400, 1200)) == 18


def test_discounted_payback_is_later_than_the_simple_one():
    """At 10 %: -1000 + 363.64 = -636.36; year 2 brings 991.74, so 7.7 of its 12 months."""
    values = present_values(decimals(-1000, 400, 1200), rate_per_year=Decimal("0.10"))
    assert rounded([payback_months(values)], "0.01") == [Decimal("19.70")]


def test_payback_after_a_relapse_counts_from_the_last_repayment():
    """-100, +150 (repaid at month 8), -100 (owes 50), +100: repaid for good half-way through year 3, month 30."""
    assert payback_months(decimals(-100, 150, -100, 100)) == 30


def test_payback_never_reached_is_none():
    assert payback_months(decimals(-1000, 100, 100)) is None


def test_internal_rate_of_a_doubling_in_one_year_is_one_hundred_percent():
    assert rounded(internal_rates(decimals(-100, 200))) == [Decimal("1.000000")]


def test_internal_rates_of_the_pump_problem_are_two():
    """-1600, 10000, -10000 (Lorie and Savage 1955): 25 % and 400 %."""
    assert rounded(internal_rates(decimals(-1600, 10000, -10000))) == decimals("0.250000", "4.000000")


def test_internal_rate_that_only_touches_zero_is_found_once():
    """-(g - 1.1) squared: one double root at 10 %."""
    assert rounded(internal_rates(decimals(-100, 220, -121))) == [Decimal("0.100000")]


@pytest.mark.parametrize("flows", [(100, 200), (-100, -1), (0, 0), (100, -300, 400)])
def test_internal_rates_that_do_not_exist_are_none_at_all(flows):
    """No change of sign, nothing at all, and 100g^2 - 300g + 400, whose discriminant is negative."""
    assert internal_rates(decimals(*flows)) == ()


def test_modified_internal_rate_of_the_worked_example():
    """Finance and reinvest at 10 %: 1000 invested; 500 x 1.21 + 400 x 1.1 + 300 = 1345; cube root of 1.345."""
    rate = modified_internal_rate(decimals(-1000, 500, 400, 300), rate_per_year=Decimal("0.10"))
    assert rounded([rate]) == [Decimal("0.103843")]


def test_short_programme_counts_the_first_year_of_benefits_only():
    """Costs 100; benefits 150 in year 1, 500 later: ROI (150 - 100) / 100 = 50 %, not 550 %."""
    flows = YearlyFlows(tuple(decimals(100, 0, 0)), tuple(decimals(0, 150, 500)))
    short = case_figures(flows, rate_per_year=Decimal(0), first_year_only=True)
    assert short.roi_programme == Decimal("0.5")
    assert case_figures(flows, rate_per_year=Decimal(0)).roi_programme == Decimal("5.5")


def test_ratios_over_no_cost_do_not_exist():
    figures = case_figures(YearlyFlows((Decimal(0),), (Decimal(5),)), rate_per_year=Decimal("0.1"))
    assert figures.roi_discounted is figures.roi_programme is figures.bcr_discounted is None
    assert figures.payback_simple_months == 0


def test_internal_rate_on_the_edge_of_a_searched_interval_is_found():
    """g(g - 1.1)(g - 1.3) has Cauchy bound 3.4; (g - 0.85)(g - 2.55) puts a root on a quarter of its bound."""
    rates = internal_rates(decimals(100, -340, "216.75"))
    assert rounded(rates) == decimals("-0.150000", "1.550000")
