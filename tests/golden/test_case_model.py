"""Monthly cases small enough to be worked by hand; the working is in each docstring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from math import exp

import pytest

from mycelia.business_case.calc import check_model, line_flows, option_figures
from mycelia.business_case.types import (
    Adoption,
    AdoptionKind,
    BenefitCategory,
    BenefitLine,
    CostCategory,
    Discounting,
    Driver,
    Drivers,
    Estimate,
    Recurrence,
    Scenario,
    Timing,
)
from tests.factories.business_case_models import (
    OPTION,
    a_benefit,
    a_cost,
    a_model,
    a_roadmap,
    an_item,
    entered_benefit,
    entered_cost,
)

MONTHLY = Recurrence.MONTHLY


def figures(model, scenario=Scenario.EXPECTED):
    assert check_model(model) == ()
    return option_figures(model, OPTION, scenario)


def months(model, *, side="costs", line=0):
    assert check_model(model) == ()
    return getattr(line_flows(model, OPTION), side)[line].by_column


def rounded(value, places="0.01"):
    return value.quantize(Decimal(places), ROUND_HALF_EVEN)


def test_published_study_of_salesloft_entered_in_a_monthly_case_keeps_its_figures():
    """Forrester Consulting, The Total Economic Impact of SalesLoft: as in `test_salesloft`."""
    model = a_model(
        entered_cost(53_150, 666_715, 636_772, 647_783), entered_benefit(0, 1_606_511, 3_061_331, 4_229_760)
    )
    found = figures(model)
    assert [int(rounded(each, "1")) for each in (found.pv_costs, found.pv_benefits, found.npv)] == [
        1_672_201,
        7_168_371,
        5_496_170,
    ]
    assert int(rounded(found.roi_discounted * 100, "1")) == 329
    assert int(rounded(found.roi_programme * 1000, "1")) == 3439
    assert rounded(found.payback_simple_months) == Decimal("0.68")


def test_months_of_an_entered_year_add_up_to_the_year():
    """1,000 / 12 is not a decimal; the months must still make 1,000."""
    flow = line_flows(a_model(entered_cost(0, 1000), horizon_months=24), OPTION).costs[0]
    assert flow.by_year() == (0, 1000, 0)
    assert max(flow.by_column[1:13]) - min(flow.by_column[1:13]) <= Decimal("0.000001")


def test_year_end_discounting_counts_the_months_of_a_year_at_its_end():
    """1,200 at once, then 100 in each of 12 months: 1,200 + 1,200 / 1.1 = 2,290.91."""
    once, monthly = a_cost("once", price=1200), a_cost("monthly", recurrence=MONTHLY)
    found = figures(a_model(once, monthly, horizon_months=12))
    assert rounded(found.pv_costs) == Decimal("2290.91")
    assert found.total_costs == 2400


def test_mid_month_discounting_counts_a_month_at_its_middle():
    """100 in month 6: 5.5 months after the start, so 100 / 1.1^(5.5/12)."""
    line = a_cost(timing=Timing(start_month=6))
    found = figures(a_model(line, horizon_months=12, discounting=Discounting.MID_MONTH))
    assert float(found.pv_costs) == pytest.approx(100 / 1.1 ** (5.5 / 12), rel=1e-15)


def test_escalation_starts_with_the_second_year():
    """100 a month at 5 %: 1,200, then 1,260, then six months of 110.25."""
    line = a_cost(recurrence=MONTHLY, escalation_per_year=Decimal("0.05"))
    flow = line_flows(a_model(line, horizon_months=30), OPTION).costs[0]
    assert flow.by_year() == (0, 1200, 1260, Decimal("661.5"))


def test_inflation_of_the_case_escalates_lines_that_state_nothing_else():
    """2 %: 1,224 in year 2; the line that states 0 stays at 1,200."""
    follows, stays = a_cost(recurrence=MONTHLY), a_cost("d", recurrence=MONTHLY, escalation_per_year=Decimal(0))
    flows = line_flows(a_model(follows, stays, inflation_per_year=Decimal("0.02"), horizon_months=24), OPTION)
    assert [line.by_year()[2] for line in flows.costs] == [1224, 1200]


def test_yearly_cost_is_spread_over_the_months_it_runs():
    """1,200 a year from month 4 to month 9: six months of 100."""
    line = a_cost(price=1200, recurrence=Recurrence.YEARLY, timing=Timing(start_month=4, end_month=9))
    assert months(a_model(line, horizon_months=12)) == (0, 0, 0, 0, *[100] * 6, 0, 0, 0)


def test_headcount_grows_to_the_middle_of_each_month():
    """3 a head for 1,000 people growing 10 % a year: in month 12 times 1.1^(11.5/12)."""
    line = a_cost(price=3, recurrence=MONTHLY, driver=Driver.HEADCOUNT)
    drivers = Drivers(headcount=Estimate.fixed(1000), headcount_growth_per_year=Decimal("0.10"))
    assert float(months(a_model(line, drivers=drivers))[12]) == pytest.approx(3000 * 1.1 ** (11.5 / 12), abs=1e-6)


def test_active_learners_follow_the_bass_curve():
    """p 0.03, q 0.38, ceiling 0.8, from month 3: month 5 is 2.5 months in, E = e^(-0.41 x 2.5 / 12);
    share = 0.8 (1 - E) / (1 + 0.38/0.03 E)."""
    left = exp(-0.41 * 2.5 / 12)
    share = 0.8 * (1 - left) / (1 + 0.38 / 0.03 * left)
    adoption = Adoption(AdoptionKind.BASS, ceiling=Estimate.fixed("0.8"))
    line = a_cost(price=3, recurrence=MONTHLY, driver=Driver.ACTIVE_LEARNERS)
    drivers = Drivers(headcount=Estimate.fixed(1000), adoption=adoption, adoption_start=3)
    flow = months(a_model(line, drivers=drivers))
    assert flow[2] == 0
    assert float(flow[5]) == pytest.approx(3000 * share, abs=1e-6)


def test_time_saved_is_multiplied_by_every_factor_and_ramps_up_linearly():
    """100 people x 2 h x 12 x 50 x 0.5 = 60,000 a year, 5,000 a month; x 0.5 isolation x 0.8 confidence x 0.9 risk =
    1,800; over a ramp of 4 months 1/8, 3/8, 5/8 and 7/8 of it, then all."""
    inputs = {"people": 100, "hours_per_person_month": 2, "hourly_cost": 50, "productive_share": "0.5"}
    line = BenefitLine(
        "b",
        BenefitCategory.TIME_SAVED,
        "",
        inputs={name: Estimate.fixed(value) for name, value in inputs.items()},
        isolation=Estimate.fixed("0.5"),
        confidence_factor=Estimate.fixed("0.8"),
        risk_adjustment=Decimal("0.1"),
        ramp_months=4,
    )
    flow = months(a_model(line, horizon_months=12), side="benefits")
    assert flow == (0, 225, 675, 1125, 1575, *[1800] * 8)


def test_logistic_adoption_reaches_half_of_its_ceiling_at_the_midpoint():
    """Midpoint 5.5 months: month 6 is 5.5 months in, so half of 0.8 of 100 a month."""
    adoption = Adoption(AdoptionKind.LOGISTIC, ceiling=Estimate.fixed("0.8"), midpoint_months=Decimal("5.5"))
    flow = months(a_model(a_benefit(adoption=adoption), horizon_months=12), side="benefits")
    assert flow[6] == 40


def test_adoption_in_steps_takes_the_last_step_reached_and_a_quicker_tempo_reaches_it_sooner():
    """Steps at months 0 and 6; with tempo 2 the second is reached after 3 months: month 4 is 3.5 months in, so 7."""
    adoption = Adoption(AdoptionKind.STEPS, tempo=Estimate.fixed(2), steps=((0, Decimal("0.2")), (6, Decimal(1))))
    flow = months(a_model(a_benefit(adoption=adoption), horizon_months=12), side="benefits")
    assert flow[:6] == (0, 20, 20, 20, 100, 100)


def test_line_tied_to_a_milestone_starts_in_the_month_it_finishes():
    """25 working days from Thursday 1 January 2026 end on Wednesday 4 February: month 2. The licence starts the month
    after, the old one ends the month before."""
    model = a_model(
        a_cost("new", recurrence=MONTHLY, timing=Timing(start_month=1, start_milestone="live")),
        a_cost("old", recurrence=MONTHLY, timing=Timing(end_milestone="live")),
        horizon_months=4,
        roadmap=a_roadmap(an_item("live", 25)),
    )
    assert months(model) == (0, 0, 0, 100, 100)
    assert months(model, line=1) == (0, 100, 0, 0, 0)


def test_holidays_and_lags_move_what_is_tied_to_them():
    """With 1 and 2 January free and 22 days, 'build' ends on 3 February; 20 working days later, in March, 'live'."""
    build, live = an_item("build", 22), an_item("live", 0, ("build", 20), is_milestone=True)
    roadmap = a_roadmap(build, live, holidays=(date(2026, 1, 1), date(2026, 1, 2)))
    model = a_model(a_cost(timing=Timing(start_milestone="live")), horizon_months=4, roadmap=roadmap)
    assert months(model) == (0, 0, 0, 100, 0)


def test_one_off_that_a_delay_pushes_beyond_the_horizon_does_not_occur():
    roadmap = a_roadmap(an_item("live", 200))
    model = a_model(a_cost(timing=Timing(start_milestone="live")), horizon_months=6, roadmap=roadmap)
    assert months(model) == (0,) * 7


def test_tax_takes_its_share_of_every_net_flow():
    """1,000 now, 2,200 in year 1 at 10 %: 1,000 before tax of 25 %, so 750; ROI 750 / 1,000. The cost-benefit ratio
    and the programme ROI are before tax: 2 and 120 %."""
    found = figures(a_model(entered_cost(1000), entered_benefit(0, 2200), horizon_months=12, tax_rate=Decimal("0.25")))
    assert (found.npv, found.roi_discounted, found.pv_tax, found.total_tax) == (750, Decimal("0.75"), 250, 300)
    assert (found.bcr_discounted, found.roi_programme) == (2, Decimal("1.2"))


def test_learner_time_is_in_the_figures_or_left_out():
    """1,000 of which 400 is learner time."""
    time = a_cost("time", price=400, category=CostCategory.LEARNER_TIME)
    model = a_model(a_cost(price=600), time)
    assert figures(model).total_costs == 1000
    without = replace(model, counts_learner_time=False)
    assert figures(without).total_costs == 600
    assert line_flows(without, OPTION).costs[1].by_column[0] == 400


def test_what_saves_learner_time_is_left_out_with_it():
    """1,000 of costs, 400 of them learner time; 12 x 100 of benefits, 12 x 30 of them saved learner time."""
    costs = (a_cost(price=600), a_cost("time", price=400, category=CostCategory.LEARNER_TIME))
    saved = a_benefit("saved", yearly=360, saves_learner_time=True)
    model = a_model(*costs, a_benefit("other", yearly=840), saved, horizon_months=12)
    with_it, without = figures(model), figures(replace(model, counts_learner_time=False))
    assert (with_it.total_costs, with_it.total_benefits) == (1000, 1200)
    assert (without.total_costs, without.total_benefits) == (600, 840)
    assert line_flows(replace(model, counts_learner_time=False), OPTION).benefits[1].by_column[1] == 30


def test_intangible_benefit_is_told_and_never_counted():
    assert figures(a_model(a_benefit(is_intangible=True))).total_benefits == 0


def test_options_have_their_own_lines_and_the_shared_ones():
    """Nothing: 100 shared + 50 own; proposal: 100 shared + 30 own."""
    model = a_model(a_cost("s"), a_cost("n", price=50, option="nothing"), a_cost("p", price=30, option=OPTION))
    assert [option_figures(model, key).total_costs for key in ("nothing", OPTION)] == [150, 130]


def test_scenarios_take_mean_mode_and_the_worse_or_better_decile():
    """Triangular 0, 1, 2: mean and mode 1, deciles sqrt(0.2) = 0.447 and 2 - sqrt(0.2) = 1.553, times 1,000 a unit.
    A cost is worse when high."""
    line = a_cost(price=1000, quantity=Estimate.triangular(0, 1, 2))
    found = {scenario: float(figures(a_model(line), scenario).npv) for scenario in Scenario}
    low, high = 1000 * 0.2**0.5, 1000 * (2 - 0.2**0.5)
    assert found[Scenario.EXPECTED] == found[Scenario.LIKELY] == -1000
    assert found[Scenario.PESSIMISTIC] == pytest.approx(-high, abs=1e-6)
    assert found[Scenario.OPTIMISTIC] == pytest.approx(-low, abs=1e-6)


def test_pessimistic_roadmap_is_the_slower_one_when_a_benefit_waits_for_it():
    roadmap = a_roadmap(an_item("live", Estimate.triangular(10, 40, 200)))
    model = a_model(a_benefit(timing=Timing(start_milestone="live")), roadmap=roadmap)
    assert figures(model, Scenario.PESSIMISTIC).npv < figures(model).npv < figures(model, Scenario.OPTIMISTIC).npv


def test_monthly_internal_rates_are_all_found():
    """-1600, 10000, -10000 in months 1 to 3 (Lorie and Savage by month): 25 % and 400 % a month."""
    model = a_model(
        a_cost("a", price=1600, timing=Timing(start_month=1)),
        a_cost("z", price=10_000, timing=Timing(start_month=3)),
        a_benefit(yearly=120_000, timing=Timing(start_month=2, end_month=2)),
        horizon_months=12,
        discounting=Discounting.MID_MONTH,
    )
    rates = [float(rate) for rate in figures(model).internal_rates]
    assert rates == pytest.approx([1.25**12 - 1, 5**12 - 1], rel=1e-9)


def test_monthly_modified_rate_runs_to_the_end_of_the_horizon():
    """100 at the start, 12 a month for 12 months, 10 %: end value sum of 12 x 1.1^((12 - m + 1/2)/12), over 100."""
    model = a_model(a_cost(), a_benefit(yearly=144), horizon_months=12, discounting=Discounting.MID_MONTH)
    end_value = sum(12 * 1.1 ** ((12.5 - month) / 12) for month in range(1, 13))
    assert float(figures(model).modified_internal_rate) == pytest.approx(end_value / 100 - 1, rel=1e-12)


def test_payback_is_interpolated_within_the_month():
    """1,000 now; nothing for 3 months, then 400 a month: after month 5 owed 200, half of month 6."""
    model = a_model(a_cost(price=1000), a_benefit(yearly=4800, timing=Timing(start_month=4)))
    assert figures(model).payback_simple_months == Decimal("5.5")
