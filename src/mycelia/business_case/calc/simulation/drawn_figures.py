"""The figures of many draws at once; NaN where a draw has none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mycelia.business_case.calc.compiled import Compiled
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.simulation.drawn_rates import internal_rates_of_draws
from mycelia.business_case.calc.simulation.sums import sum_up
from mycelia.business_case.calc.timeline import discount_factors, times_of_columns, years_of_columns
from mycelia.business_case.calc.worth import kept
from mycelia.business_case.types import Discounting


@dataclass(frozen=True)
class DrawnFigures:
    """Figures by draw, each of shape (draws,).

    Attributes:
        cumulative: Shape (columns, draws), the sum of net flows after tax up to each column.
    """

    npv: Floats
    roi: Floats
    bcr: Floats
    payback_months: Floats
    discounted_payback_months: Floats
    irr: Floats
    cumulative: Floats


def drawn_figures(case: Compiled, costs: Floats, benefits: Floats) -> DrawnFigures:
    """Return the figures of flows, which are of shape (columns, draws)."""
    discount = discount_factors(case.model)
    pv_costs, pv_benefits = discount @ costs, discount @ benefits
    net = (benefits - costs) * kept(case)
    npv = (pv_benefits - pv_costs) * kept(case)
    cumulative = sum_up(net.copy())
    with np.errstate(divide="ignore", invalid="ignore"):
        has_costs = pv_costs > 0
        roi = np.where(has_costs, npv / pv_costs, np.nan)
        bcr = np.where(has_costs, pv_benefits / pv_costs, np.nan)
    present = net * discount[:, None]
    return DrawnFigures(
        npv=npv,
        roi=roi,
        bcr=bcr,
        payback_months=paybacks(net, cumulative),
        discounted_payback_months=paybacks(present, sum_up(present.copy())),
        irr=internal_rates_of_draws(*_periods(case, net)),
        cumulative=cumulative,
    )


def paybacks(net: Floats, cumulative: Floats) -> Floats:
    """Return the months until the cumulative flow is 0 or more for good, NaN where that does not come.

    Args:
        net: Shape (columns, draws), the initial column and then months.
        cumulative: Its sum up to each column.
    """
    numbers = np.arange(1, len(net) + 1, dtype=np.int16)[:, None]
    under: NDArray[np.int16] = np.multiply(cumulative < 0, numbers).max(axis=0) - np.int16(1)
    is_last = under == len(net) - 1
    before = np.clip(under, 0, len(net) - 2)
    draws = np.arange(net.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        months = before - cumulative[before, draws] / net[before + 1, draws]
    return np.where(is_last, np.nan, np.where(under < 0, 0.0, months))


def _periods(case: Compiled, net: Floats) -> tuple[Floats, Floats]:
    """Return the flows whose present value is taken, and when each is paid."""
    times = times_of_columns(case.model.discounting, case.columns)
    if case.model.discounting is Discounting.MID_MONTH:
        return net, times
    firsts = np.flatnonzero(np.diff(years_of_columns(case.columns), prepend=-1))
    return np.stack([each.sum(axis=0) for each in np.split(net, firsts[1:])]), times[firsts]
