"""What all costs and all benefits come to in each column of each draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from mycelia.business_case.calc.compiled import Compiled, Line
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.simulation.sums import ramped, sum_up
from mycelia.business_case.calc.weights import Factor, Values, Weights
from mycelia.business_case.calc.workdays import Points
from mycelia.business_case.calc.worth import by_track, coefficient


@dataclass
class _Part:
    """Lines whose amounts are multiplied by the same drawn weights, while they are added up.

    Attributes:
        factors: Those weights.
        ramp_months: Over which their amounts grow once they begin.
        rows, coefficients: Of lines that run alike in all draws but for the weights, to be added in one product.
        begun: By row of amounts, that row and the coefficients that begin in each column, shape (columns + 1, draws).
    """

    factors: list[Factor]
    ramp_months: int
    rows: list[Floats] = field(default_factory=list)
    coefficients: list[float | Floats] = field(default_factory=list)
    begun: dict[bytes, tuple[Floats, Floats]] = field(default_factory=dict)


@dataclass
class _Side:
    """Costs or benefits while they are added up.

    Attributes:
        total: Shape (columns + 1, draws); the last row takes what falls after the horizon.
        parts: By what their lines share.
    """

    total: Floats
    parts: dict[tuple[int, ...], _Part] = field(default_factory=dict)

    def part(self, factors: list[Factor], ramp_months: int = 0) -> _Part:
        return self.parts.setdefault((ramp_months, *map(id, factors)), _Part(factors, ramp_months))


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
            elif own and (begins := weights.beginnings(track)) is not None:
                _add_begun(side, own, weights, begins, values)
            elif own:
                _add_running(side, own, weights, values)
    for side in sides.values():
        for part in side.parts.values():
            side.total[:-1] += _amounts(part, draws)
    return sides[True].total[:-1], sides[False].total[:-1]


def _add_instants(side: _Side, lines: Sequence[Line], weights: Weights, where: Points, values: Values) -> None:
    amounts = np.zeros(side.total.shape[1])
    for line in lines:
        amounts += np.take(np.append(line.base, 0.0), where) * coefficient(line, values)
    amounts *= weights.share_at(lines[0].track.curve, where)
    _add_at(side.total, where, amounts)


def _add_begun(side: _Side, lines: Sequence[Line], weights: Weights, begins: Points, values: Values) -> None:
    fixed, drawn = weights.factors(lines[0].track, once_begun=True)
    part = side.part(drawn, lines[0].track.ramp_months)
    for line in lines:
        row = line.base * fixed
        if (known := row.tobytes()) not in part.begun:
            part.begun[known] = row, np.zeros_like(side.total)
        _add_at(part.begun[known][1], begins, coefficient(line, values))


def _add_running(side: _Side, lines: Sequence[Line], weights: Weights, values: Values) -> None:
    fixed, drawn = weights.factors(lines[0].track)
    part = side.part(drawn)
    part.rows += [line.base * fixed for line in lines]
    part.coefficients += [coefficient(line, values) for line in lines]


def _add_at(total: Floats, where: Points, amounts: float | Floats) -> None:
    """Add one amount to each draw, in the row that is said for it."""
    draws = total.shape[1]
    total.reshape(-1)[where * np.intp(draws) + np.arange(draws)] += amounts


def _amounts(part: _Part, draws: int) -> Floats:
    """Return what the lines of a part come to, shape (columns, draws)."""
    amounts = [_product(part.rows, part.coefficients, draws)] if part.rows else []
    for row, begun in part.begun.values():
        running = sum_up(begun[:-1])
        running = ramped(running, part.ramp_months) if part.ramp_months else running
        running *= row[:, None]
        amounts.append(running)
    total = amounts[0]
    for further in amounts[1:]:
        total += further
    for factor in part.factors:
        total *= factor
    return total


def _product(rows: Sequence[Floats], coefficients: Sequence[float | Floats], draws: int) -> Floats:
    """Return the sum over lines of row times coefficient, shape (columns, draws)."""
    if len(rows) == 1:
        alone: Floats = rows[0][:, None] * np.broadcast_to(coefficients[0], draws)
        return alone
    stacked = np.empty((len(rows), draws))
    for number, each in enumerate(coefficients):
        stacked[number] = each
    total: Floats = np.stack(rows, axis=1) @ stacked
    return total
