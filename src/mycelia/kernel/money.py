"""Amounts that know their currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

_CURRENCY = re.compile(r"[A-Z]{3}")


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies met in one sum."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217 code), unrounded.

    Example:
        >>> Money(Decimal("2.50"), "EUR") + Money(Decimal("1"), "EUR")
        Money(amount=Decimal('3.50'), currency='EUR')
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not _CURRENCY.fullmatch(self.currency):
            raise ValueError(f"not an ISO 4217 code: {self.currency!r}")
        if not self.amount.is_finite():
            raise ValueError("an amount of money is a finite number")

    def __add__(self, other: Money) -> Money:
        self._require_same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._require_same(other)
        return Money(self.amount - other.amount, self.currency)

    def rounded(self, places: int = 2) -> Money:
        """Return the amount rounded half to even, for display or storage at the edge."""
        return Money(self.amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN), self.currency)

    def _require_same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
