"""The quantiles of PERT estimates, quick on large arrays: a beta distribution looked up in tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, betaln

from mycelia.business_case.calc.estimates import PERT_SHAPE, Floats, given
from mycelia.business_case.types import Estimate

CELLS = 4096
OUTER = 1 / 64
OUTERMOST = 16 * OUTER / CELLS


def pert_terms(estimate: Estimate) -> tuple[float, float, float]:
    """Return low, high and the first parameter of the beta distribution between them."""
    low, likely, high = (float(given(each)) for each in (estimate.low, estimate.likely, estimate.high))
    return low, high, 1 + PERT_SHAPE * (likely - low) / (high - low)


class PertRows:
    """The quantile function of several PERT estimates together.

    Args:
        estimates: PERT estimates that are uncertain.
    """

    def __init__(self, estimates: Sequence[Estimate]) -> None:
        low, high, self._alphas = np.array([pert_terms(each) for each in estimates]).T
        self._low, self._width = low[:, None], (high - low)[:, None]
        self._bodies = [_table(alpha, 0.0, 1.0) for alpha in self._alphas.tolist()]
        ends = [_table(alpha, *end) for alpha in self._alphas.tolist() for end in ((0.0, OUTER), (1 - OUTER, 1.0))]
        self._ends = np.concatenate([nodes for nodes, _ in ends]), np.concatenate([steps for _, steps in ends])

    def __call__(self, grades: Floats) -> Floats:
        """Return the values at grades, both of shape (estimates, draws)."""
        found = grades * CELLS
        for row, body in zip(found, self._bodies, strict=True):
            _interpolate(body, row)
        outer = np.flatnonzero(np.abs(grades - 0.5) > 0.5 - OUTER)
        found.reshape(-1)[outer] = self._at_ends(grades.reshape(-1)[outer], outer // grades.shape[1])
        found *= self._width
        found += self._low
        return found

    def _at_ends(self, grades: Floats, rows: NDArray[np.intp]) -> Floats:
        """Return the shares of the width at grades near 0 or 1 of the estimates in these rows."""
        is_high = grades >= 0.5
        found = (grades - is_high * (1 - OUTER)) * (CELLS / OUTER)
        _interpolate(self._ends, found, (2 * rows + is_high) * CELLS)
        last = np.flatnonzero(np.abs(grades - 0.5) > 0.5 - OUTERMOST)
        alphas = self._alphas[rows[last]]
        found[last] = betaincinv(alphas, PERT_SHAPE + 2 - alphas, grades[last])
        return found


def _interpolate(table: tuple[Floats, Floats], places: Floats, first: int | NDArray[np.intp] = 0) -> None:
    """Replace places in a table, counted from a first cell, by the values there."""
    nodes, steps = table
    whole = np.floor(places)
    places -= whole
    cells = whole.astype(np.intp)
    cells += first
    places *= steps.take(cells, mode="clip")
    places += nodes.take(cells, mode="clip")


@lru_cache(maxsize=1024)
def _table(alpha: float, first: float, last: float) -> tuple[Floats, Floats]:
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
