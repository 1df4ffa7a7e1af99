"""The share of people who use something, by month since it became available."""

from __future__ import annotations

import numpy as np

from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.workdays import Points
from mycelia.business_case.types import Adoption, AdoptionKind


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
            return _bass(adoption, months, tempo)
        case AdoptionKind.LOGISTIC:
            return _logistic(adoption, months, tempo)
        case AdoptionKind.STEPS:
            return _steps(adoption, months * tempo)


def months_since(columns: Points, start: Points) -> Floats:
    """Return the months since something became available at the middle of each column, 0 before that.

    Example:
        >>> months_since(np.arange(4), 2)
        array([0. , 0. , 0.5, 1.5])
    """
    elapsed: Floats = np.subtract(columns, np.maximum(start, 1) - 0.5, dtype=np.float64)
    return np.maximum(elapsed, 0, out=elapsed)


def _bass(adoption: Adoption, months: Floats, tempo: float | Floats) -> Floats:
    p, q = float(adoption.innovation_per_year), float(adoption.imitation_per_year)
    left = months * (tempo * (-(p + q) / 12))
    np.exp(left, out=left)
    reached = 1 - left
    left *= q / p
    left += 1
    reached /= left
    return reached


def _logistic(adoption: Adoption, months: Floats, tempo: float | Floats) -> Floats:
    k, midpoint = float(adoption.steepness_per_month), float(adoption.midpoint_months)
    behind = months * (tempo * -k)
    behind += k * midpoint
    np.minimum(behind, 700, out=behind)
    np.exp(behind, out=behind)
    behind += 1
    return np.divide(1, behind, out=behind)


def _steps(adoption: Adoption, months: Floats) -> Floats:
    starts = np.array([month for month, _ in adoption.steps], dtype=np.float64)
    shares = np.array([0.0, *(float(share) for _, share in adoption.steps)])
    return shares[np.searchsorted(starts, months, side="right")]
