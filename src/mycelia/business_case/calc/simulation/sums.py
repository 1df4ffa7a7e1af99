"""Sums up to each column of many draws at once."""

from __future__ import annotations

import numpy as np

from mycelia.business_case.calc.estimates import Floats


def sum_up(flows: Floats) -> Floats:
    """Replace flows, shape (columns, draws), by their sums up to each column; row by row, which is ten times as quick
    as `numpy.cumsum` along columns.
    """
    for row in range(1, len(flows)):
        flows[row] += flows[row - 1]
    return flows


def ramped(running: Floats, months: int) -> Floats:
    """Return amounts that grow linearly to the full one over some months, from the middle of the first one on.

    A column has the mean of what ran during the months before its middle.

    Args:
        running: Shape (columns, draws), the full amounts; what begins once does not end.
        months: Length of the ramp, from 1.
    """
    until = np.zeros_like(running)
    until[1:] = running[:-1]
    until += running
    until *= 0.5 / months
    sum_up(until)
    result = until.copy()
    result[months:] -= until[:-months]
    return result
