"""Plan, actual and forecast.

The forecast of a closed month is its actual. What remains is the plan times a factor: 1 + z (ratio - 1), where ratio
is actual over plan to date and z = n / (n + 6) after n closed months in which the series had a plan (the start is no
month), so that one odd month does not overturn a plan and a year of them does.

References:
    The weight z is the credibility factor of H. Buhlmann (1967), Experience rating and credibility, ASTIN Bulletin 4;
    its constant of six months is a choice of this product, stated wherever a forecast is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from mycelia.business_case.calc.realisation import realised
from mycelia.business_case.calc.timeline import MONTHS, first_day_of_month
from mycelia.business_case.types import (
    Booking,
    Course,
    EvidenceGrade,
    LineKind,
    Performance,
    PlannedBenefit,
    PlannedCosts,
)

ZERO, ONE = Decimal(0), Decimal(1)
CREDIBILITY_MONTHS = 6


def column_of(day: date, *, start: date) -> int:
    """Return the column a day falls in: 0 up to the start, then the month that holds it.

    Example:
        >>> column_of(date(2026, 1, 1), start=date(2026, 1, 1)), column_of(date(2026, 2, 15), start=date(2026, 1, 1))
        (0, 2)
    """
    if day <= start:
        return 0
    column = (day.year - start.year) * MONTHS + day.month - start.month + 1
    return column if first_day_of_month(start, column) <= day else column - 1


def last_day_of(column: int, *, start: date) -> date:
    """Return the last day of a column; that of column 0 is the start itself.

    Example:
        >>> last_day_of(1, start=date(2026, 1, 1)), last_day_of(1, start=date(2026, 1, 31))
        (datetime.date(2026, 1, 31), datetime.date(2026, 2, 27))
    """
    return start if column == 0 else first_day_of_month(start, column + 1) - timedelta(days=1)


def factor_of(plan: Decimal, actual: Decimal, *, months: int) -> Decimal:
    """Return what the remaining plan is multiplied by; 1 where nothing was planned so far.

    Args:
        plan: Planned to date, 0 or more.
        actual: Actual to date; a sum below 0 counts as 0.
        months: Closed months with a plan.

    Example:
        >>> factor_of(Decimal(100), Decimal(150), months=6)
        Decimal('1.25')
    """
    if plan <= 0 or months <= 0:
        return ONE
    return ONE + weight_of(months) * (max(ZERO, actual) / plan - ONE)


def weight_of(months: int) -> Decimal:
    """Return how much what was seen in so many months counts, from 0 to below 1.

    Example:
        >>> weight_of(6)
        Decimal('0.5')
    """
    return Decimal(months) / (months + CREDIBILITY_MONTHS)


def months_with_plan(plan: Sequence[Decimal], closed: int) -> int:
    """Return how many of the closed columns are months with a plan; the initial column is no month."""
    return sum(1 for column in range(1, closed) if plan[column])


def course(name: str, plan: Sequence[Decimal], actual: Sequence[Decimal]) -> Course:
    """Return plan, actual and forecast of one series.

    Args:
        plan: Shape (columns,).
        actual: Shape (at most columns,): the closed columns.
    """
    closed = len(actual)
    factor = factor_of(sum(plan[:closed], ZERO), sum(actual, ZERO), months=months_with_plan(plan, closed))
    rest = tuple(amount * factor for amount in plan[closed:])
    return Course(name, tuple(plan), (*actual, *((None,) * len(rest))), (*actual, *rest), factor)


def performance(
    costs: Sequence[PlannedCosts],
    benefits: Sequence[PlannedBenefit],
    bookings: Sequence[Booking],
    *,
    start: date,
    columns: int,
    closed: int | None,
    plan_version: int | None = None,
) -> Performance:
    """Return plan, actual and forecast of a case.

    Args:
        costs: By category; bookings in a category without a plan get a series of their own.
        benefits: By line; bookings of a line without a plan get a series of their own.
        bookings: In the case's currency.
        start: Of the case.
        columns: How many columns the plans have.
        closed: The last closed column; later bookings do not count yet.
    """
    placed = _placed(bookings, start)
    until = 0 if closed is None else closed + 1
    courses = cost_courses(costs, bookings, start=start, columns=columns, closed=closed)
    benefits = _with_unplanned_benefits(benefits, placed, until, columns)
    outcomes = [None if closed is None else realised(one, placed, closed=closed) for one in benefits]
    benefit_courses = tuple(
        course(one.key, one.by_column, () if outcome is None else outcome.by_column)
        for one, outcome in zip(benefits, outcomes, strict=True)
    )
    return Performance(
        closed=closed,
        costs=courses,
        benefits=benefit_courses,
        proofs={outcome.key: outcome.proof for outcome in outcomes if outcome is not None},
        total_costs=total("costs", courses, columns=columns, closed=until),
        total_benefits=total("benefits", benefit_courses, columns=columns, closed=until),
        plan_version=plan_version,
    )


def cost_courses(
    costs: Sequence[PlannedCosts], bookings: Sequence[Booking], *, start: date, columns: int, closed: int | None
) -> tuple[Course, ...]:
    """Return plan, actual and forecast of costs by category, or by whatever stands in its place; as `performance`."""
    placed, until = _placed(bookings, start), 0 if closed is None else closed + 1
    return tuple(_cost(plan, placed, until) for plan in _with_unplanned(costs, placed, until, columns))


def _placed(bookings: Sequence[Booking], start: date) -> list[tuple[int, Booking]]:
    return [(column_of(one.booked_on, start=start), one) for one in bookings]


def total(name: str, courses: Sequence[Course], *, columns: int, closed: int) -> Course:
    """Return the sum of several series, zeros where there are none; its factor is forecast over plan of what remains.

    Args:
        columns: How many columns every series has.
        closed: How many of them are closed.
    """
    plan = tuple(sum((one.plan[c] for one in courses), ZERO) for c in range(columns))
    forecast = tuple(sum((one.forecast[c] for one in courses), ZERO) for c in range(columns))
    actual = tuple(sum((one.actual[c] or ZERO for one in courses), ZERO) for c in range(closed))
    open_plan, open_forecast = sum(plan[closed:], ZERO), sum(forecast[closed:], ZERO)
    factor = open_forecast / open_plan if open_plan else ONE
    return Course(name, plan, (*actual, *((None,) * (columns - closed))), forecast, factor)


def _cost(plan: PlannedCosts, placed: Sequence[tuple[int, Booking]], until: int) -> Course:
    own = [(at, b.amount) for at, b in placed if b.kind is LineKind.COST and b.category == plan.category]
    actual = tuple(sum((amount for at, amount in own if at == column), ZERO) for column in range(until))
    return course(plan.category, plan.by_column, actual)


def _with_unplanned(
    costs: Sequence[PlannedCosts], placed: Sequence[tuple[int, Booking]], until: int, columns: int
) -> list[PlannedCosts]:
    planned = {one.category for one in costs}
    found = {b.category for at, b in placed if b.kind is LineKind.COST and at < until} - planned
    return [*costs, *(PlannedCosts(category, (ZERO,) * columns) for category in sorted(found))]


def _with_unplanned_benefits(
    benefits: Sequence[PlannedBenefit], placed: Sequence[tuple[int, Booking]], until: int, columns: int
) -> list[PlannedBenefit]:
    planned = {one.key for one in benefits}
    booked = {b.item: None for at, b in placed if b.kind is LineKind.BENEFIT and b.item and at < until}
    nothing = (ZERO,) * columns
    found = [PlannedBenefit(key, "", nothing, EvidenceGrade.NONE) for key in booked if key and key not in planned]
    return [*benefits, *found]
