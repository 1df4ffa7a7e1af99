"""What follows from an estimate: its mean, its most likely value, and any of its percentiles."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from functools import lru_cache
from statistics import median

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, betaln, ndtri

from mycelia.business_case.calc.precision import PRECISE
from mycelia.business_case.types import Estimate, Shape

Floats = NDArray[np.float64]
Quantiles = Callable[[Floats], Floats]
"""Takes grades (probabilities in (0, 1)) of any shape and gives the values below which so much probability lies."""

PERT_SHAPE = 4
UPPER_DECILE = 1.2815515655446004
"""The 90th percentile of the standard normal distribution."""
CELLS = 4096
OUTER = 1 / 64
OUTERMOST = 16 * OUTER / CELLS
SMALLEST_GRADE = 2.0**-54
"""Stands for a drawn grade of exactly 0, which has no normal score; the next one drawn is 2^-53."""


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


def percentile(estimate: Estimate, probability: float) -> float:
    """Return the value below which the estimate lies with this probability.

    Example:
        >>> round(percentile(Estimate.triangular(0, 1, 2), 0.5), 9)
        1.0
    """
    if not estimate.is_uncertain:
        return float(expected(estimate))
    if estimate.shape is Shape.PERT:
        low, high, alpha = _pert_terms(estimate)
        return float(low + (high - low) * betaincinv(alpha, PERT_SHAPE + 2 - alpha, probability))
    return float(quantiles(estimate)(np.array([probability]))[0])


def quantiles(estimate: Estimate) -> Quantiles:
    """Return the quantile function of an uncertain estimate, quick on large arrays.

    It is exact but for PERT, which is interpolated in tables of 4,096 cells, finer ones towards both ends, and then
    off by less than 1e-5 of the range from low to high.
    """
    match estimate.shape:
        case Shape.TRIANGULAR:
            return _triangular(float(given(estimate.low)), float(given(estimate.likely)), float(given(estimate.high)))
        case Shape.PERT:
            return _pert(*_pert_terms(estimate))
        case Shape.LOGNORMAL:
            mu, sigma = lognormal_terms(estimate)
            return lambda grades: np.exp(mu + sigma * ndtri(np.maximum(grades, SMALLEST_GRADE)))
        case Shape.LIST:
            return _list(np.array(sorted(estimate.values), dtype=np.float64))
        case Shape.FIXED:
            value = float(given(estimate.likely))
            return lambda grades: np.full_like(grades, value)


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


def _pert_terms(estimate: Estimate) -> tuple[float, float, float]:
    low, likely, high = (float(given(each)) for each in (estimate.low, estimate.likely, estimate.high))
    return low, high, 1 + PERT_SHAPE * (likely - low) / (high - low)


def _triangular(low: float, likely: float, high: float) -> Quantiles:
    width, peak = high - low, (likely - low) / (high - low)
    rising, falling = width * (likely - low), width * (high - likely)

    def values(grades: Floats) -> Floats:
        is_rising = grades < peak
        reach = np.sqrt(np.where(is_rising, grades * rising, (1 - grades) * falling))
        return np.where(is_rising, low + reach, high - reach)

    return values


def _list(ordered: Floats) -> Quantiles:
    last = len(ordered) - 1
    return lambda grades: ordered[np.minimum((grades * len(ordered)).astype(np.intp), last)]


def _pert(low: float, high: float, alpha: float) -> Quantiles:
    body, tail, head = (_pert_table(alpha, *stretch) for stretch in ((0.0, 1.0), (0.0, OUTER), (1 - OUTER, 1.0)))
    both = (np.concatenate([tail[0], head[0]]), np.concatenate([tail[1], head[1]]))
    width = high - low

    def values(grades: Floats) -> Floats:
        found = _interpolated(body, grades * CELLS)
        outer = np.flatnonzero(np.abs(grades - 0.5) > 0.5 - OUTER)
        found[outer] = ends(grades[outer])
        found *= width
        found += low
        return found

    def ends(grades: Floats) -> Floats:
        is_high = grades >= 0.5
        found = _interpolated(both, (grades - is_high * (1 - OUTER)) * (CELLS / OUTER), is_high * CELLS)
        last = np.flatnonzero(np.abs(grades - 0.5) > 0.5 - OUTERMOST)
        if len(last):
            found[last] = betaincinv(alpha, PERT_SHAPE + 2 - alpha, grades[last])
        return found

    return values


def _interpolated(table: tuple[Floats, Floats], place: Floats, first: int | NDArray[np.intp] = 0) -> Floats:
    """Return the values at places in a table, counted from a first cell; `place` is used up."""
    nodes, steps = table
    cell = place.astype(np.intp)
    place -= cell
    cell += first
    place *= np.take(steps, cell, mode="clip")
    place += np.take(nodes, cell, mode="clip")
    return place


@lru_cache(maxsize=1024)
def _pert_table(alpha: float, first: float, last: float) -> tuple[Floats, Floats]:
    """Return the quantiles of the beta distribution at 4,096 equal steps of the grade, and the way to the next.

    The distribution function is inverted by interpolation and two steps of Newton's method.
    """
    beta = PERT_SHAPE + 2 - alpha
    grid = (1 - np.cos(np.linspace(0, np.pi, 1025))) / 2
    grades = np.linspace(first, last, CELLS + 1)
    nodes = np.interp(grades, betainc(alpha, beta, grid), grid)
    inner = nodes[1:-1]
    for _ in range(2):
        density = np.exp((alpha - 1) * np.log(inner) + (beta - 1) * np.log1p(-inner) - betaln(alpha, beta))
        inner -= (betainc(alpha, beta, inner) - grades[1:-1]) / density
        np.clip(inner, 1e-12, 1 - 1e-12, out=inner)
    nodes[[0, -1]] = betaincinv(alpha, beta, grades[[0, -1]])
    return nodes[:-1], np.diff(nodes)
