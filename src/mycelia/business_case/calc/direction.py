"""Which way a KPI is to move."""

from __future__ import annotations

from decimal import Decimal

from mycelia.business_case.types import Direction


def is_against_direction(direction: Direction, baseline: Decimal | None, target: Decimal | None) -> bool:
    """Return whether a target is worse than the baseline; never while one of them is unknown.

    Example:
        >>> is_against_direction(Direction.FALL, Decimal(15), Decimal(21))
        True
        >>> is_against_direction(Direction.FALL, Decimal(21), Decimal(15))
        False
    """
    if baseline is None or target is None:
        return False
    return target < baseline if direction is Direction.RISE else target > baseline
