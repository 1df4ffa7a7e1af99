"""The internal rate of return of many draws at once."""

from __future__ import annotations

import numpy as np

from mycelia.business_case.calc.estimates import Floats

LOWEST, HIGHEST = -0.99, 1000.0
PLACES = 48
STEPS = 30
CLOSE = 1e-11


def internal_rates_of_draws(flows: Floats, times: Floats) -> Floats:
    """Return the rate per year at which the net present value of each draw is zero.

    The net present value is looked at on a grid of 48 rates between -99 % and 100,000 % a year; a draw in which its
    sign changes exactly once there has a rate, which is then closed in by Newton's method kept within its bracket.

    Args:
        flows: Shape (periods, draws), net flows.
        times: Shape (periods,), years after the start.

    Returns:
        Shape (draws,); NaN where there is no rate, or more than one.
    """
    grid = np.linspace(np.log1p(LOWEST), np.log1p(HIGHEST), PLACES)
    is_positive = np.exp(-np.outer(grid, times)) @ flows > 0
    changes = is_positive[1:] != is_positive[:-1]
    has_one = np.flatnonzero(changes.sum(axis=0, dtype=np.int8) == 1)
    rates = np.full(flows.shape[1], np.nan)
    if len(has_one):
        as_first = is_positive == is_positive[0]
        cells = as_first.sum(axis=0, dtype=np.int8)[has_one] - 1
        rates[has_one] = np.expm1(_closed_in(grid[cells], grid[cells + 1], flows[:, has_one], times))
    return rates


def _closed_in(low: Floats, high: Floats, flows: Floats, times: Floats) -> Floats:
    """Return the zero of each draw's net present value between two logarithms of growth.

    A draw is done once a step hardly moves it, whatever the others still do.
    """
    is_rising = _value_and_slope(low, flows, times)[0] < 0
    at = (low + high) / 2
    found, open_draws = at.copy(), np.arange(len(at))
    for _ in range(STEPS):
        value, slope = _value_and_slope(at, flows, times)
        is_right = (value < 0) == is_rising
        low, high = np.where(is_right, at, low), np.where(is_right, high, at)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = at - value / slope
        inside = (step > low) & (step < high)
        previous, at = at, np.where(inside, step, (low + high) / 2)
        found[open_draws] = at
        moves = np.abs(at - previous) >= CLOSE
        if not moves.any():
            break
        if not moves.all():
            low, high, at, flows = low[moves], high[moves], at[moves], flows[:, moves]
            is_rising, open_draws = is_rising[moves], open_draws[moves]
    return found


def _value_and_slope(at: Floats, flows: Floats, times: Floats) -> tuple[Floats, Floats]:
    """Return the net present value and its derivative by the logarithm of growth.

    Horner's scheme where the periods after the first two are equally far apart, as years and middles of months are.
    """
    if len(times) < 2:
        return flows[0].copy(), np.zeros_like(at)
    gap = times[2] - times[1] if len(times) > 2 else 1.0
    factor = np.exp(-gap * at)
    value, slope = flows[-1].copy(), np.zeros_like(at)
    for row in flows[-2:0:-1]:
        slope *= factor
        slope += value
        value *= factor
        value += row
    first = np.exp(-times[1] * at)
    slope = first * (-times[1] * value - gap * factor * slope)
    return flows[0] + first * value, slope
