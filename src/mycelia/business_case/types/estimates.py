"""Numbers that are not known exactly: what is believed about one, and how several hang together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Shape(StrEnum):
    """The form of what is believed about a number.

    FIXED is `likely`. TRIANGULAR and PERT run from `low` over `likely` (the mode) to `high`; PERT is the beta
    distribution with shape 4. LOGNORMAL has its 10th percentile at `low` and its 90th at `high`, both above 0.
    LIST takes each of `values` with equal probability.
    """

    FIXED = "fixed"
    TRIANGULAR = "triangular"
    PERT = "pert"
    LOGNORMAL = "lognormal"
    LIST = "list"


@dataclass(frozen=True)
class Estimate:
    """What is believed about one number; its unit is that of the field it stands in.

    Attributes:
        low: Least (TRIANGULAR, PERT) or 10th percentile (LOGNORMAL).
        likely: The value (FIXED) or the mode (TRIANGULAR, PERT).
        high: Greatest (TRIANGULAR, PERT) or 90th percentile (LOGNORMAL).
        values: Shape (n,), n >= 1, for LIST.
        named: Key of the case's named input that this number is, whose numbers it then has; empty for one of its own.
    """

    shape: Shape = Shape.FIXED
    low: Decimal | None = None
    likely: Decimal | None = None
    high: Decimal | None = None
    values: tuple[Decimal, ...] = ()
    named: str = ""

    @classmethod
    def fixed(cls, value: Decimal | int | str) -> Estimate:
        """Return a number that is known."""
        return cls(Shape.FIXED, likely=Decimal(value))

    @classmethod
    def triangular(cls, low: Decimal | int | str, likely: Decimal | int | str, high: Decimal | int | str) -> Estimate:
        """Return a triangular estimate."""
        return cls(Shape.TRIANGULAR, Decimal(low), Decimal(likely), Decimal(high))

    @classmethod
    def pert(cls, low: Decimal | int | str, likely: Decimal | int | str, high: Decimal | int | str) -> Estimate:
        """Return a PERT estimate."""
        return cls(Shape.PERT, Decimal(low), Decimal(likely), Decimal(high))

    @property
    def is_uncertain(self) -> bool:
        """Return whether drawing from it, in floating point, can give different numbers."""
        if self.shape is Shape.LIST:
            return len({float(value) for value in self.values}) > 1
        return self.shape is not Shape.FIXED and float(self.low or 0) != float(self.high or 0)


ONE = Estimate.fixed(1)
NONE = Estimate.fixed(0)


@dataclass(frozen=True)
class Correlation:
    """Two inputs that move together: a Gaussian copula over their ranks.

    Attributes:
        first, second: Input names as `CaseModel.inputs` gives them, such as "input/KEY/count", "cost/KEY/price",
            "benefit/KEY/inputs/hours", "driver/headcount", "driver/adoption_ceiling", "item/KEY/duration".
        rho: Correlation of the normal scores behind the ranks, in (-1, 1).
        key: Stable name within the case.
    """

    first: str
    second: str
    rho: Decimal
    key: str = ""


class AdoptionKind(StrEnum):
    """How the share of people who use something grows over the months."""

    FULL = "full"
    BASS = "bass"
    LOGISTIC = "logistic"
    STEPS = "steps"


@dataclass(frozen=True)
class Adoption:
    """The share of people who use something, by month since it became available.

    With u = months since then, times `tempo`: FULL is `ceiling` at once; BASS is ceiling x (1 - e^-(p+q)u/12) /
    (1 + (q/p) e^-(p+q)u/12) with p `innovation_per_year` and q `imitation_per_year`; LOGISTIC is ceiling /
    (1 + e^-k(u - midpoint_months)) with k `steepness_per_month`; STEPS is ceiling x the last of `steps` whose month
    is not after u. A month's share is that at its middle: in column c of something available from column s it is
    u = c - max(s, 1) + 1/2, so 1/2 in its first month; before s the share is 0. Column 0, when s is 0, has u = 0.

    Attributes:
        ceiling: Share of people who will ever use it, 0 to 1.
        tempo: 1 as planned; 0.8 is slower, 1.2 quicker.
        steps: Pairs (month from 0, share 0 to 1), months ascending, for STEPS.

    References:
        F. M. Bass (1969), A New Product Growth for Model Consumer Durables, Management Science 15(5).
    """

    kind: AdoptionKind = AdoptionKind.FULL
    ceiling: Estimate = ONE
    tempo: Estimate = ONE
    innovation_per_year: Decimal = Decimal("0.03")
    imitation_per_year: Decimal = Decimal("0.38")
    midpoint_months: Decimal = Decimal(6)
    steepness_per_month: Decimal = Decimal("0.6")
    steps: tuple[tuple[int, Decimal], ...] = ()


FULL_ADOPTION = Adoption()
