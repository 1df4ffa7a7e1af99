"""Inputs that move together: a Gaussian copula over their ranks.

References:
    R. B. Nelsen (2006), An Introduction to Copulas, section 2.3. N. J. Higham (2002), Computing the nearest
    correlation matrix, IMA Journal of Numerical Analysis 22(3), for stated correlations that cannot all hold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.labels import labels_of
from mycelia.business_case.calc.quantiles import SMALLEST_GRADE
from mycelia.business_case.types import CaseModel, Notice, NoticeKind

LEAST_EIGENVALUE = 1e-8
ROUNDS = 1000
LARGEST_GRADE = 1 - 2.0**-53


@dataclass(frozen=True)
class Copula:
    """Which inputs move together, and how.

    Attributes:
        names: The inputs.
        root: Shape (inputs, inputs), lower triangular; times its transpose it is the correlation matrix.
        notices: What of the stated correlations could not be taken as it is.
    """

    names: tuple[str, ...]
    root: Floats
    notices: tuple[Notice, ...] = ()

    def joined(self, grades: Iterable[Floats]) -> list[Floats]:
        """Return grades that move together, made from independent ones, each of shape (draws,)."""
        scores = [ndtri(np.maximum(each, SMALLEST_GRADE)) for each in grades]
        joined = []
        for row, weights in enumerate(self.root):
            total = weights[0] * scores[0]
            for place in range(1, row + 1):
                total += weights[place] * scores[place]
            joined.append(np.minimum(ndtr(total), LARGEST_GRADE))
        return joined


def copula_of(model: CaseModel, uncertain: Collection[str]) -> Copula:
    """Return how the uncertain inputs move together; correlations with others have no effect and are named.

    The duration of what is finished is known, as it should be, so that it is not named.
    """
    stated = [each for each in model.correlations if each.first in uncertain and each.second in uncertain]
    idle = {name for each in model.correlations for name in (each.first, each.second) if name not in uncertain}
    idle -= {f"item/{item.key}/duration" for item in model.roadmap.items if item.finished_on is not None}
    labels = labels_of(model)
    notices = [Notice(NoticeKind.CORRELATED_FIXED, name, label=labels.get(name, "")) for name in sorted(idle)]
    names = tuple(dict.fromkeys(name for each in stated for name in (each.first, each.second)))
    place = {name: number for number, name in enumerate(names)}
    matrix = np.eye(len(names))
    for each in stated:
        first, second = place[each.first], place[each.second]
        matrix[first, second] = matrix[second, first] = float(each.rho)
    if len(names) and np.linalg.eigvalsh(matrix)[0] < LEAST_EIGENVALUE:
        repaired = nearest_correlation(matrix)
        notices.append(Notice(NoticeKind.CORRELATION_REPAIRED, amount=float(np.abs(repaired - matrix).max())))
        matrix = repaired
    root: Floats = np.linalg.cholesky(matrix).astype(np.float64)
    return Copula(names, root, tuple(notices))


def nearest_correlation(matrix: Floats) -> Floats:
    """Return the positive definite correlation matrix nearest to a symmetric one with unit diagonal.

    Alternating projections with Dykstra's correction (Higham 2002, algorithm 3.3); eigenvalues stay at least 1e-8.
    """
    current, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(ROUNDS):
        shifted = current - correction
        projected = _positive(shifted)
        correction = projected - shifted
        previous, current = current, projected.copy()
        np.fill_diagonal(current, 1)
        if np.abs(current - previous).max() < 1e-12:
            break
    return _unit_diagonal(_positive(current, least=2 * LEAST_EIGENVALUE))


def _positive(matrix: Floats, *, least: float = 0.0) -> Floats:
    values, vectors = np.linalg.eigh(matrix)
    positive: Floats = (vectors * np.maximum(values, least)) @ vectors.T
    return positive


def _unit_diagonal(matrix: Floats) -> Floats:
    scale = np.sqrt(np.diagonal(matrix))
    unit: Floats = matrix / np.outer(scale, scale)
    return (unit + unit.T) / 2
