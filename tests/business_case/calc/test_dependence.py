"""Correlated inputs, variance shares and the value of information against analytic results."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from scipy.stats import norm, spearmanr

from mycelia.business_case.calc import sensitivities, simulate, worth_learning
from mycelia.business_case.calc.compiled import compiled
from mycelia.business_case.calc.simulation.copula import nearest_correlation
from mycelia.business_case.calc.simulation.draws import Draws
from mycelia.business_case.calc.simulation.evppi import partial_information
from mycelia.business_case.calc.simulation.sobol import _Sample
from mycelia.business_case.calc.simulation.streams import Streams
from mycelia.business_case.calc.simulation.variance import variance_shares
from mycelia.business_case.calc.worth import npv_of
from mycelia.business_case.types import Correlation, Estimate, NoticeKind, Shape, Timing
from tests.business_case.calc.test_simulation import ERRORS, uncertain_model
from tests.factories.business_case_models import OPTION, a_benefit, a_cost, a_model, a_roadmap, an_item

DRAWS = 100_000
A, B, C = (f"cost/{key}/price" for key in "abc")


def three_costs(*correlations):
    lines = [a_cost(key, price=Estimate.triangular(50, 100, 300)) for key in "abc"]
    stated = tuple(Correlation(first, second, Decimal(rho)) for first, second, rho in correlations)
    return a_model(*lines, correlations=stated)


def drawn(model):
    plan = Draws(compiled(model, OPTION), 9)
    return plan.next(plan.begin(), DRAWS), plan


@pytest.mark.parametrize("rho", ["0.7", "-0.5", "0.99"])
def test_copula_reaches_the_stated_rank_correlation(rho):
    """Spearman's correlation of a Gaussian copula is 6/pi asin(rho/2)."""
    values, _ = drawn(three_costs((A, B, rho)))
    assert spearmanr(values[A], values[B])[0] == pytest.approx(6 / math.pi * math.asin(float(rho) / 2), abs=0.01)
    assert abs(spearmanr(values[A], values[C])[0]) < 0.015


def test_copula_leaves_each_input_its_own_distribution():
    values, _ = drawn(three_costs((A, B, "0.8")))
    together, apart = values[B], drawn(three_costs())[0][B]
    for share in (0.1, 0.5, 0.9):
        assert np.quantile(together, share) == pytest.approx(np.quantile(apart, share), rel=0.02)


def test_correlation_of_costs_widens_their_sum():
    """Var(a + b) = 2 s^2 (1 + r): with r near 0.79 for rho 0.8, the spread of the sum is a third wider."""
    apart, together = (
        simulate(three_costs(*stated), OPTION, draws=20_000, seed=1).npv for stated in ((), ((A, B, "0.8"),))
    )
    assert together.error > 1.15 * apart.error


def test_correlations_that_cannot_all_hold_are_repaired_and_named():
    """Both move with a, and strongly against each other: impossible."""
    model = three_costs((A, B, "0.9"), (A, C, "0.9"), (B, C, "-0.9"))
    notices = simulate(model, OPTION, draws=1000, seed=0).warnings
    repaired = next(each for each in notices if each.kind is NoticeKind.CORRELATION_REPAIRED)
    assert 0.3 < repaired.amount < 1.2


def test_nearest_correlation_is_the_published_one():
    """N. J. Higham (2002), section 1: the matrix of ones beside the diagonal with a 0 in the corner."""
    found = nearest_correlation(np.array([[1.0, 1, 0], [1, 1, 1], [0, 1, 1]]))
    assert found == pytest.approx(np.array([[1, 0.7607, 0.1573], [0.7607, 1, 0.7607], [0.1573, 0.7607, 1]]), abs=1e-4)
    assert np.linalg.eigvalsh(found)[0] > 0


def test_correlation_with_a_known_number_is_named_as_without_effect():
    model = three_costs((A, "cost/b/quantity", "0.5"))
    notices = simulate(model, OPTION, draws=100, seed=0).warnings
    named = [(each.name, each.label) for each in notices if each.kind is NoticeKind.CORRELATED_FIXED]
    assert named == [("cost/b/quantity", model.costs[1].description)]


@pytest.mark.parametrize(("finished", "named"), [(None, ["item/pilot/duration"]), (date(2026, 3, 2), [])])
def test_correlation_with_a_finished_item_is_not_held_against_it(finished, named):
    item = an_item("pilot", 20, finished_on=finished)
    model = replace(three_costs((A, "item/pilot/duration", "0.5")), roadmap=a_roadmap(item))
    notices = simulate(model, OPTION, draws=100, seed=0).warnings
    assert [each.name for each in notices if each.kind is NoticeKind.CORRELATED_FIXED] == named


