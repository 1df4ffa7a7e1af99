"""The headline figures of a case and the flows they are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mycelia.business_case.types.vocabulary import EmptyCashFlow, UnequalYears


@dataclass(frozen=True)
class YearlyFlows:
    """Costs and benefits of the same years, in one currency, both as positive amounts.

    Attributes:
        costs: Shape (years,), year 0 (the undiscounted initial column) first.
        benefits: Shape (years,), year 0 first.

    Raises:
        EmptyCashFlow: There is no year.
        UnequalYears: The two sides differ in length.
    """

    costs: tuple[Decimal, ...]
    benefits: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        if not self.costs and not self.benefits:
            raise EmptyCashFlow
        if len(self.costs) != len(self.benefits):
            raise UnequalYears

    @property
    def net(self) -> tuple[Decimal, ...]:
        """Benefit less cost of each year, year 0 first."""
        return tuple(b - c for b, c in zip(self.benefits, self.costs, strict=True))


@dataclass(frozen=True)
class CaseFigures:
    """Every headline figure of one case; money in the case's currency, rates and shares as fractions.

    `None` means that the figure does not exist for these flows (a ratio over no cost, a payback that never
    comes), never zero.

    Attributes:
        pv_costs_by_year: Present value of each year's costs, year 0 first.
        pv_benefits_by_year: Present value of each year's benefits, year 0 first.
        roi_discounted: Net present value over present value of costs (the Total Economic Impact convention).
        roi_programme: (Benefits - costs) / costs, undiscounted (the Phillips convention).
        programme_benefits: The benefits that `roi_programme` and `bcr_undiscounted` count: all, or those of the first
            year only.
        payback_simple_months: Months after the start until the undiscounted sum is repaid for good.
        payback_discounted_months: The same on present values.
        internal_rates: Every rate above -100 % at which the net present value is zero, ascending.
        modified_internal_rate: Finance and reinvestment both at the case's discount rate.
        break_even_benefits: Share of the planned benefits at which the net present value is zero.
        break_even_costs: Multiple of the planned costs at which the net present value is zero.
        total_tax, pv_tax: Tax on the net flows, negative where losses are credited; 0 where the case leaves tax out.
            The net present value, `roi_discounted`, paybacks and internal rates are after tax; costs, benefits, the
            programme ROI and the benefit-cost ratios are before it.
    """

    rate_per_year: Decimal
    pv_costs_by_year: tuple[Decimal, ...]
    pv_benefits_by_year: tuple[Decimal, ...]
    total_costs: Decimal
    total_benefits: Decimal
    pv_costs: Decimal
    pv_benefits: Decimal
    npv: Decimal
    roi_discounted: Decimal | None
    roi_programme: Decimal | None
    programme_benefits: Decimal
    bcr_discounted: Decimal | None
    bcr_undiscounted: Decimal | None
    payback_simple_months: Decimal | None
    payback_discounted_months: Decimal | None
    internal_rates: tuple[Decimal, ...]
    modified_internal_rate: Decimal | None
    break_even_benefits: Decimal | None
    break_even_costs: Decimal | None
    total_tax: Decimal = Decimal(0)
    pv_tax: Decimal = Decimal(0)
