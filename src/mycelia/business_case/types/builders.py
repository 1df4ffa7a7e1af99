"""What a benefit of a category is computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class InputKind(StrEnum):
    """What an input is: a count of something, an amount of money, or a share from 0 to 1."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"


@dataclass(frozen=True)
class BuilderInput:
    """One number that a builder asks for.

    Attributes:
        unit: What one of it is, for readers; empty for a share, "money" in the case's currency.
    """

    name: str
    unit: str
    kind: InputKind = InputKind.COUNT


@dataclass(frozen=True)
class Builder:
    """How the yearly amount of a benefit at full effect follows from its inputs: their product times `months`.

    Attributes:
        inputs: In the order in which a form asks for them.
        months: 12 where the inputs are monthly, else 1.
    """

    inputs: tuple[BuilderInput, ...]
    months: int = 1

    @property
    def formula(self) -> str:
        """Return the formula in the names of the inputs."""
        names = [each.name for each in self.inputs]
        return " × ".join(names if self.months == 1 else [*names, str(self.months)])

    def yearly_amount(self, values: Mapping[str, Decimal]) -> Decimal:
        """Return the amount a year at full effect, before adoption, isolation and confidence.

        Raises:
            KeyError: An input has no value.
        """
        amount = Decimal(self.months)
        for each in self.inputs:
            amount *= values[each.name]
        return amount