def ishigami(x):
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def test_variance_shares_of_the_ishigami_function_are_the_analytic_ones():
    """a = 7, b = 0.1: V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2; V1 = (1 + b pi^4/5)^2/2; V2 = a^2/8;
    V13 = b^2 pi^8 (1/18 - 1/50) (T. Ishigami and T. Homma 1990)."""
    pi4 = math.pi**4
    one, two, both = (1 + 0.1 * pi4 / 5) ** 2 / 2, 49 / 8, 0.01 * pi4**2 * (1 / 18 - 1 / 50)
    total = one + two + both
    names = ("x1", "x2", "x3")
    first, second = (
        [math.pi * (2 * each - 1) for each in Streams(names, seed=20, purpose=purpose).next(2**16)]
        for purpose in (1, 2)
    )
    analytic = [(one, one + both), (two, two), (0, both)]
    for number, (alone, together) in enumerate(analytic):
        mixed = [*first[:number], second[number], *first[number + 1 :]]
        shares = variance_shares(ishigami(first), ishigami(second), ishigami(mixed))
        assert abs(shares.first_order - alone / total) < ERRORS * shares.first_order_error
        assert abs(shares.total_order - together / total) < ERRORS * shares.total_order_error
        assert max(shares.first_order_error, shares.total_order_error) < 0.01


def test_variance_shares_of_a_sum_are_shares_of_the_variance():
    """Costs of variance 1 and 4 (values m - s and m + s): 20 % and 80 %, no interactions."""
    lines = [
        a_cost(key, price=Estimate(Shape.LIST, values=(Decimal(100 - s), Decimal(100 + s))))
        for key, s in (("a", 1), ("b", 2))
    ]
    found = {each.name: each for each in sensitivities(a_model(*lines), OPTION, seed=3)}
    for name, share in ((A, 0.2), (B, 0.8)):
        assert abs(found[name].first_order - share) < ERRORS * found[name].first_order_error
        assert abs(found[name].total_order - share) < ERRORS * found[name].total_order_error


def test_variance_shares_of_a_product_have_an_interaction():
    """q and p from {1, 3}, each of mean 2 and variance 1: V = 4 + 4 + 1; alone 4/9, in total 5/9."""
    listed = Estimate(Shape.LIST, values=(Decimal(1), Decimal(3)))
    found = sensitivities(a_model(a_cost(quantity=listed, price=listed)), OPTION, seed=3)
    for each in found:
        assert abs(each.first_order - 4 / 9) < ERRORS * each.first_order_error
        assert abs(each.total_order - 5 / 9) < ERRORS * each.total_order_error


def test_net_present_value_with_one_input_drawn_anew_is_that_of_computing_all_anew():
    case = compiled(uncertain_model(), OPTION)
    plan = Draws(case, 5)
    first = plan.independent(plan.begin(purpose=1), 300)
    second = plan.independent(plan.begin(purpose=2), 300)
    sample = _Sample(case, first)
    for name in plan.uncertain:
        expected = npv_of(case, {**first, name: second[name]})
        changed = sample.change(name, second[name]) if name in sample.touches else 0
        np.testing.assert_allclose(sample.npv(300) + changed, expected, atol=1e-6)


def test_value_of_learning_a_normal_input_is_the_analytic_one():
    """Gain = m + s x + noise with x normal: E max(0, m + s x) - max(0, m) = s phi(m/s) + m Phi(m/s) - max(0, m)."""
    grades, noise = Streams(("x", "noise"), seed=8).next(DRAWS)
    for mean, spread in ((0.0, 1.0), (0.5, 1.0), (-1.0, 2.0)):
        gain = mean + spread * norm.ppf(grades) + 1.5 * norm.ppf(np.maximum(noise, 2.0**-54))
        worth, error = partial_information(gain, grades)
        analytic = spread * norm.pdf(mean / spread) + mean * norm.cdf(mean / spread) - max(0, mean)
        assert abs(worth - analytic) < ERRORS * error + 0.002 * analytic
        assert error < 0.02


def test_learning_what_does_not_matter_is_worth_nothing():
    grades, noise = Streams(("x", "noise"), seed=8).next(DRAWS)
    for mean in (-0.3, 0.0, 0.3):
        worth, error = partial_information(norm.ppf(np.maximum(noise, 2.0**-54)) + mean, grades)
        assert 0 <= worth <= ERRORS * error + 1e-12


def close_call(**terms):
    """100 spent; 0 to 200 gained, 100 in the mean: learning the gain is worth a sixth of 100."""
    gain = Estimate.triangular(0, 100, 200)
    return a_model(a_cost(), a_benefit(yearly=gain, timing=Timing(1, 12), **terms), rate_per_year=Decimal(0))


def test_value_of_learning_the_gain_of_a_close_decision():
    """E max(0, g - 100) of the triangle on 0..200 is the integral of u (100 - u) / 100^2 over 0..100: 100/6."""
    found = worth_learning(close_call(), OPTION, draws=DRAWS, seed=2)
    assert abs(found[0].evppi - 100 / 6) < ERRORS * found[0].error


def test_decision_is_against_the_baseline_where_that_has_lines_of_its_own():
    """Doing nothing costs 60: going ahead is worth 60 more, which no gain below 40 can undo."""
    model = close_call()
    kept = a_cost("kept", price=60, option="nothing")
    model = a_model(*model.costs, *model.benefits, kept, rate_per_year=Decimal(0))
    shared = a_model(
        kept, a_cost("own", option=OPTION), close_call(option=OPTION).benefits[0], rate_per_year=Decimal(0)
    )
    assert worth_learning(shared, OPTION, draws=20_000, seed=2)[0].evppi == pytest.approx(40**3 / 60_000, rel=0.1)
    assert worth_learning(model, "nothing", draws=1000, seed=2) == ()
