"""How the demo case went in its first year, all of it invented: some of it better than planned, some worse."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from mycelia.business_case.types import CostCategory

SPENT = {
    CostCategory.INTEGRATION: Decimal("1.16"),
    CostCategory.MIGRATION: Decimal("1.08"),
    CostCategory.INTERNAL_LABOUR: Decimal("1.06"),
    CostCategory.CONTENT_DEVELOPMENT: Decimal("0.94"),
    CostCategory.CHANGE_AND_COMMUNICATION: Decimal("0.90"),
    CostCategory.LEARNER_TIME: Decimal("0.97"),
    CostCategory.CONTINGENCY: Decimal("0.60"),
}
"""What was spent of what was planned; the sign-on took longer, the courses went quicker, the reserve was half used."""
TURNS = tuple(Decimal(turn) for turn in ("1.02", "0.98", "1.03", "0.97", "1.00", "1.01", "0.99"))
"""How the actuals stray from month to month besides."""
GAINED = {
    "benefit-old-tools": Decimal("0.93"),
    "benefit-travel": Decimal("1.14"),
    "benefit-upgrades": Decimal("0.55"),
}
"""What was booked of a planned benefit: one contract ran on, more trips fell away, upgrades sold half as well."""
MOVED = {
    "visits": (0, 0, 0, 2, 5, 12, 24, 40, 55, 68, 80, 88, 95),
    "onboarding": (0, 0, 0, 0, 0, 5, 10, 18, 25, 30, 28, 35, 40),
}
"""How many hundredths of its claimed movement each KPI had made at the end of each month; onboarding lags."""
GATE = (
    "Costs are close to plan and repeat visits fall as claimed. Onboarding lags: talent brings a plan for it to the "
    "next gate. Until then no further depots join."
)
GATE_MONTH = 8
WORKING_DAYS_TO_CLOSE = 4


def at(day: date, hour: int = 9, minute: int = 40) -> datetime:
    """Return a moment of a working day."""
    return datetime.combine(day, time(hour, minute), UTC)


def working_day_after(day: date, count: int = WORKING_DAYS_TO_CLOSE) -> date:
    """Return the working day that many working days after a day."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def moved(kpi: str, column: int) -> Decimal:
    """Return the share of its claimed movement that a KPI had made by the end of a month."""
    path = MOVED[kpi]
    return Decimal(path[min(column, len(path) - 1)]) / 100
