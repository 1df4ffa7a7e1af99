"""A published Total Economic Impact study, reproduced to its printed figures.

Source: Forrester Consulting, The Total Economic Impact of SalesLoft: yearly model with an undiscounted initial column
and a discount rate of 10 % a year.
"""

from decimal import ROUND_HALF_EVEN, Decimal

from mycelia.business_case.calc import case_figures
from mycelia.business_case.types import CaseFigures, YearlyFlows

COSTS = (Decimal(53_150), Decimal(666_715), Decimal(636_772), Decimal(647_783))
BENEFITS = (Decimal(0), Decimal(1_606_511), Decimal(3_061_331), Decimal(4_229_760))


def study() -> CaseFigures:
    return case_figures(YearlyFlows(COSTS, BENEFITS), rate_per_year=Decimal("0.10"))


def whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_EVEN))


def test_present_values_of_salesloft_equal_the_published_figures():
    assert whole(study().pv_costs) == 1_672_201
    assert whole(study().pv_benefits) == 7_168_371


def test_npv_of_salesloft_equals_the_published_figure():
    assert whole(study().npv) == 5_496_170


def test_discounted_roi_of_salesloft_is_the_published_329_percent():
    roi = study().roi_discounted
    assert roi is not None
    assert whole(roi * 100) == 329


def test_programme_roi_of_salesloft_is_benefits_less_costs_over_costs():
    """(8,897,602 - 2,004,420) / 2,004,420 = 343.9 %."""
    roi = study().roi_programme
    assert roi is not None
    assert whole(roi * 1000) == 3439


def test_salesloft_is_repaid_within_its_first_month_of_year_one():
    payback = study().payback_simple_months
    assert payback is not None
    assert payback.quantize(Decimal("0.01")) == Decimal("0.68")
