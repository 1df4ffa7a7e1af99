"""What the arithmetic gives: flows, figures, dates and distributions of one option of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mycelia.business_case.types.problems import Notice

ZERO = Decimal(0)


@dataclass(frozen=True)
class LineFlow:
    """The amounts of one line.

    Attributes:
        by_column: Shape (horizon_months + 1,), column 0 first, in the case's currency, positive for costs too, each
            rounded to 6 places so that the sum of a year's months is the year's amount rounded to 6 places.
        is_counted: Whether the figures contain it: not an intangible, nor learner time, or what saves it, when that is
            left out.
    """

    key: str
    by_column: tuple[Decimal, ...]
    is_counted: bool = True

    def by_year(self) -> tuple[Decimal, ...]:
        """Return column 0, then the sum of each twelve months; the last year may be shorter."""
        months = self.by_column[1:]
        years = (sum(months[first : first + 12], Decimal(0)) for first in range(0, len(months), 12))
        return (self.by_column[0], *years)


@dataclass(frozen=True)
class OptionFlows:
    """All lines of one option, its own and the shared ones, in the order of the model.

    `costs_by_column` and `benefits_by_column` are the sums of those counted, each of shape (horizon_months + 1,).
    """

    option: str
    costs: tuple[LineFlow, ...]
    benefits: tuple[LineFlow, ...]
    columns: int

    @property
    def costs_by_column(self) -> tuple[Decimal, ...]:
        """Return what all counted costs come to in each column."""
        return self._sum(self.costs)

    @property
    def benefits_by_column(self) -> tuple[Decimal, ...]:
        """Return what all counted benefits come to in each column."""
        return self._sum(self.benefits)

    def _sum(self, lines: tuple[LineFlow, ...]) -> tuple[Decimal, ...]:
        counted = [line.by_column for line in lines if line.is_counted]
        return tuple(sum(amounts, ZERO) for amounts in zip(*counted, strict=True)) or (ZERO,) * self.columns


@dataclass(frozen=True)
class Spread:
    """A distribution of one figure; None where no draw has a value.

    Attributes:
        error: Monte Carlo standard error of the mean.
        share_defined: Share of the draws in which the figure exists (a payback that comes, a rate that is one).
    """

    mean: float | None
    p10: float | None
    p50: float | None
    p90: float | None
    error: float | None
    share_defined: float = 1.0


@dataclass(frozen=True)
class FinishDates:
    """When an item, or the whole roadmap, is finished with a probability of 50, 80 and 95 %."""

    key: str
    p50: date
    p80: date
    p95: date
    criticality: float = 1.0


@dataclass(frozen=True)
class Swing:
    """One bar of the tornado: the net present value with one input at its 10th and its 90th percentile.

    The others stand at their expected value. `rank_correlation` is Spearman's, over the draws. `label` is the
    description of the line or the title of the item the input belongs to, empty for a driver of the whole case.
    """

    name: str
    label: str
    low_input: float
    high_input: float
    npv_at_low: float
    npv_at_high: float
    rank_correlation: float | None = None


@dataclass(frozen=True)
class Sensitivity:
    """Share of the variance of the net present value: due to an input alone, and with all its interactions."""

    name: str
    label: str
    first_order: float
    total_order: float
    first_order_error: float
    total_order_error: float


@dataclass(frozen=True)
class InputWorth:
    """What it would be worth to learn an input exactly before deciding, in the case's currency (EVPPI)."""

    name: str
    label: str
    evppi: float
    error: float


@dataclass(frozen=True)
class BreakEven:
    """The value of one input at which the net present value is zero, all others at their expected value.

    `value` is None when no value within the input's reach does it.
    """

    name: str
    label: str
    expected: float
    value: float | None


@dataclass(frozen=True)
class Fan:
    """Cumulative net benefit by column, undiscounted; each of shape (horizon_months + 1,)."""

    p10: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p90: tuple[float, ...]
    mean: tuple[float, ...]


@dataclass(frozen=True)
class Simulation:
    """A joint Monte Carlo over costs, benefits, adoption and schedule of one option.

    Attributes:
        model_digest: SHA-256 of the model it was made from, in hexadecimal.
        payback_months: Simple payback; `discounted_payback_months` on present values.
        seconds: What it took, by the clock of whoever asked; None when nobody looked at one.
        histogram: Pairs (left edge of a bin, draws in it) of the net present value, with one last (right edge, 0).
        warnings: What readers have to know, such as that the Monte Carlo error is large beside the result.
        as_of: The day on which the case was told, where it mattered; nothing open finishes before it.
    """

    option: str
    draws: int
    seed: int
    seconds: float | None
    model_digest: str
    npv: Spread
    roi: Spread
    bcr: Spread
    payback_months: Spread
    discounted_payback_months: Spread
    irr: Spread
    probability_of_loss: float
    probability_of_loss_error: float
    fan: Fan
    histogram: tuple[tuple[float, int], ...]
    finish: FinishDates | None
    items: tuple[FinishDates, ...]
    tornado: tuple[Swing, ...]
    sensitivities: tuple[Sensitivity, ...]
    worth_learning: tuple[InputWorth, ...]
    break_evens: tuple[BreakEven, ...]
    warnings: tuple[Notice, ...]
    as_of: date | None = None
