"""Estimators of variance-based sensitivity from three samples.

References:
    A. Saltelli et al. (2010), Variance based sensitivity analysis of model output, Computer Physics Communications
    181(2): estimator (b) of table 2 for the first order. M. J. W. Jansen (1999), Analysis of variance designs for
    model output, Computer Physics Communications 117(1-2), for the total order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from mycelia.business_case.calc.estimates import Floats


@dataclass(frozen=True)
class Shares:
    """Share of the variance due to an input alone, and with all its interactions, each with its standard error."""

    first_order: float
    total_order: float
    first_order_error: float
    total_order_error: float


def variance_shares(at_a: Floats, at_b: Floats, at_mixed: Floats) -> Shares:
    """Return the variance shares of one input.

    Args:
        at_a, at_b: Results of two independent samples of all inputs, shape (draws,).
        at_mixed: Results of the first sample with this input taken from the second.
    """
    both = np.concatenate([at_a, at_b])
    variance = both.var()
    if variance == 0:
        return Shares(0.0, 0.0, 0.0, 0.0)
    alone = (at_b - both.mean()) * (at_mixed - at_a) / variance
    together = (at_a - at_mixed) ** 2 / (2 * variance)
    root = math.sqrt(len(at_a))
    errors = (float(each.std(ddof=1)) / root for each in (alone, together))
    return Shares(float(alone.mean()), float(together.mean()), *errors)
