"""Roadmaps told on a day by which something should have been finished, worked by hand. 1 January 2026 is a Thursday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mycelia.business_case.calc import line_flows, model_digest, out_of_time, plan_schedule, simulate, told_on
from mycelia.business_case.types import CalendarKind, CaseModel, Estimate, Finding, Principle, Recurrence, Timing
from tests.factories.business_case_models import OPTION, a_benefit, a_cost, a_model, a_roadmap, an_item

TODAY = date(2026, 2, 12)
"""A Thursday, in month 2."""


def told(*items, lines=(), day=TODAY, **terms) -> CaseModel:
    return told_on(a_model(*lines, roadmap=a_roadmap(*items, **terms), horizon_months=12), day)


def test_open_item_finishes_on_the_day_it_is_told_at_the_earliest_and_what_waits_for_it_follows():
    """Five days from 1 January are over on the 7th; two more, from tomorrow, on Monday 16 February."""
    plan = plan_schedule(told(an_item("a", 5), an_item("b", 2, "a")))
    assert (plan.of("a").early_start, plan.of("a").early_finish) == (date(2026, 1, 1), TODAY)
    assert (plan.of("b").early_start, plan.of("b").early_finish) == (date(2026, 2, 13), date(2026, 2, 16))
    assert plan.critical_path == ("a", "b")
    assert [item.slack_days for item in plan.items] == [0, 0]
    assert plan.of("a").duration_days == 5


def test_item_that_is_told_on_a_free_day_takes_until_the_next_working_day():
    assert plan_schedule(told(an_item("a", 5), day=date(2026, 2, 14))).finish == date(2026, 2, 16)
    everyday = an_item("a", 5, calendar=CalendarKind.ELAPSED)
    assert plan_schedule(told(everyday, day=date(2026, 2, 14))).finish == date(2026, 2, 14)


def test_milestone_that_is_not_reached_falls_on_the_day_it_is_told():
    done = an_item("a", 5, finished_on=date(2026, 1, 7))
    plan = plan_schedule(told(done, an_item("m", 0, "a", is_milestone=True), an_item("b", 1, "m")))
    assert plan.of("m").early_finish == TODAY
    assert plan.of("b").early_finish == TODAY


def test_what_is_finished_or_runs_as_planned_keeps_its_days():
    items = (an_item("a", 5, finished_on=date(2026, 1, 9)), an_item("b", 40, "a"))
    known, unknown = told(*items), a_model(roadmap=a_roadmap(*items))
    assert known.roadmap.as_of is None
    assert plan_schedule(known).of("b").early_finish == plan_schedule(unknown).of("b").early_finish


def test_finished_work_before_an_overdue_item_is_not_what_determines_the_end():
    plan = plan_schedule(told(an_item("a", 5, finished_on=date(2026, 1, 7)), an_item("b", 2, "a")))
    assert plan.critical_path == ("b",)


def test_overdue_item_is_named_with_the_day_it_was_to_be_finished():
    found = out_of_time(told(an_item("a", 5), an_item("b", 2, "a"), an_item("c", 60)))
    overdue = [one for one in found if one.principle is Principle.OVERDUE]
    assert overdue == [
        Finding(Principle.OVERDUE, "item/a", "finished_on", False, ("2026-01-07", "2026-02-12")),
        Finding(Principle.OVERDUE, "item/b", "finished_on", False, ("2026-01-09", "2026-02-12")),
    ]


def test_line_that_waits_for_an_overdue_item_begins_after_the_month_it_is_told_in():
    monthly = a_cost(price=10, recurrence=Recurrence.MONTHLY, timing=Timing(1, None, "a"))
    flows = line_flows(told(an_item("a", 5), lines=(monthly,)), OPTION)
    assert [int(amount) for amount in flows.costs[0].by_column[:5]] == [0, 0, 0, 10, 10]


@pytest.mark.parametrize("calendar", list(CalendarKind))
def test_no_draw_finishes_an_open_item_before_the_day_it_is_told(calendar):
    item = an_item("a", Estimate.triangular(2, 10, 60), calendar=calendar)
    lines = (a_benefit(timing=Timing(1, None, "a")), a_cost())
    model = told(item, an_item("b", Estimate.triangular(1, 2, 9), "a"), lines=lines)
    found = simulate(model, OPTION, draws=2_000, seed=7, explains=False)
    assert found.as_of == TODAY
    assert found.items[0].p50 == TODAY
    assert all(one.p50 >= TODAY for one in found.items)
    assert found.items[1].p50 > TODAY
    again = simulate(model, OPTION, draws=2_000, seed=7, explains=False)
    assert again == found


def test_result_is_true_for_another_day_only_where_the_day_matters():
    running = a_model(roadmap=a_roadmap(an_item("a", 60)))
    days = (date(2026, 1, 20), date(2026, 2, 20))
    assert len({model_digest(told_on(running, day)) for day in days}) == 1
    late = a_model(roadmap=a_roadmap(an_item("a", 5)))
    assert len({model_digest(told_on(late, day)) for day in days}) == 2


def test_day_moves_an_item_as_soon_as_it_can_have_been_drawn_to_be_finished():
    """Drawn between 10 and 100 days: on 12 January nothing can be over, on 16 January it can."""
    model = a_model(roadmap=a_roadmap(an_item("a", Estimate.pert(10, 50, 100))))
    assert told_on(model, date(2026, 1, 12)).roadmap.as_of is None
    assert told_on(model, date(2026, 1, 16)).roadmap.as_of == date(2026, 1, 16)


def test_told_model_agrees_draw_by_draw_with_one_that_waits_for_the_day():
    """An overdue item of known length is one that takes one day from the day it is told."""
    late = told(an_item("a", 5), an_item("b", Estimate.triangular(1, 5, 20), "a"))
    plain = a_model(
        roadmap=a_roadmap(an_item("a", 1, earliest_start=TODAY), an_item("b", Estimate.triangular(1, 5, 20), "a")),
        horizon_months=12,
    )
    both = [simulate(replace(m, costs=(a_cost(),)), OPTION, draws=500, seed=3, explains=False) for m in (late, plain)]
    assert both[0].finish == both[1].finish
    assert both[0].fan == both[1].fan
