"""The one piece of arithmetic that metrics share."""

from __future__ import annotations

from decimal import Decimal


def percentage(part: int, whole: int) -> Decimal | None:
    """Return part of whole in percent, unrounded; None when there is nothing to be a part of.

    Example:
        >>> percentage(1, 8)
        Decimal('12.5')
        >>> percentage(0, 0) is None
        True
    """
    return Decimal(100 * part) / Decimal(whole) if whole else None
