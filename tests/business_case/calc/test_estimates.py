"""Mean, mode and percentiles of every shape against SciPy's distributions and against integration."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from scipy import stats

from mycelia.business_case.calc.estimates import expected, most_likely
from mycelia.business_case.calc.quantiles import percentile, quantiles
from mycelia.business_case.types import Estimate, Shape

LISTED = Estimate(Shape.LIST, values=(Decimal(1), Decimal(5), Decimal(3)))
LOGNORMAL = Estimate(Shape.LOGNORMAL, low=Decimal(10), high=Decimal(40))
UNCERTAIN = [
    (Estimate.triangular(2, 3, 7), stats.triang(0.2, 2, 5)),
    (Estimate.triangular(2, 2, 7), stats.triang(0, 2, 5)),
    (Estimate.triangular(2, 7, 7), stats.triang(1, 2, 5)),
    (Estimate.pert(2, 3, 7), stats.beta(1.8, 4.2, 2, 5)),
    (Estimate.pert(2, 2, 7), stats.beta(1, 5, 2, 5)),
    (Estimate.pert(2, 7, 7), stats.beta(5, 1, 2, 5)),
    (LOGNORMAL, stats.lognorm(np.log(4) / (2 * stats.norm.ppf(0.9)), scale=20)),
]


@pytest.mark.parametrize(("estimate", "distribution"), UNCERTAIN)
def test_estimate_has_the_mean_and_percentiles_of_its_distribution(estimate, distribution):
    assert float(expected(estimate)) == pytest.approx(distribution.mean(), rel=1e-12)
    for probability in (0.01, 0.1, 0.5, 0.9, 0.99):
        assert percentile(estimate, probability) == pytest.approx(distribution.ppf(probability), rel=1e-9)


@pytest.mark.parametrize(("estimate", "distribution"), UNCERTAIN)
def test_drawn_values_lie_where_the_distribution_puts_them(estimate, distribution):
    grades = np.random.default_rng(7).random(200_000)
    grades[:4] = (2.0**-53, 1e-9, 1 - 1e-9, 1 - 2.0**-53)
    drawn, right = quantiles(estimate)(grades), distribution.ppf(grades)
    width = distribution.ppf(1 if np.isfinite(distribution.ppf(1)) else 0.999) - distribution.ppf(0)
    assert np.abs(drawn - right)[3:].max() < 1e-5 * width
    assert np.isfinite(drawn).all()


@pytest.mark.parametrize(("estimate", "distribution"), UNCERTAIN)
def test_drawn_value_of_grade_zero_is_finite(estimate, distribution):
    assert np.isfinite(quantiles(estimate)(np.array([0.0]))).all()


def test_lognormal_has_its_deciles_where_stated():
    assert (percentile(LOGNORMAL, 0.1), percentile(LOGNORMAL, 0.9)) == pytest.approx((10, 40), rel=1e-12)
    assert most_likely(LOGNORMAL) == 20


def test_list_takes_each_value_with_equal_probability():
    assert expected(LISTED) == 3
    assert most_likely(LISTED) == 3
    assert quantiles(LISTED)(np.array([0, 0.33, 0.34, 0.66, 0.67, 1 - 2.0**-53])).tolist() == [1, 1, 3, 3, 5, 5]


def test_estimate_without_width_is_its_value():
    assert percentile(Estimate.pert(4, 4, 4), 0.1) == percentile(Estimate.fixed(4), 0.9) == 4
    assert not Estimate.triangular(4, 4, 4).is_uncertain


def test_estimate_whose_ends_are_one_number_to_a_computer_is_certain():
    close = Estimate.pert("9999999999998", "9999999999998.000001", "9999999999998.000002")
    assert not close.is_uncertain


@pytest.mark.parametrize("grade", [1 / 64, np.nextafter(1 / 64, 0), 1 - 1 / 64, np.nextafter(1 - 1 / 64, 1), 2**-53])
def test_pert_is_close_where_its_tables_meet(grade):
    drawn = quantiles(Estimate.pert(2, 3, 7))(np.array([grade]))
    assert drawn[0] == pytest.approx(stats.beta(1.8, 4.2, 2, 5).ppf(grade), abs=5e-5)
