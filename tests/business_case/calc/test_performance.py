from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mycelia.business_case.calc import timeline
from mycelia.business_case.calc.performance import column_of, course, factor_of, last_day_of, performance
from mycelia.business_case.calc.realisation import realised
from mycelia.business_case.calc.timeline import first_day_of_month
from mycelia.business_case.types import (
    Booking,
    Direction,
    EvidenceGrade,
    LineKind,
    PlannedBenefit,
    PlannedCosts,
    Proof,
)

START = date(2026, 1, 1)
D = Decimal
PLAN = PlannedBenefit(
    "b",
    "Fewer incidents",
    (D(0), D(100), D(100), D(100)),
    EvidenceGrade.BEFORE_AFTER,
    baseline=D(20),
    direction=Direction.FALL,
    claimed_movement=D(10),
    readings=(None, D(18), D(12), D(5)),
)


@pytest.mark.parametrize(
    ("day", "column"),
    [
        (date(2025, 11, 3), 0),
        (date(2026, 1, 1), 0),
        (date(2026, 1, 2), 1),
        (date(2026, 1, 31), 1),
        (date(2026, 2, 1), 2),
        (date(2027, 1, 1), 13),
    ],
)
def test_column_of_a_day(day: date, column: int) -> None:
    assert column_of(day, start=START) == column


def test_column_of_a_case_that_starts_at_the_end_of_a_month() -> None:
    """February has no 31st; its last day opens the second month, as on the roadmap."""
    assert column_of(date(2026, 2, 27), start=date(2026, 1, 31)) == 1
    assert column_of(date(2026, 2, 28), start=date(2026, 1, 31)) == 2
    assert column_of(date(2026, 3, 31), start=date(2026, 1, 31)) == 3


def test_course_worked_by_hand() -> None:
    # Three closed months of 100 planned cost 130 in all: ratio 1.3, z = 2/8 with two months after the start.
    found = course("x", [D(100)] * 4, [D(100), D(150), D(140)])
    assert found.factor == 1 + D("0.25") * (D(390) / D(300) - 1)
    assert found.forecast == (D(100), D(150), D(140), D(100) * found.factor)
    assert found.actual == (D(100), D(150), D(140), None)
    assert found.to_date() == (D(300), D(390))


def test_weight_of_what_was_seen_counts_closed_months_with_a_plan_and_not_the_start():
    """Planned are 50 at the start and 10 in months 2, 4 and 6; six months are closed and came to twice the plan.
    n = 3, so z = 3 / 9, and what remains is the plan times 1 + 1/3 x (160 / 80 - 1) = 4/3."""
    plan = [Decimal(amount) for amount in (50, 0, 10, 0, 10, 0, 10, 0, 30)]
    found = course("row", plan, [2 * amount for amount in plan[:7]])
    assert found.factor == 1 + Decimal(3) / 9
    assert found.forecast[8] == pytest.approx(Decimal(40))


@given(st.lists(st.decimals(0, 1000, places=2), min_size=2, max_size=24), st.data())
def test_course_that_goes_as_planned_forecasts_the_plan(plan: list[Decimal], data: st.DataObject) -> None:
    closed = data.draw(st.integers(0, len(plan)))
    assert course("x", plan, plan[:closed]).forecast == tuple(plan)


@given(st.decimals(1, 1000, places=2), st.decimals(0, 5000, places=2), st.integers(1, 120))
def test_factor_lies_between_the_plan_and_the_run_rate(plan: Decimal, actual: Decimal, months: int) -> None:
    ratio = actual / plan
    assert min(D(1), ratio) <= factor_of(plan, actual, months=months) <= max(D(1), ratio)


def test_benefit_counts_as_far_as_its_measure_has_moved_and_never_more() -> None:
    found = realised(PLAN, [], closed=3)
    assert found.by_column == (D(0), D(20), D(80), D(100))
    assert found.proof is Proof.MEASURED


