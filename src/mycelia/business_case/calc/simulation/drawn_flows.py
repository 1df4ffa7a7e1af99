"""What all costs and all benefits come to in each column of each draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from mycelia.business_case.calc.compiled import Compiled, Line
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.weights import Values, Weights
from mycelia.business_case.calc.workdays import Points
from mycelia.business_case.calc.worth import by_track, coefficient


@dataclass
class _Side:
    """Costs or benefits while they are added up.

    Attributes:
        total: Shape (columns + 1, draws); the last row takes what falls after the horizon.
        rows, coefficients: Of lines that run alike in all draws, to be added in one product.
    """

    total: Floats
    rows: list[Floats] = field(default_factory=list)
    coefficients: list[float | Floats] = field(default_factory=list)


def drawn_flows(case: Compiled, values: Values, finishes: Sequence[Points], draws: int) -> tuple[Floats, Floats]:
    """Return what costs and benefits come to, each of shape (columns, draws)."""
    sides = {is_cost: _Side(np.zeros((case.columns + 1, draws))) for is_cost in (True, False)}
    weights = Weights(case, finishes, values)
    counted = [line for line in case.lines if line.is_counted]
    for track, numbers in by_track(counted).items():
        lines = [counted[number] for number in numbers]
        for is_cost, side in sides.items():
            own = [line for line in lines if line.is_cost == is_cost]
            if own and (where := weights.instants(track)) is not None:
                _add_instants(side, own, weights, where, values)
            elif own:
                _add_running(side, own, weights, values)
    for side in sides.values():
        if side.rows:
            side.total[:-1] += _product(side.rows, side.coefficients, draws)
    return sides[True].total[:-1], sides[False].total[:-1]


def _add_instants(side: _Side, lines: Sequence[Line], weights: Weights, where: Points, values: Values) -> None:
    amounts = np.zeros(side.total.shape[1])
    for line in lines:
        amounts += np.take(np.append(line.base, 0.0), where) * coefficient(line, values)
    amounts *= weights.share_at(lines[0].track.curve, where)
    side.total[where, np.arange(len(amounts))] += amounts


def _add_running(side: _Side, lines: Sequence[Line], weights: Weights, values: Values) -> None:
    fixed, drawn = weights.factors(lines[0].track)
    rows, coefficients = [line.base * fixed for line in lines], [coefficient(line, values) for line in lines]
    if not drawn:
        side.rows += rows
        side.coefficients += coefficients
        return
    amounts = _product(rows, coefficients, side.total.shape[1])
    for factor in drawn:
        amounts *= factor
    side.total[:-1] += amounts


def _product(rows: Sequence[Floats], coefficients: Sequence[float | Floats], draws: int) -> Floats:
    """Return the sum over lines of row times coefficient, shape (columns, draws)."""
    stacked = np.empty((len(rows), draws))
    for number, each in enumerate(coefficients):
        stacked[number] = each
    total: Floats = np.stack(rows, axis=1) @ stacked
    return total
