"""The share of people who use something, by month since it became available."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.workdays import Points
from mycelia.business_case.types import Adoption, AdoptionKind

LARGEST_EXPONENT = 500.0


def share_of_ceiling(adoption: Adoption, months: Floats, tempo: float | Floats) -> Floats:
    """Return the share of those who will ever use it that uses it by then.

    Args:
        adoption: The curve; its ceiling and tempo estimates are not looked at.
        months: Months since it became available, 0 or more; any shape.
        tempo: How much quicker than planned the months pass, broadcast against `months`.

    References:
        F. M. Bass (1969), A New Product Growth for Model Consumer Durables, Management Science 15(5).

    Example:
        >>> from decimal import Decimal
        >>> curve = Adoption(AdoptionKind.STEPS, steps=((0, Decimal("0.2")), (6, Decimal(1))))
        >>> share_of_ceiling(curve, np.array([0.5, 6.0]), 1.0)
        array([0.2, 1. ])
    """
    match adoption.kind:
        case AdoptionKind.FULL:
            return np.ones(np.broadcast_shapes(np.shape(months), np.shape(tempo)))
        case AdoptionKind.BASS:
            rate = _bass_rate(adoption)
            return _bass(adoption, np.exp(months * (tempo * -rate)))
        case AdoptionKind.LOGISTIC:
            rate = float(adoption.steepness_per_month)
            behind = months * (tempo * -rate) + rate * float(adoption.midpoint_months)
            return _logistic(np.exp(np.minimum(behind, 700)))
        case AdoptionKind.STEPS:
            return _steps(adoption, months * tempo)


def shares_by_column(adoption: Adoption, columns: NDArray[np.int32], start: Points, tempo: float | Floats) -> Floats:
    """Return what `share_of_ceiling` does in every column, quick for many draws.

    What is left to gain shrinks from month to month by the same factor, so that each column of many draws follows from
    the one before. That is as exact as one exponential for each of them but for the last two of 16 digits.

    Args:
        adoption: The curve.
        columns: Shape (columns, 1), ascending by 1 from 0.
        start: The column from which it counts, a number or shape (draws,).
        tempo: A number or shape (draws,).
    """
    is_bass, is_logistic = (adoption.kind is kind for kind in (AdoptionKind.BASS, AdoptionKind.LOGISTIC))
    rate = _bass_rate(adoption) if is_bass else float(adoption.steepness_per_month)
    farthest = max(np.max(tempo) * len(columns), float(adoption.midpoint_months))
    is_many = np.ndim(start) or np.ndim(tempo)
    if not ((is_bass or is_logistic) and is_many and np.min(tempo) >= 0 and rate * farthest < LARGEST_EXPONENT):
        return share_of_ceiling(adoption, months_since(columns, start), tempo)
    left = _left_by_column(len(columns), start, tempo * rate)
    if is_bass:
        return _bass(adoption, left)
    left *= np.exp(rate * float(adoption.midpoint_months))
    return _logistic(left)


def months_since(columns: Points, start: Points) -> Floats:
    """Return the months since something became available at the middle of each column, 0 before that.

    Example:
        >>> months_since(np.arange(4), 2)
        array([0. , 0. , 0.5, 1.5])
    """
    elapsed: Floats = np.subtract(columns, np.maximum(start, 1) - 0.5, dtype=np.float64)
    return np.maximum(elapsed, 0, out=elapsed)


def _left_by_column(columns: int, start: Points, pace: float | Floats) -> Floats:
    """Return exp(-pace x months) by column, shape (columns, draws), with the months of `months_since`."""
    first = np.exp(pace * (np.maximum(start, 1) - 0.5))
    left = np.empty((columns, len(first)))
    left[0] = first
    per_month = np.exp(-pace)
    for column in range(1, columns):
        np.multiply(left[column - 1], per_month, out=left[column])
    return np.minimum(left, 1, out=left)


def _bass_rate(adoption: Adoption) -> float:
    return (float(adoption.innovation_per_year) + float(adoption.imitation_per_year)) / 12


def _bass(adoption: Adoption, left: Floats) -> Floats:
    """Return the share reached where exp(-(p + q) x years) is left; `left` is used up."""
    reached = 1 - left
    left *= float(adoption.imitation_per_year) / float(adoption.innovation_per_year)
    left += 1
    return np.divide(reached, left, out=reached)


def _logistic(odds: Floats) -> Floats:
    """Return the share reached where there are these odds against it; they are used up."""
    odds += 1
    return np.divide(1, odds, out=odds)


def _steps(adoption: Adoption, months: Floats) -> Floats:
    starts = np.array([month for month, _ in adoption.steps], dtype=np.float64)
    shares = np.array([0.0, *(float(share) for _, share in adoption.steps)])
    return shares[np.searchsorted(starts, months, side="right")]