@pytest.mark.parametrize(
    ("change", "proof"),
    [
        ({"grade": EvidenceGrade.VENDOR}, Proof.WEAK_EVIDENCE),
        ({"grade": EvidenceGrade.NONE}, Proof.WEAK_EVIDENCE),
        ({"claimed_movement": None}, Proof.NO_KPI),
        ({"baseline": None}, Proof.NO_KPI),
        ({"readings": ()}, Proof.NO_READING),
        ({"readings": (None, D(20), D(21), D(25))}, Proof.NO_MOVEMENT),
        ({"direction": Direction.RISE}, Proof.NO_MOVEMENT),
    ],
)
def test_benefit_without_evidence_counts_nothing(change: dict[str, object], proof: Proof) -> None:
    found = realised(replace(PLAN, **change), [], closed=3)
    assert found.by_column == (D(0),) * 4
    assert found.proof is proof


def test_benefit_that_was_booked_counts_as_booked() -> None:
    mine = Booking(date(2026, 2, 3), D(70), "r", LineKind.BENEFIT, "", "b")
    bookings = [(2, mine), (2, replace(mine, item="other")), (2, replace(mine, kind=LineKind.COST))]
    found = realised(replace(PLAN, grade=EvidenceGrade.NONE), bookings, closed=3)
    assert (found.by_column, found.proof) == ((D(0), D(0), D(70), D(0)), Proof.BOOKED)


def test_booking_in_a_month_that_is_still_open_changes_nothing_that_was_measured() -> None:
    later = Booking(date(2026, 5, 3), D(1), "r", LineKind.BENEFIT, "", "b")
    assert realised(PLAN, [(5, later)], closed=3) == realised(PLAN, [], closed=3)


@pytest.mark.parametrize("start", [date(2026, 1, 31), date(2026, 1, 1), date(2024, 2, 29)])
def test_months_of_bookings_are_those_of_the_roadmap_and_follow_each_other_without_gap(start: date) -> None:
    for column in range(1, 40):
        first, last = first_day_of_month(start, column), last_day_of(column, start=start)
        assert column_of(last, start=start) == column
        assert column_of(last + timedelta(days=1), start=start) == column + 1
        assert timeline.column_of(start, last, horizon_months=60) == column
        assert first <= last


def test_performance_of_a_case_worked_by_hand() -> None:
    costs = [PlannedCosts("licences", (D(50), D(10), D(10), D(10)))]
    bookings = [
        Booking(date(2025, 12, 1), D(40), "1", category="licences"),
        Booking(date(2026, 1, 9), D(12), "2", category="licences"),
        Booking(date(2026, 1, 10), D(-2), "3", category="licences"),
        Booking(date(2026, 1, 11), D(7), "4", category="support"),
        Booking(date(2026, 3, 1), D(999), "5", category="licences"),
    ]
    found = performance(costs, [PLAN], bookings, start=START, columns=4, closed=1)
    licences, support = found.costs
    assert licences.actual == (D(40), D(10), None, None)
    assert support.actual == (D(0), D(7), None, None)
    assert support.forecast == (D(0), D(7), D(0), D(0))
    assert found.total_costs.actual == (D(40), D(17), None, None)
    assert found.total_benefits.actual == (D(0), D(20), None, None)
    assert found.proofs == {"b": Proof.MEASURED}
    # Licences: 50 of 60 planned, one month: factor 1 + (50/60 - 1)/7.
    assert licences.forecast[2] == D(10) * (1 + (D(50) / D(60) - 1) / 7)


def test_performance_without_a_closed_month_is_the_plan() -> None:
    costs = [PlannedCosts("licences", (D(50), D(10)))]
    booking = Booking(date(2025, 12, 1), D(40), "1", category="licences")
    found = performance(costs, [PLAN], [booking], start=START, columns=2, closed=None)
    assert found.total_costs.forecast == (D(50), D(10))
    assert found.total_costs.actual == (None, None)
    assert found.proofs == {}
