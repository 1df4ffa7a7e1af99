"""The columns of a case: the initial one, then months; and what prices, people and money are worth in each."""

from __future__ import annotations

import calendar
from datetime import date

import numpy as np

from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.types import CaseModel, Discounting

MONTHS = 12


def first_day_of_month(start: date, month: int) -> date:
    """Return the first day of a month of the timeline; a day that a short month lacks becomes its last.

    Args:
        start: First day of month 1.
        month: From 1.

    Example:
        >>> first_day_of_month(date(2026, 1, 31), 2)
        datetime.date(2026, 2, 28)
    """
    years, place = divmod(start.month - 1 + month - 1, MONTHS)
    year = start.year + years
    return date(year, place + 1, min(start.day, calendar.monthrange(year, place + 1)[1]))


def column_of(start: date, day: date, *, horizon_months: int) -> int:
    """Return the column a day falls in: 0 before the start, then its month; horizon + 1 after the last month.

    Example:
        >>> column_of(date(2026, 1, 1), date(2026, 2, 1), horizon_months=12)
        2
    """
    return sum(first_day_of_month(start, month) <= day for month in range(1, horizon_months + 2))


def month_after(start: date, day: date) -> int:
    """Return the first column that begins after a day, from 1; it may lie beyond the horizon.

    Example:
        >>> month_after(date(2026, 1, 1), date(2026, 2, 28))
        3
    """
    months = (day.year - start.year) * MONTHS + day.month - start.month + 1
    return max(1, next(month for month in (months, months + 1) if first_day_of_month(start, max(1, month)) > day))


def years_of_columns(columns: int) -> Floats:
    """Return the year each column belongs to: 0 for the initial one, 1 for months 1 to 12, and so on."""
    return np.ceil(np.arange(columns) / MONTHS)


def escalation(per_year: float, columns: int) -> Floats:
    """Return the factor on prices in each column: 1 through year 1, then one step a year."""
    return (1 + per_year) ** np.maximum(years_of_columns(columns) - 1, 0)


def growth(per_year: float, columns: int) -> Floats:
    """Return the factor on the headcount in each column: 1 in column 0, then at the middle of each month."""
    return (1 + per_year) ** np.maximum((np.arange(columns) - 0.5) / MONTHS, 0)


def times_of_columns(discounting: Discounting, columns: int) -> Floats:
    """Return the years after the start at which each column counts as paid."""
    if discounting is Discounting.YEAR_END:
        return years_of_columns(columns)
    return np.maximum((np.arange(columns) - 0.5) / MONTHS, 0)


def discount_factors(model: CaseModel) -> Floats:
    """Return the present value of one unit of money in each column, shape (horizon_months + 1,)."""
    times = times_of_columns(model.discounting, model.horizon_months + 1)
    return (1 + float(model.rate_per_year)) ** -times
