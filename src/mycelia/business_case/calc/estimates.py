"""What follows from an estimate: its mean and its most likely value."""

from __future__ import annotations

from decimal import Decimal, localcontext
from statistics import median

import numpy as np
from numpy.typing import NDArray

from mycelia.business_case.calc.precision import PRECISE
from mycelia.business_case.types import Estimate, Shape

Floats = NDArray[np.float64]

PERT_SHAPE = 4
UPPER_DECILE = 1.2815515655446004
"""The 90th percentile of the standard normal distribution."""


def expected(estimate: Estimate) -> Decimal:
    """Return the mean: exact, except of a LOGNORMAL, which is that of floating point.

    References:
        Triangular: mean (a + m + b) / 3. PERT: (a + 4 m + b) / 6 (D. G. Malcolm et al. 1959). Lognormal:
        exp(mu + sigma^2 / 2).

    Example:
        >>> expected(Estimate.triangular(1, 2, 6))
        Decimal('3')
    """
    with localcontext(PRECISE):
        match estimate.shape:
            case Shape.FIXED:
                return given(estimate.likely)
            case Shape.TRIANGULAR:
                return (given(estimate.low) + given(estimate.likely) + given(estimate.high)) / 3
            case Shape.PERT:
                return (given(estimate.low) + PERT_SHAPE * given(estimate.likely) + given(estimate.high)) / 6
            case Shape.LOGNORMAL:
                mu, sigma = lognormal_terms(estimate)
                return Decimal(repr(float(np.exp(mu + sigma * sigma / 2))))
            case Shape.LIST:
                return sum(estimate.values, Decimal(0)) / len(estimate.values)


def most_likely(estimate: Estimate) -> Decimal:
    """Return the mode; of a LOGNORMAL or LIST, the median.

    Example:
        >>> most_likely(Estimate.pert(1, 2, 6))
        Decimal('2')
    """
    with localcontext(PRECISE):
        if estimate.shape is Shape.LIST:
            return median(estimate.values)
        if estimate.shape is Shape.LOGNORMAL:
            return (given(estimate.low) * given(estimate.high)).sqrt()
        return given(estimate.likely)


def lognormal_terms(estimate: Estimate) -> tuple[float, float]:
    """Return mean and standard deviation of the logarithm, from the 10th and the 90th percentile."""
    low, high = np.log(float(given(estimate.low))), np.log(float(given(estimate.high)))
    return float((low + high) / 2), float((high - low) / (2 * UPPER_DECILE))


def given(value: Decimal | None) -> Decimal:
    """Return a number that the shape needs.

    Raises:
        ValueError: It is absent; `check_model` names where.
    """
    if value is None:
        raise ValueError("an estimate lacks a number that its shape needs")
    return value
