"""What is computed for many draws at once equals what is computed one by one."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from mycelia.business_case.calc.adoption import months_since, share_of_ceiling, shares_by_column
from mycelia.business_case.calc.quantiles import quantile_rows, quantiles
from mycelia.business_case.calc.simulation.drawn_rates import internal_rates_of_draws
from mycelia.business_case.calc.simulation.spreads import quantiles_of
from mycelia.business_case.calc.simulation.sums import ramped, sum_up
from mycelia.business_case.types import Adoption, AdoptionKind, Estimate, Shape

COLUMNS = np.arange(121, dtype=np.int32)[:, None]
BASS = Adoption(AdoptionKind.BASS)
LOGISTIC = Adoption(AdoptionKind.LOGISTIC, midpoint_months=Decimal(9))
AT_ONCE = Adoption(AdoptionKind.LOGISTIC, steepness_per_month=Decimal(100), midpoint_months=Decimal(1200))
STEPS = Adoption(AdoptionKind.STEPS, steps=((0, Decimal("0.2")), (6, Decimal(1))))


@pytest.mark.parametrize("adoption", [BASS, LOGISTIC, AT_ONCE, STEPS])
def test_shares_by_column_are_those_of_each_month(adoption):
    generator = np.random.default_rng(1)
    start, tempo = generator.integers(0, 122, 500, dtype=np.int32), generator.uniform(0.01, 12, 500)
    shares = shares_by_column(adoption, COLUMNS, start, tempo)
    right = share_of_ceiling(adoption, months_since(COLUMNS, start), tempo)
    np.testing.assert_allclose(shares, right, rtol=0, atol=1e-13)


def test_share_before_the_start_is_nothing():
    start = np.array([0, 1, 60, 121], dtype=np.int32)
    shares = shares_by_column(BASS, COLUMNS, start, np.array([0.01, 1, 12, 1]))
    assert not shares[np.maximum(start, 1) > COLUMNS].any()
    assert (shares[np.maximum(start, 1) <= COLUMNS] > 0).all()


def test_one_tempo_for_all_draws_is_taken():
    start = np.array([3, 40], dtype=np.int32)
    right = share_of_ceiling(BASS, months_since(COLUMNS, start), 1.5)
    np.testing.assert_allclose(shares_by_column(BASS, COLUMNS, start, 1.5), right, rtol=0, atol=1e-13)


@pytest.mark.parametrize("months", [1, 6, 60, 200])
def test_ramp_grows_linearly_from_each_beginning(months):
    begun = np.zeros((61, 3))
    begun[[1, 7, 60], [0, 1, 2]] = 2.0, 3.0, 5.0
    begun[20, 0] = 4.0
    since = lambda column: np.clip((np.arange(61) - column + 0.5) / months, 0, 1)  # noqa: E731
    right = np.stack([2 * since(1) + 4 * since(20), 3 * since(7), 5 * since(60)], axis=1)
    np.testing.assert_allclose(ramped(sum_up(begun), months), right, rtol=1e-12, atol=0)


def test_rate_of_a_draw_does_not_depend_on_the_others():
    generator = np.random.default_rng(3)
    flows = np.concatenate([-generator.uniform(1, 500, (1, 400)), generator.uniform(0, 90, (5, 400))])
    flows[:, 0] = -1e-3, 0, 0, 0, 0, 1e9
    times = np.arange(6.0)
    together = internal_rates_of_draws(flows, times)
    alone = [internal_rates_of_draws(flows[:, [draw]], times)[0] for draw in range(400)]
    np.testing.assert_array_equal(together, alone)


@pytest.mark.parametrize(
    "estimates",
    [
        [Estimate.pert(2, 3, 7), Estimate.pert(2, 2, 7), Estimate.pert(0, 5, 6)],
        [Estimate.triangular(2, 3, 7), Estimate.triangular(2, 2, 7), Estimate.triangular(0, 1, 1)],
        [Estimate(Shape.LOGNORMAL, low=Decimal(1), high=Decimal(9)), Estimate(Shape.LOGNORMAL, low=3, high=4)],
        [Estimate(Shape.LIST, values=(Decimal(1), Decimal(5))), Estimate(Shape.LIST, values=(Decimal(2),) * 3)],
        [Estimate.fixed(2), Estimate.fixed(3)],
    ],
)
def test_values_of_estimates_together_are_those_of_each(estimates):
    grades = np.random.default_rng(5).random((len(estimates), 3000))
    grades[:, :4] = 0.0, 2.0**-53, 1 / 64, 1 - 2.0**-53
    together = quantile_rows(estimates)(grades.copy())
    alone = [quantiles(each)(row) for each, row in zip(estimates, grades, strict=True)]
    np.testing.assert_array_equal(together, alone)


def test_triangular_value_is_never_outside_its_ends():
    estimates = [Estimate.triangular("0.1", likely, "0.7") for likely in ("0.1", "0.3", "0.65", "0.7")]
    grades = np.concatenate([np.zeros(1), np.geomspace(1e-18, 1, 4000)[:-1], 1 - np.geomspace(2.0**-53, 1, 4000)])
    values = quantile_rows(estimates)(np.tile(grades, (4, 1)))
    assert values.min() >= 0.1
    assert values.max() <= 0.7


@pytest.mark.parametrize("count", [1, 2, 9, 1000])
def test_quantiles_of_ordered_figures_are_those_of_numpy(count):
    figures = np.random.default_rng(9).normal(size=count)
    shares = (0.1, 0.5, 0.9)
    assert quantiles_of(np.sort(figures), shares) == pytest.approx(np.quantile(figures, shares).tolist(), rel=1e-12)
