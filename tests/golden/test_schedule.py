"""Roadmaps small enough to be planned by hand. 1 January 2026 is a Thursday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mycelia.business_case.calc import check_model, plan_schedule
from mycelia.business_case.types import CalendarKind, UnsoundModel
from tests.factories.business_case_models import a_model, a_roadmap, an_item


def plan(*items, option=None, **terms):
    model = a_model(roadmap=a_roadmap(*items, **terms))
    assert check_model(model) == ()
    return plan_schedule(model, option)


def january(day: int) -> date:
    return date(2026, 1, day)


def test_textbook_network_has_its_critical_path_and_slack():
    """A 3; B 4 and C 2 after A; D 5 after B and C: A-B-D is 12 days, C can slip by 2. On a seven-day week."""
    items = (an_item("a", 3), an_item("b", 4, "a"), an_item("c", 2, "a"), an_item("d", 5, "b", "c"))
    schedule = plan(*items, working_weekdays=tuple(range(7)))
    assert schedule.critical_path == ("a", "b", "d")
    assert schedule.finish == january(12)
    c = schedule.of("c")
    assert (c.early_start, c.early_finish, c.late_start, c.late_finish) == (
        january(4),
        january(5),
        january(6),
        january(7),
    )
    assert (c.slack_days, c.is_critical) == (2, False)


def test_weekend_is_not_worked():
    """Two days: Thursday and Friday; the next item starts on Monday 5 and takes until Friday 9."""
    schedule = plan(an_item("a", 2), an_item("b", 5, "a"))
    assert schedule.of("a").early_finish == january(2)
    assert (schedule.of("b").early_start, schedule.of("b").early_finish) == (january(5), january(9))


def test_holiday_is_not_worked():
    """Thursday and Friday are free, so two days are Monday 5 and Tuesday 6."""
    schedule = plan(an_item("a", 2), holidays=(january(1), january(2)))
    assert (schedule.of("a").early_start, schedule.finish) == (january(5), january(6))


def test_elapsed_days_run_through_the_weekend():
    """Five elapsed days end on Monday 5; two working days after it are Tuesday and Wednesday."""
    schedule = plan(an_item("a", 5, calendar=CalendarKind.ELAPSED), an_item("b", 2, "a"))
    assert schedule.of("a").early_finish == january(5)
    assert schedule.finish == january(7)


def test_lag_counts_in_the_calendar_of_the_item_that_waits():
    """After Friday 2, a lag of 3: working days to Wednesday 7, start on Thursday 8; elapsed to Monday, on Tuesday."""
    first, elapsed = an_item("a", 2), CalendarKind.ELAPSED
    schedule = plan(first, an_item("b", 1, ("a", 3)), an_item("c", 1, ("a", 3), calendar=elapsed))
    assert schedule.of("b").early_start == january(8)
    assert schedule.of("c").early_start == january(6)


def test_lead_lets_an_item_start_before_the_other_is_finished():
    """Five working days to Wednesday 7; two days' lead: start on Tuesday 6."""
    schedule = plan(an_item("a", 5), an_item("b", 3, ("a", -2)))
    assert schedule.of("b").early_start == january(6)


def test_milestone_falls_on_the_day_its_predecessor_finishes():
    """Friday 2, not the Monday on which work could go on."""
    schedule = plan(an_item("a", 2), an_item("m", 0, "a", is_milestone=True), an_item("b", 1, "m"))
    assert schedule.of("m").early_finish == schedule.of("m").early_start == january(2)
    assert schedule.of("b").early_start == january(5)
    assert schedule.critical_path == ("a", "m", "b")


def test_earliest_start_holds_an_item_back_and_frees_what_is_before_it():
    """'b' waits until Monday 12 whatever 'a' does: from Monday 5 on 'a' can slip a week of five days."""
    schedule = plan(an_item("a", 2), an_item("b", 1, "a", earliest_start=january(12)))
    assert schedule.finish == january(12)
    assert schedule.critical_path == ("b",)
    assert schedule.of("a").slack_days == 5


def test_finished_item_keeps_the_day_it_finished():
    """Planned for 10 days but done on 7 January: the next starts on Thursday 8."""
    schedule = plan(an_item("a", 10, finished_on=january(7)), an_item("b", 1, "a"))
    assert schedule.of("a").early_finish == schedule.of("a").late_finish == january(7)
    assert schedule.of("b").early_start == january(8)
    assert schedule.critical_path == ("a", "b")


def test_slack_over_a_weekend_does_not_break_the_critical_path():
    """Elapsed work ends on Saturday 3; the working item that waits for it cannot start before Monday anyway."""
    schedule = plan(an_item("a", 3, calendar=CalendarKind.ELAPSED), an_item("b", 1, "a"))
    assert schedule.critical_path == ("a", "b")
    assert [schedule.of(key).slack_days for key in ("a", "b")] == [1, 0]


def test_work_before_a_weekend_can_delay_the_end_without_being_critical():
    """'x' begins on Sunday 4 because of 'b'; 'a' ends on Friday 2, and with one more day on Monday 5."""
    b, x = (an_item("b", 3, calendar=CalendarKind.ELAPSED), an_item("x", 2, "a", "b", calendar=CalendarKind.ELAPSED))
    schedule = plan(an_item("a", 2), b, x)
    assert schedule.critical_path == ("b", "x")
    assert schedule.of("a").slack_days == 0
    assert schedule.finish == january(5)
    assert plan(an_item("a", 3), b, x).finish == january(7)


def test_items_of_another_option_are_left_out():
    model = a_model(roadmap=a_roadmap(an_item("a", 2), an_item("b", 20, "a", option="proposal")))
    assert plan_schedule(model, "nothing").finish == january(2)
    assert plan_schedule(model, "proposal").finish == january(30)


def test_roadmap_may_start_before_or_after_the_case():
    model = a_model(roadmap=a_roadmap(an_item("a", 1), start=date(2025, 12, 1)))
    assert plan_schedule(model).of("a").column == 0
    later = replace(model, roadmap=replace(model.roadmap, start=date(2026, 3, 2)))
    assert plan_schedule(later).of("a").column == 3


def test_column_after_the_horizon_is_one_more_than_its_months():
    model = a_model(roadmap=a_roadmap(an_item("a", 1, earliest_start=date(2030, 1, 1))), horizon_months=12)
    assert plan_schedule(model).of("a").column == 13


def test_empty_roadmap_has_no_finish():
    assert plan().finish is None


def test_circle_is_refused():
    with pytest.raises(UnsoundModel):
        plan_schedule(a_model(roadmap=a_roadmap(an_item("a", 1, "b"), an_item("b", 1, "a"))))
