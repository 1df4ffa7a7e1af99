"""What the roadmap pushes out of the case's months, and days of finish that contradict it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mycelia.business_case.calc import line_flows, out_of_time, plan_schedule
from mycelia.business_case.types import (
    Adoption,
    Driver,
    Drivers,
    Estimate,
    Finding,
    Principle,
    Recurrence,
    Timing,
)
from tests.factories.business_case_models import OPTION, a_benefit, a_cost, a_model, a_roadmap, an_item, entered_cost

P = Principle
END = "2026-12-31"
LONG = a_roadmap(an_item("live", 300))
"""300 working days from 1 January 2026 end on 24 February 2027, in month 14."""
DONE = a_roadmap(an_item("live", 5, finished_on=date(2025, 11, 3)))
LATE = ("Item live", "2027-02-24", END)
YEARLY = {"recurrence": Recurrence.YEARLY}


def found(*lines, **terms):
    return out_of_time(a_model(*lines, **{"horizon_months": 12, **terms}))


def about(subject, findings):
    return [(each.principle, each.field, each.refuses) for each in findings if each.subject == subject]


MARCH, JANUARY = a_roadmap(an_item("live", 60)), a_roadmap(an_item("live", 20))
"""Live on 25 March, in month 3, and on 28 January, in month 1."""
BEGINS_LATE = (P.AFTER_HORIZON, "timing/start_milestone", True)
ENDS_EARLY = (P.NEVER_RUNS, "timing/end_month", True)
IS_OVER = (P.NEVER_RUNS, "timing/end_milestone", False)


@pytest.mark.parametrize(
    ("line", "roadmap", "expected"),
    [
        (a_cost(timing=Timing(0, None, "live")), LONG, [BEGINS_LATE]),
        (a_cost(timing=Timing(12, None, "live")), DONE, []),
        (a_cost(timing=Timing(11, None, "live")), JANUARY, []),
        (a_cost(timing=Timing(12, None, "live")), JANUARY, [BEGINS_LATE]),
        (a_cost(timing=Timing(0, 2, "live"), **YEARLY), MARCH, [ENDS_EARLY]),
        (a_cost(timing=Timing(0, 3, "live"), **YEARLY), MARCH, []),
        (a_cost(timing=Timing(0, 0), **YEARLY), DONE, [ENDS_EARLY]),
        (a_cost(timing=Timing(0, 0)), DONE, []),
        (a_cost(timing=Timing(0, None, None, "live"), **YEARLY), DONE, [IS_OVER]),
        (a_cost(timing=Timing(0, None, None, "live"), **YEARLY), LONG, []),
        (a_cost(timing=Timing(5, None, None, "live"), **YEARLY), MARCH, [IS_OVER]),
        (entered_cost(1, 2), LONG, []),
    ],
)
def test_line_that_never_runs_is_named_and_really_comes_to_nothing(line, roadmap, expected):
    model = a_model(line, roadmap=roadmap, horizon_months=12)
    assert about("cost/c", out_of_time(model)) == expected
    assert (sum(line_flows(model, OPTION).costs[0].by_column) == 0) == bool(expected)


def test_benefit_that_begins_after_the_case_tells_item_day_and_end_of_the_case():
    refused = Finding(P.AFTER_HORIZON, "benefit/b", "timing/start_milestone", True, LATE)
    assert refused in found(a_benefit(timing=Timing(1, None, "live")), roadmap=LONG)


def test_item_that_finishes_after_the_case_is_named_whether_planned_or_done():
    assert about("item/live", found(roadmap=LONG)) == [(P.AFTER_HORIZON, "duration", False)]
    done = a_roadmap(an_item("live", 5, finished_on=date(2027, 1, 1)))
    assert about("item/live", found(roadmap=done)) == [(P.AFTER_HORIZON, "finished_on", False)]
    just = a_roadmap(an_item("live", 5, finished_on=date(2026, 12, 31)))
    assert found(roadmap=just) == ()


def test_adoption_that_begins_after_the_case_is_refused_where_a_line_follows_it():
    drivers = Drivers(headcount=Estimate.fixed(10), adoption=Adoption(), adoption_milestone="live")
    refused = [(P.AFTER_HORIZON, "adoption_milestone", True)]
    followers = (a_cost(driver=Driver.ACTIVE_LEARNERS), a_benefit(follows_case_adoption=True))
    for line in followers:
        assert about("driver", found(line, drivers=drivers, roadmap=LONG)) == refused
        assert about("driver", found(line, drivers=drivers, roadmap=DONE)) == []
    assert about("driver", found(a_cost(), drivers=drivers, roadmap=LONG)) == []


def done_on(day, *needs, key="later"):
    return an_item(key, 5, *needs, finished_on=date(2026, 3, day))


@pytest.mark.parametrize(
    ("first", "later", "told"),
    [
        (done_on(9, key="first"), done_on(6, "first"), "2026-03-09"),
        (done_on(9, key="first"), done_on(9, "first"), None),
        (done_on(9, key="first"), done_on(11, ("first", 3)), "2026-03-09"),  # three working days on: the 12th
        (done_on(9, key="first"), done_on(12, ("first", 3)), None),
        (done_on(9, key="first"), done_on(5, ("first", -3)), None),
        (done_on(9, key="first"), done_on(3, ("first", -3)), "2026-03-09"),
        (an_item("first", 5), done_on(20, "first"), ""),  # not said to be finished
        (an_item("first", 60), done_on(9, ("first", -10)), ""),  # it could have begun on the 12th
        (an_item("first", 5), done_on(20, ("first", -1)), None),  # it may overlap with what is not finished
    ],
)
def test_day_of_finish_that_contradicts_a_dependency_is_named_at_the_item(first, later, told):
    finding = Finding(P.OUT_OF_ORDER, "item/later", "finished_on", False, ("Item first", told or ""))
    expected = [] if told is None else [finding]
    assert list(found(roadmap=a_roadmap(first, later))) == expected


def test_actual_days_win_over_what_the_network_says():
    """The item that was finished too early keeps its day, and what comes after it begins then."""
    roadmap = a_roadmap(an_item("first", 60), done_on(6, "first"), an_item("last", 2, "later"))
    plan = plan_schedule(a_model(roadmap=roadmap))
    assert plan.of("later").early_finish == date(2026, 3, 6)
    assert plan.of("last").early_start == date(2026, 3, 9)
    assert plan.of("first").early_finish == date(2026, 3, 25)


def test_case_without_roadmap_has_nothing_out_of_time():
    assert found(a_cost(), a_benefit(yearly=Estimate.fixed(Decimal(1)))) == ()
