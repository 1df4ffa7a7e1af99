"""By which rule a short programme was credited: a frozen version keeps what the rule of its day gave."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from mycelia.business_case.calc.returns import first_year_of
from mycelia.business_case.calc.timeline import MONTHS

HALF_A_CENT = Decimal("0.005")


class CreditRule(StrEnum):
    """The rules there have been, and none of them."""

    FIRST_TWELVE_MONTHS = "first_twelve_months"
    """The start, and twelve months from the first benefit on: the rule of today."""
    FIRST_YEAR_OF_CASE = "first_year_of_case"
    """The start, and months 1 to 12 of the case: the rule until then."""
    ALL = "all"
    """All benefits: how the undiscounted benefit-cost ratio was computed at first."""
    UNKNOWN = "unknown"


def credit_rule(benefits: Sequence[Decimal], credited: Decimal, *, columns_per_year: int = MONTHS) -> CreditRule:
    """Return the rule by which benefits were credited, that of today where several give the same.

    Args:
        benefits: By column, the initial one first.
        credited: What the programme was credited with.
        columns_per_year: 12 for months; 1 for what is known by year only.

    Example:
        >>> late = [Decimal(0)] * 13 + [Decimal(5)] * 24
        >>> [str(credit_rule(late, Decimal(credited))) for credited in (60, 0, 120, 7)]
        ['first_twelve_months', 'first_year_of_case', 'all', 'unknown']
    """
    by_rule = {
        CreditRule.FIRST_TWELVE_MONTHS: first_year_of(benefits, length=columns_per_year),
        CreditRule.FIRST_YEAR_OF_CASE: benefits[: 1 + columns_per_year],
        CreditRule.ALL: benefits,
    }
    fits = (rule for rule, counted in by_rule.items() if abs(sum(counted, Decimal(0)) - credited) < HALF_A_CENT)
    return next(fits, CreditRule.UNKNOWN)
