"""The percentiles of estimates: of one, and of many draws of many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.special import betaincinv, ndtri

from mycelia.business_case.calc.estimates import PERT_SHAPE, Floats, expected, given, lognormal_terms
from mycelia.business_case.calc.pert import PertRows, pert_terms
from mycelia.business_case.types import Estimate, Shape

Quantiles = Callable[[Floats], Floats]
"""Takes grades (probabilities in (0, 1)) and gives the values below which so much probability lies."""

SMALLEST_GRADE = 2.0**-54
"""Stands for a drawn grade of exactly 0, which has no normal score; the next one drawn is 2^-53."""


def percentile(estimate: Estimate, probability: float) -> float:
    """Return the value below which the estimate lies with this probability.

    Example:
        >>> round(percentile(Estimate.triangular(0, 1, 2), 0.5), 9)
        1.0
    """
    if not estimate.is_uncertain:
        return float(expected(estimate))
    if estimate.shape is Shape.PERT:
        low, high, alpha = pert_terms(estimate)
        return float(low + (high - low) * betaincinv(alpha, PERT_SHAPE + 2 - alpha, probability))
    return float(quantiles(estimate)(np.array([probability]))[0])


def quantiles(estimate: Estimate) -> Quantiles:
    """Return the quantile function of one estimate, for grades of shape (draws,)."""
    rows = quantile_rows([estimate])
    return lambda grades: rows(grades[None])[0]


def quantile_rows(estimates: Sequence[Estimate]) -> Quantiles:
    """Return the quantile function of estimates of one shape together, for grades of shape (estimates, draws).

    It is exact but for PERT, which is interpolated in tables of 4,096 cells, finer ones towards both ends, and then
    off by less than 1e-5 of the range from low to high.
    """
    match estimates[0].shape:
        case Shape.TRIANGULAR:
            return _triangular(estimates)
        case Shape.PERT:
            return PertRows(estimates)
        case Shape.LOGNORMAL:
            mu, sigma = np.array([lognormal_terms(each) for each in estimates]).T[..., None]
            return lambda grades: np.exp(mu + sigma * ndtri(np.maximum(grades, SMALLEST_GRADE)))
        case Shape.LIST:
            return _list(estimates)
        case Shape.FIXED:
            values = np.array([[float(given(each.likely))] for each in estimates])
            return lambda grades: np.broadcast_to(values, grades.shape).copy()


def _triangular(estimates: Sequence[Estimate]) -> Quantiles:
    """Return the sum of how far the rising and the falling side are passed: quicker than choosing one for each draw."""
    given_numbers = [[float(given(number)) for number in (each.low, each.likely, each.high)] for each in estimates]
    low, likely, high = np.array(given_numbers).T[..., None]
    peak = (likely - low) / (high - low)
    rising, falling = (high - low) * (likely - low), (high - low) * (high - likely)
    whole_fall = np.sqrt((1 - peak) * falling)

    def values(grades: Floats) -> Floats:
        risen: Floats = np.minimum(grades, peak)
        risen *= rising
        np.sqrt(risen, out=risen)
        risen += low
        left = np.maximum(grades, peak)
        np.subtract(1, left, out=left)
        left *= falling
        np.sqrt(left, out=left)
        risen += np.subtract(whole_fall, left, out=left)
        np.minimum(risen, high, out=risen)
        return risen

    return values


def _list(estimates: Sequence[Estimate]) -> Quantiles:
    ordered = [np.array(sorted(each.values), dtype=np.float64) for each in estimates]

    def values(grades: Floats) -> Floats:
        places = zip(ordered, grades, strict=True)
        return np.stack([each[np.minimum((row * len(each)).astype(np.intp), len(each) - 1)] for each, row in places])

    return values
