"""Identities of the monthly model that hold whatever its lines are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from mycelia.business_case.calc import check_model, line_flows, option_figures, plan_schedule
from mycelia.business_case.types import (
    Adoption,
    AdoptionKind,
    CalendarKind,
    Discounting,
    Driver,
    Drivers,
    Estimate,
    Recurrence,
    Scenario,
    Schedule,
    Timing,
)
from tests.factories.business_case_models import OPTION, START, a_benefit, a_cost, a_model, a_roadmap, an_item

HORIZON = 36
TINY = Decimal("0.0001")
money = st.integers(0, 10**6)
rates = st.sampled_from([Decimal(0), Decimal("0.05"), Decimal("0.1"), Decimal("0.5")])
conventions = st.sampled_from(list(Discounting))
curves = st.sampled_from(
    [
        None,
        Adoption(AdoptionKind.BASS, ceiling=Estimate.fixed("0.7")),
        Adoption(AdoptionKind.LOGISTIC),
        Adoption(AdoptionKind.STEPS, steps=((2, Decimal("0.3")), (9, Decimal(1)))),
    ]
)


@st.composite
def cost_lines(draw, key="c"):
    start = draw(st.integers(0, 20))
    timing = Timing(start, draw(st.none() | st.integers(start, HORIZON)))
    recurrence, driver = draw(st.sampled_from(list(Recurrence))), draw(st.sampled_from(list(Driver)))
    return a_cost(key, price=draw(money), recurrence=recurrence, driver=driver, timing=timing)


@st.composite
def benefit_lines(draw, key="b"):
    timing = Timing(draw(st.integers(0, 20)))
    return a_benefit(
        key, yearly=draw(money), timing=timing, adoption=draw(curves), ramp_months=draw(st.sampled_from([0, 3, 12]))
    )


@st.composite
def models(draw, **terms):
    drivers = Drivers(
        headcount=Estimate.fixed(50), content_hours=Estimate.fixed(20), adoption=draw(curves) or Adoption()
    )
    lines = [draw(cost_lines("c1")), draw(cost_lines("c2")), draw(benefit_lines("b1")), draw(benefit_lines("b2"))]
    model = a_model(*lines, drivers=drivers, rate_per_year=draw(rates), discounting=draw(conventions), **terms)
    assert check_model(model) == ()
    return model


def close(left: Decimal, right: Decimal) -> bool:
    return abs(left - right) <= TINY + abs(left) * Decimal("1e-12")


@given(models())
def test_npv_at_zero_percent_is_the_sum_of_all_flows(model):
    figures = option_figures(replace(model, rate_per_year=Decimal(0)), OPTION)
    assert figures.npv == figures.total_benefits - figures.total_costs


@given(models(), st.integers(2, 9))
def test_npv_of_a_case_in_a_smaller_unit_of_money_is_scaled(model, factor):
    scaled = replace(
        model,
        costs=tuple(replace(line, spread=Estimate.fixed(factor)) for line in model.costs),
        benefits=tuple(replace(line, spread=Estimate.fixed(factor)) for line in model.benefits),
    )
    left, right = option_figures(scaled, OPTION), option_figures(model, OPTION)
    assert close(left.npv, factor * right.npv)
    if right.payback_simple_months is not None and right.total_benefits != right.total_costs:
        assert close(left.payback_simple_months, right.payback_simple_months)


@given(st.integers(1, 12), st.integers(0, 11), rates, conventions)
def test_line_one_year_later_is_discounted_once_more(start, months, rate, convention):
    terms = {"rate_per_year": rate, "discounting": convention}
    now = a_cost(price=500, recurrence=Recurrence.MONTHLY, timing=Timing(start, start + months))
    later = replace(now, timing=Timing(start + 12, start + months + 12))
    first, second = (option_figures(a_model(line, **terms), OPTION).npv for line in (now, later))
    assert close(second * (1 + rate), first)


@given(models(), cost_lines("extra"))
def test_line_of_another_option_changes_no_figure(model, line):
    more = replace(model, costs=(*model.costs, replace(line, option="nothing")))
    assert option_figures(more, OPTION) == option_figures(model, OPTION)


@given(models(), benefit_lines("extra"))
def test_line_of_nothing_changes_no_figure(model, line):
    more = replace(model, benefits=(*model.benefits, replace(line, isolation=Estimate.fixed(0))))
    assert option_figures(more, OPTION) == option_figures(model, OPTION)


@given(models())
def test_npv_of_an_option_is_the_sum_over_its_lines(model):
    alone = [replace(model, costs=(line,), benefits=()) for line in model.costs]
    alone += [replace(model, costs=(), benefits=(line,)) for line in model.benefits]
    total = sum(option_figures(each, OPTION).npv for each in alone)
    assert close(option_figures(model, OPTION).npv, total)


@given(models())
def test_both_conventions_agree_on_everything_undiscounted(model):
    one, other = (option_figures(replace(model, discounting=each), OPTION) for each in Discounting)
    assert (one.total_costs, one.total_benefits) == (other.total_costs, other.total_benefits)
    assert one.payback_simple_months == other.payback_simple_months
    assert one.roi_programme == other.roi_programme


@given(models())
def test_scenarios_are_ordered_and_equal_where_nothing_is_uncertain(model):
    assert len({option_figures(model, OPTION, scenario).npv for scenario in Scenario}) == 1
    lines = [replace(line, spread=Estimate.triangular("0.5", 1, "1.8")) for line in model.costs]
    uncertain = replace(model, costs=tuple(lines))
    low, middle, high = (
        option_figures(uncertain, OPTION, each).npv
        for each in (Scenario.PESSIMISTIC, Scenario.EXPECTED, Scenario.OPTIMISTIC)
    )
    assert low <= middle <= high


@given(models())
def test_months_are_never_negative_and_add_up_to_their_years(model):
    for line in (*line_flows(model, OPTION).costs, *line_flows(model, OPTION).benefits):
        assert min(line.by_column) >= 0
        assert sum(line.by_year()) == sum(line.by_column)


@given(models())
def test_option_without_lines_of_its_own_comes_to_what_it_does_alone(model):
    own = replace(model, costs=(*model.costs, a_cost("own", price=77, option=OPTION)))
    others = [option.key for option in own.options if option.key != OPTION]
    first = line_flows(own, OPTION)
    for other in others:
        assert line_flows(own, other, beside=first) == line_flows(own, other)
    assert line_flows(own, OPTION, beside=line_flows(own, others[0])) == first


WEEKS = st.sampled_from([(0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4), (0, 3), (6,)])


@st.composite
def networks(draw, least=0):
    count = draw(st.integers(1, 7))
    items = []
    for number in range(count):
        needs = draw(st.lists(st.integers(0, number - 1), unique=True, max_size=3)) if number else []
        calendar = draw(st.sampled_from(list(CalendarKind)))
        lags = [(f"i{need}", draw(st.integers(0, 4))) for need in needs]
        items.append(an_item(f"i{number}", draw(st.integers(least, 9)), *lags, calendar=calendar))
    return tuple(items)


def longest_path(items) -> int:
    """Days of the longest chain, by trying every chain."""
    by_key = {item.key: item for item in items}

    def days(key: str) -> int:
        item = by_key[key]
        before = [days(each.key) + each.lag_days for each in item.depends_on]
        return int(item.duration_days.likely) + max(before, default=0)

    return max(days(item.key) for item in items)


@given(networks(least=1))
def test_roadmap_on_all_days_takes_as_long_as_its_longest_path(items):
    schedule = plan_schedule(a_model(roadmap=a_roadmap(*items, working_weekdays=tuple(range(7)))))
    assert schedule.finish == START + timedelta(days=longest_path(items) - 1)


def delaying(items, week) -> tuple[Schedule, set[str]]:
    """Return the plan, and the items of which one more day delays its end."""

    def planned(changed):
        return plan_schedule(a_model(roadmap=a_roadmap(*changed, working_weekdays=week)))

    plan, found = planned(items), set()
    for number, item in enumerate(items):
        longer = replace(item, duration_days=Estimate.fixed(item.duration_days.likely + 1))
        if planned((*items[:number], longer, *items[number + 1 :])).finish > plan.finish:
            found.add(item.key)
    return plan, found


@given(networks(least=1), st.sampled_from([CalendarKind.WORKING, CalendarKind.ELAPSED]), WEEKS)
def test_item_is_critical_just_when_a_longer_one_delays_the_end_where_all_count_the_same_days(items, calendar, week):
    plan, found = delaying(tuple(replace(item, calendar=calendar) for item in items), week)
    assert {item.key for item in plan.items if item.is_critical} == found


@given(networks(least=1), WEEKS)
def test_item_has_no_slack_just_when_a_longer_one_delays_the_end_whatever_days_are_counted(items, week):
    plan, found = delaying(items, week)
    assert {item.key for item in plan.items if item.slack_days == 0} == found


def walked(items, holidays) -> dict:
    """The last day of each item, by walking through the calendar one day after the other."""
    last = {}
    for item in items:
        works = item.calendar is CalendarKind.ELAPSED

        def pass_days(day, count, works=works):
            while count:
                if works or (day.weekday() < 5 and day not in holidays):
                    count -= 1
                day += timedelta(days=1)
            return day

        free = [START, *(pass_days(last[each.key] + timedelta(days=1), each.lag_days) for each in item.depends_on)]
        last[item.key] = pass_days(max(free), int(item.duration_days.likely)) - timedelta(days=1)
    return last


@settings(max_examples=60)
@given(networks(least=1), st.lists(st.integers(0, 40), max_size=5))
def test_dates_are_those_of_walking_through_the_calendar(items, days):
    holidays = tuple(START + timedelta(days=day) for day in days)
    schedule = plan_schedule(a_model(roadmap=a_roadmap(*items, holidays=holidays)))
    assert {item.key: item.early_finish for item in schedule.items} == walked(items, holidays)


@given(networks())
def test_late_dates_never_come_before_early_ones(items):
    for item in plan_schedule(a_model(roadmap=a_roadmap(*items))).items:
        assert item.early_start <= item.late_start
        assert item.early_finish <= item.late_finish
        assert item.early_start <= item.early_finish
        assert item.slack_days >= 0
