"""Risk factors and the principles of the Phillips method, worked by hand; the working is in each docstring."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from mycelia.business_case.calc import line_flows, option_figures, phillips_warnings
from mycelia.business_case.calc.estimates import expected
from mycelia.business_case.calc.quantiles import quantiles
from mycelia.business_case.types import Basis, Discounting, Estimate, Principle, Shape, Timing
from tests.factories.business_case_models import OPTION, a_benefit, a_cost, a_model, entered_benefit

MIDDLES = (np.arange(400_000) + 0.5) / 400_000


@pytest.mark.parametrize(("low", "likely", "high"), [(80, 100, 110), (0, 0, 1), (2, 3, 7), (5, 9, 9)])
def test_triangular_risk_factor_has_the_mean_and_variance_of_the_formula(low, likely, high):
    """Mean (a + m + b) / 3, variance (a^2 + m^2 + b^2 - am - ab - mb) / 18, here by integration over all quantiles."""
    estimate = Estimate.triangular(low, likely, high)
    drawn = quantiles(estimate)(MIDDLES)
    squares = low**2 + likely**2 + high**2 - low * likely - low * high - likely * high
    assert float(expected(estimate)) == pytest.approx((low + likely + high) / 3)
    assert drawn.mean() == pytest.approx((low + likely + high) / 3, rel=1e-6)
    assert drawn.var() == pytest.approx(squares / 18, rel=1e-4)


@pytest.mark.parametrize("basis", Basis)
def test_flat_risk_factor_raises_costs_and_lowers_benefits(basis):
    """10 % on 1,000 spent at once: 1,100; 20 % off 1,200 in the year: 960."""
    cost = a_cost(price=1000, basis=basis, amounts=(Decimal(1000),), risk_adjustment=Decimal("0.1"))
    benefit = a_benefit(yearly=1200, basis=basis, amounts=(Decimal(0), Decimal(1200)), risk_adjustment=Decimal("0.2"))
    flows = line_flows(a_model(cost, benefit, horizon_months=12), OPTION)
    assert (sum(flows.costs_by_column), sum(flows.benefits_by_column)) == (1100, 960)


def test_short_programme_is_credited_with_its_first_year_in_both_figures_of_the_method_and_only_there():
    """1,000 spent; 1,500 in each of two years. First year: ROI (1,500 - 1,000) / 1,000 = 50 %, ratio 1.5.
    At 0 % the net present value keeps both years: 3,000 - 1,000 = 2,000, so 200 % and 3."""
    model = a_model(
        *(a_cost(price=1000), a_benefit(yearly=1500)),
        horizon_months=24,
        rate_per_year=Decimal(0),
        is_short_programme=True,
    )
    figures = option_figures(model, OPTION)
    assert (figures.roi_programme, figures.bcr_undiscounted) == (Decimal("0.5"), Decimal("1.5"))
    assert (figures.npv, figures.roi_discounted, figures.bcr_discounted) == (2000, 2, 3)


@pytest.mark.parametrize("discounting", Discounting)
def test_year_of_a_short_programme_begins_with_its_first_benefit(discounting):
    """100 a month from month 10 on, and 50 a month from month 13 on, over 36 months. Months 10 to 21 are the year:
    12 x 100 + 9 x 50 = 1,650; against 1,000 spent, ROI 65 % and ratio 1.65. Months 1 to 12 would hold 300 alone."""
    later = (a_benefit("a", timing=Timing(10)), a_benefit("b", yearly=600, timing=Timing(13)))
    model = a_model(a_cost(price=1000), *later, is_short_programme=True, discounting=discounting)
    figures = option_figures(model, OPTION)
    assert figures.programme_benefits == 1650
    assert (figures.roi_programme, figures.bcr_undiscounted) == (Decimal("0.65"), Decimal("1.65"))
    told = [one.subject for one in phillips_warnings(model) if one.principle is Principle.FIRST_YEAR_ONLY]
    assert told == ["benefit/a", "benefit/b"]
    once = replace(model, benefits=(replace(later[0], timing=Timing(10, 21)),))
    assert not [one for one in phillips_warnings(once) if one.principle is Principle.FIRST_YEAR_ONLY]


def test_benefit_at_the_start_begins_the_year_of_a_short_programme_there():
    """70 at the start, 120 in each of two years by year: 70 + 120 = 190."""
    model = a_model(a_cost(price=100), entered_benefit(70, 120, 120), horizon_months=24, is_short_programme=True)
    assert option_figures(model, OPTION).programme_benefits == 190


def test_extreme_value_of_a_survey_is_dropped_before_the_mean_is_taken():
    """3, 4, 4, 5, 6 and 60: quartiles 4 and 5.75, so 5.75 + 3 x 1.75 = 11 is the limit; the mean of the rest is 4.4."""
    said = Estimate(Shape.LIST, values=tuple(map(Decimal, (3, 4, 4, 5, 6, 60))))
    figures = option_figures(a_model(a_benefit(yearly=said), horizon_months=12), OPTION)
    assert figures.total_benefits == Decimal("4.4")
