"""The same costs seen by category, by phase of the roadmap and by cost centre."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class CostView(StrEnum):
    """What costs are summed by."""

    CATEGORY = "category"
    PHASE = "phase"
    COST_CENTRE = "cost_centre"


@dataclass(frozen=True)
class CostPart:
    """What one category, phase or cost centre comes to.

    Attributes:
        key: The category, the phase's key, or the cost centre; empty for costs that name none.
        amounts: Shape (years,), the start first.
    """

    key: str
    amounts: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        """Sum over the horizon, undiscounted."""
        return sum(self.amounts, Decimal(0))


@dataclass(frozen=True)
class CostTables:
    """The parts of each view; those of every view add up to `total` exactly, year by year."""

    views: Mapping[CostView, tuple[CostPart, ...]]
    total: CostPart
