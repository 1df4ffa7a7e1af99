"""The joint simulation, draw by draw against the deterministic model and as a whole against analytic results."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from benchmarks.large_case import large_case
from mycelia.business_case.calc import (
    break_evens,
    check_model,
    option_figures,
    plan_schedule,
    sensitivities,
    simulate,
    worth_learning,
)
from mycelia.business_case.calc.compiled import compiled
from mycelia.business_case.calc.simulation.draws import Draws
from mycelia.business_case.calc.simulation.runs import CHUNK, FIGURES, run_of
from mycelia.business_case.types import (
    Adoption,
    AdoptionKind,
    Discounting,
    Driver,
    Drivers,
    Estimate,
    ImpossibleDraws,
    NoticeKind,
    Recurrence,
    Shape,
    Timing,
    UnsoundModel,
)
from tests.factories.business_case_models import OPTION, a_benefit, a_cost, a_model, a_roadmap, an_item
from tests.factories.fixed_models import fixed_at

ERRORS = 4.5
"""So many standard errors; with fixed seeds the tests come out the same every time."""


def uncertain_model(**terms):
    """A case in which everything is uncertain and tied to a roadmap."""
    bass = Adoption(
        AdoptionKind.BASS, ceiling=Estimate.pert("0.4", "0.6", "0.9"), tempo=Estimate.triangular("0.5", 1, 2)
    )
    logistic = Adoption(AdoptionKind.LOGISTIC, tempo=Estimate.triangular("0.5", 1, 2))
    lognormal = Estimate(Shape.LOGNORMAL, low=Decimal(30), high=Decimal(90))
    return a_model(
        a_cost("once", price=Estimate.triangular(4000, 5000, 9000), timing=Timing(start_milestone="live")),
        a_cost("old", price=lognormal, recurrence=Recurrence.MONTHLY, timing=Timing(end_milestone="live")),
        a_cost(
            "seats",
            price=Estimate.pert(1, 2, 4),
            driver=Driver.ACTIVE_LEARNERS,
            recurrence=Recurrence.YEARLY,
            timing=Timing(start_month=1, start_milestone="live"),
            escalation_per_year=Decimal("0.04"),
        ),
        a_cost("content", quantity=Estimate.triangular(1, 2, 3), price=50, driver=Driver.CONTENT_HOURS),
        a_benefit("own", yearly=Estimate.triangular(3000, 9000, 12_000), adoption=logistic),
        a_benefit("case", yearly=6000, follows_case_adoption=True, isolation=Estimate.pert("0.2", "0.5", "0.9")),
        a_benefit("ramp", yearly=4000, timing=Timing(start_milestone="pilot"), ramp_months=5),
        drivers=Drivers(
            headcount=Estimate.triangular(80, 100, 130),
            content_hours=Estimate.pert(10, 20, 60),
            adoption=bass,
            adoption_milestone="pilot",
        ),
        roadmap=a_roadmap(
            an_item("pilot", Estimate.triangular(20, 40, 90)),
            an_item("live", Estimate.pert(20, 60, 150), "pilot"),
            an_item("other", Estimate.triangular(50, 90, 200)),
        ),
        horizon_months=30,
        **terms,
    )


@pytest.mark.parametrize("convention", list(Discounting))
@pytest.mark.parametrize("tax_rate", [None, Decimal("0.3")])
def test_each_draw_equals_the_deterministic_case_with_its_inputs(convention, tax_rate):
    model = uncertain_model(discounting=convention, tax_rate=tax_rate)
    case = compiled(model, OPTION)
    plan = Draws(case, 11)
    run = run_of(case, None, plan, 200)
    values = plan.next(plan.begin(), 200)
    for draw in (0, 1, 57, 199):
        known = fixed_at(model, {name: values[name][draw] for name in plan.uncertain})
        figures = option_figures(known, OPTION)
        assert run.npv[draw] == pytest.approx(float(figures.npv), abs=1e-3)
        assert run.roi[draw] == pytest.approx(float(figures.roi_discounted), abs=1e-6)
        assert run.bcr[draw] == pytest.approx(float(figures.bcr_discounted), abs=1e-6)
        assert_same(run.payback_months[draw], figures.payback_simple_months)
        assert_same(run.discounted_payback_months[draw], figures.payback_discounted_months)
        assert_same(run.irr[draw], figures.internal_rates[0] if len(figures.internal_rates) == 1 else None)
        assert case.network.date_of(run.days[-1, draw]) == plan_schedule(known, OPTION).finish


def assert_same(drawn: float, computed: Decimal | None) -> None:
    if computed is None:
        assert np.isnan(drawn)
    else:
        assert drawn == pytest.approx(float(computed), abs=1e-5, rel=1e-5)


def test_same_seed_gives_the_same_result_and_another_seed_another():
    model = uncertain_model()
    first, again, other = (simulate(model, OPTION, draws=3000, seed=seed) for seed in (5, 5, 6))
    assert first == again
    assert first.npv != other.npv


def test_draws_do_not_depend_on_the_pieces_they_are_drawn_in_or_on_how_many_follow():
    case = compiled(uncertain_model(), OPTION)
    plan = Draws(case, 3)
    whole = run_of(case, None, plan, CHUNK + 1000)
    pieces = run_of(case, None, plan, CHUNK + 1000, chunk=CHUNK // 4)
    shorter = run_of(case, None, plan, 700)
    for name in (*FIGURES, "days", "critical"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(pieces, name))
    np.testing.assert_array_equal(shorter.npv, whole.npv[:700])


def test_line_of_another_option_changes_no_draw():
    model = uncertain_model()
    more = replace(model, costs=(a_cost("x", price=Estimate.triangular(1, 2, 3), option="nothing"), *model.costs))
    runs = [run_of(case, None, Draws(case, 3), 500) for case in (compiled(each, OPTION) for each in (model, more))]
    np.testing.assert_array_equal(runs[0].npv, runs[1].npv)


def test_mean_npv_meets_the_product_of_means_within_its_error():
    """Inputs are independent and the case is linear in each, so the mean is that of the case at its means."""
    model = a_model(
        a_cost(quantity=Estimate.triangular(1, 2, 6), price=Estimate.pert(50, 100, 300), recurrence=Recurrence.MONTHLY),
        a_benefit(yearly=Estimate.pert(1000, 5000, 6000), isolation=Estimate.triangular("0.2", "0.5", "0.7")),
    )
    result = simulate(model, OPTION, draws=50_000, seed=1)
    assert abs(result.npv.mean - float(option_figures(model, OPTION).npv)) < ERRORS * result.npv.error


def test_monte_carlo_error_is_that_of_the_mean_over_many_simulations():
    """The spread of the mean over 40 seeds is the stated error, within the chi-square range of 40 values."""
    model = a_model(a_cost(price=Estimate.triangular(0, 100, 500)))
    results = [simulate(model, OPTION, draws=1000, seed=seed) for seed in range(40)]
    ratio = np.std([each.npv.mean for each in results], ddof=1) / np.mean([each.npv.error for each in results])
    assert 0.65 < ratio < 1.4


def test_delay_of_a_milestone_flows_into_the_benefit_that_waits_for_it():
    """Finish in month 1, 3 or 5 with equal probability: the mean is that of the three cases."""
    durations = Estimate(Shape.LIST, values=(Decimal(10), Decimal(50), Decimal(90)))
    model = a_model(a_benefit(timing=Timing(start_milestone="live")), roadmap=a_roadmap(an_item("live", durations)))
    each = [float(option_figures(fixed_at(model, {"item/live/duration": days}), OPTION).npv) for days in (10, 50, 90)]
    result = simulate(model, OPTION, draws=20_000, seed=2)
    assert len(set(each)) == 3
    assert abs(result.npv.mean - np.mean(each)) < ERRORS * result.npv.error


def test_line_that_the_dates_of_some_draws_leave_no_month_is_named_with_their_share():
    """The work takes 20 or 60 days and ends in month 1 or 3; the line runs from then on, to month 2 at the latest."""
    work = an_item("work", Estimate(Shape.LIST, values=(Decimal(20), Decimal(60))))
    tied = a_benefit(timing=Timing(0, 2, "work"))
    overdue = a_cost(timing=Timing(34, None, "work"))
    result = simulate(a_model(tied, overdue, roadmap=a_roadmap(work)), OPTION, draws=1000, seed=3)
    told = {each.name: each.amount for each in result.warnings if each.kind is NoticeKind.LINE_NEVER_RUNS}
    assert told.keys() == {"Benefit b", "Cost c"}
    assert told["Benefit b"] == told["Cost c"] == pytest.approx(0.5, abs=0.05)


def test_probability_of_loss_is_that_of_the_losing_value():
    """100 spent; 50, 90 or 130 gained with equal probability."""
    gains = Estimate(Shape.LIST, values=(Decimal(50), Decimal(90), Decimal(130)))
    benefit = a_benefit(yearly=gains, timing=Timing(1, 12))
    result = simulate(a_model(a_cost(), benefit, rate_per_year=Decimal(0)), OPTION, draws=20_000, seed=4)
    assert abs(result.probability_of_loss - 2 / 3) < ERRORS * result.probability_of_loss_error
    assert result.npv.p10 == pytest.approx(-50)
    assert result.npv.p90 == pytest.approx(30)


def test_case_without_uncertainty_is_the_deterministic_one_and_says_so():
    model = a_model(a_cost(price=1000), a_benefit(yearly=900))
    figures, result = option_figures(model, OPTION), simulate(model, OPTION, draws=100, seed=0)
    assert result.npv.p10 == result.npv.p90 == pytest.approx(float(figures.npv), abs=1e-6)
    assert result.irr.mean == pytest.approx(float(figures.internal_rates[0]))
    assert result.payback_months.mean == pytest.approx(float(figures.payback_simple_months))
    assert NoticeKind.NOTHING_UNCERTAIN in {each.kind for each in result.warnings}


def test_figures_that_do_not_exist_are_none_and_told():
    result = simulate(a_model(a_cost(price=Estimate.triangular(1, 2, 3))), OPTION, draws=200, seed=0)
    assert (result.payback_months.mean, result.payback_months.share_defined, result.irr.mean) == (None, 0, None)
    assert {each.name for each in result.warnings if each.kind is NoticeKind.FIGURE_UNDEFINED} >= {"irr"}


def test_few_draws_of_a_close_decision_are_told_to_be_uncertain():
    model = a_model(a_cost(price=100), a_benefit(yearly=Estimate.triangular(0, 100, 200), timing=Timing(1, 12)))
    kinds = {
        each.kind for each in simulate(replace(model, rate_per_year=Decimal(0)), OPTION, draws=100, seed=0).warnings
    }
    assert {NoticeKind.SIGN_UNCERTAIN, NoticeKind.LOSS_UNCERTAIN, NoticeKind.MEAN_UNCERTAIN} <= kinds


def test_case_without_lines_has_a_result():
    result = simulate(a_model(), OPTION, draws=100, seed=0)
    assert (result.npv.mean, result.roi.mean, result.finish, result.tornado) == (0, None, None, ())


def test_finish_dates_are_those_of_the_listed_durations():
    """5, 10 or 15 working days: by 7, 14 or 21 January with a third each."""
    durations = Estimate(Shape.LIST, values=(Decimal(5), Decimal(10), Decimal(15)))
    result = simulate(a_model(roadmap=a_roadmap(an_item("a", durations))), OPTION, draws=9000, seed=0)
    assert (result.finish.p50, result.finish.p80, result.finish.p95) == (
        date(2026, 1, 14),
        date(2026, 1, 21),
        date(2026, 1, 21),
    )
    assert result.items[0].criticality == 1


def test_criticality_of_two_like_items_side_by_side_is_shared():
    """Each is the longer one in half of the draws but for ties, in which both are: 1/2 + P(tie)/2."""
    durations = Estimate(Shape.LIST, values=tuple(map(Decimal, range(1, 11))))
    roadmap = a_roadmap(an_item("a", durations), an_item("b", durations), an_item("end", 1, "a", "b"))
    items = simulate(a_model(roadmap=roadmap), OPTION, draws=40_000, seed=0).items
    assert [item.criticality for item in items] == pytest.approx([0.55, 0.55, 1], abs=0.012)


def test_tornado_is_sorted_and_each_end_is_the_case_at_that_decile():
    model = uncertain_model()
    bars = simulate(model, OPTION, draws=2000, seed=1).tornado
    lengths = [abs(bar.npv_at_high - bar.npv_at_low) for bar in bars]
    assert lengths == sorted(lengths, reverse=True)
    for bar in bars[:5]:
        for value, npv in ((bar.low_input, bar.npv_at_low), (bar.high_input, bar.npv_at_high)):
            assert npv == pytest.approx(float(option_figures(fixed_at(model, {bar.name: value}), OPTION).npv), abs=0.01)


def test_rank_correlation_has_the_direction_of_the_bar():
    bars = simulate(uncertain_model(), OPTION, draws=20_000, seed=1).tornado
    for bar in bars[:6]:
        assert (bar.rank_correlation > 0) == (bar.npv_at_high > bar.npv_at_low)


def test_break_even_values_bring_the_npv_to_zero():
    model = uncertain_model()
    found = [each for each in break_evens(model, OPTION) if each.value is not None]
    assert len(found) >= 6
    for each in found:
        if not each.name.endswith("/duration"):
            npv = float(option_figures(fixed_at(model, {each.name: each.value}), OPTION).npv)
            assert npv == pytest.approx(0, abs=1.0), each.name


def test_break_even_duration_is_the_longest_that_still_pays():
    model = a_model(
        a_cost(price=2500),
        a_benefit(yearly=1200, timing=Timing(start_milestone="live")),
        roadmap=a_roadmap(an_item("live", 20)),
        rate_per_year=Decimal(0),
    )
    found = {each.name: each.value for each in break_evens(model, OPTION)}["item/live/duration"]
    at, after = (
        option_figures(fixed_at(model, {"item/live/duration": days}), OPTION).npv for days in (found, found + 1)
    )
    assert at >= 0 > after


def test_break_even_that_no_share_reaches_is_none():
    model = a_model(a_cost(price=10_000), a_benefit(yearly=1000, isolation=Estimate.fixed("0.5")))
    found = {each.name: each.value for each in break_evens(model, OPTION)}
    assert found["benefit/b/isolation"] is None
    assert found["benefit/b/inputs/yearly_amount"] is not None


def test_large_case_is_sound_and_its_plain_numbers_can_be_stored():
    model = large_case()
    assert check_model(model) == ()
    result = simulate(model, OPTION, draws=500, seed=1, stopwatch=iter((1.0, 3.5)).__next__)
    assert result.seconds == 2.5
    assert_plain(asdict(result))


def assert_plain(value) -> None:
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            assert_plain(each)
    else:
        assert value is None or type(value) in (int, float, str, date, NoticeKind), type(value)


def test_case_of_huge_known_amounts_has_a_histogram_of_one_bin():
    result = simulate(a_model(a_cost(price=9 * 10**12)), OPTION, draws=100, seed=0)
    assert result.histogram == ((-9e12, 100), (-9e12, 0))


def test_durations_without_bound_end_beyond_the_horizon():
    wide = Estimate(Shape.LOGNORMAL, low=Decimal(4), high=Decimal(3600))
    model = a_model(a_benefit(timing=Timing(start_milestone="live")), roadmap=a_roadmap(an_item("live", wide)))
    result = simulate(model, OPTION, draws=20_000, seed=0)
    notice = next(each for each in result.warnings if each.kind is NoticeKind.FINISH_BEYOND_HORIZON)
    assert 0.2 < notice.amount < 0.4
    assert result.finish.p95.year > 2035


def test_what_progress_raises_ends_the_simulation():
    def stop(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        simulate(a_model(a_cost()), OPTION, draws=500_000, seed=0, progress=stop)


def test_progress_grows_to_one():
    told: list[float] = []
    simulate(uncertain_model(), OPTION, draws=70_000, seed=0, progress=told.append)
    assert told[-1] == 1
    assert all(before < after for before, after in pairwise(told))


@pytest.mark.parametrize(("draws", "seed"), [(99, 0), (1_000_001, 0), (100, -1), (100, 2**63)])
def test_draws_and_seeds_outside_their_range_are_refused(draws, seed):
    with pytest.raises(ImpossibleDraws):
        simulate(a_model(), OPTION, draws=draws, seed=seed)


def test_unsound_model_is_refused():
    for compute in (simulate, worth_learning):
        with pytest.raises(UnsoundModel):
            compute(a_model(a_cost(price=-1)), OPTION, draws=100, seed=0)
    with pytest.raises(UnsoundModel):
        sensitivities(a_model(a_cost(price=-1)), OPTION, seed=0)
