"""Present values of an option, for one set of inputs or for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from mycelia.business_case.calc.compiled import Compiled, Line, Track
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.timeline import discount_factors
from mycelia.business_case.calc.weights import Factor, Values, Weights, finish_columns


def present_values(case: Compiled, values: Values) -> tuple[float | Floats, float | Floats]:
    """Return the present values of costs and of benefits, each a number or shape (draws,)."""
    sums: dict[bool, float | Floats] = {True: 0.0, False: 0.0}
    counted = [line for line in case.lines if line.is_counted]
    for line, worth in zip(counted, worths(case, counted, values), strict=True):
        sums[line.is_cost] = sums[line.is_cost] + worth
    return sums[True], sums[False]


def npv_of(case: Compiled, values: Values) -> float | Floats:
    """Return the net present value after tax, a number or shape (draws,)."""
    costs, benefits = present_values(case, values)
    return (benefits - costs) * kept(case)


def kept(case: Compiled) -> float:
    """Return the share of a net flow that is left after tax."""
    return 1 - float(case.model.tax_rate or 0)


def worths(case: Compiled, lines: Sequence[Line], values: Values) -> list[float | Floats]:
    """Return the present value of each of some lines, positive for costs too."""
    factors = unit_worths(case, lines, Weights(case, finish_columns(case, values), values))
    return [coefficient(line, values) * factor for line, factor in zip(lines, factors, strict=True)]


def coefficient(line: Line, values: Values) -> float | Floats:
    """Return what the base of a line is multiplied by: its constant times its inputs."""
    product: float | Floats = line.constant
    for name in line.factors:
        product = product * values[name]
    return product


def unit_worths(case: Compiled, lines: Sequence[Line], weights: Weights) -> list[float | Floats]:
    """Return the present value of each line for a coefficient of 1, a number or shape (draws,)."""
    discount = discount_factors(case.model)
    found: dict[int, float | Floats] = {}
    for track, numbers in by_track(lines).items():
        rows = np.stack([lines[number].base for number in numbers]) * discount
        for number, result in zip(numbers, _unit_worths(case, track, rows, weights), strict=True):
            found[number] = result if len(result) > 1 else float(result[0])
    return [found[number] for number in range(len(lines))]


def _unit_worths(case: Compiled, track: Track, rows: Floats, weights: Weights) -> Floats:
    """Return the sums over columns of rows, shape (lines, columns), by the weights of their track.

    A line that runs once is looked at in the one column of each draw, and of a line without a curve only those sums
    differ that begin in another column: neither needs weights for every column of every draw.
    """
    if (where := weights.instants(track)) is not None:
        return np.take(_padded(rows), where, axis=1) * weights.share_at(track.curve, where)
    start = weights.column(track.start)
    if track.curve is None and np.ndim(start) and np.size(start) > case.columns and track.end.task is None:
        return np.take(_by_start(case, track, rows), start, axis=1)
    fixed, drawn = weights.factors(track)
    rows = rows * fixed
    worths: Floats = rows @ product_of(drawn) if drawn else rows.sum(axis=1, keepdims=True)
    return worths


def _padded(rows: Floats) -> Floats:
    return np.concatenate([rows, np.zeros((len(rows), 1))], axis=1)


def _by_start(case: Compiled, track: Track, rows: Floats) -> Floats:
    """Return the sums for a beginning in each column, and for one after the last."""
    assert track.start.task is not None
    every = {track.start.task: np.arange(case.columns + 1, dtype=np.int32) - np.int32(track.start.offset)}
    fixed, drawn = Weights(case, every, {}).factors(track)
    worths: Floats = (rows * fixed) @ product_of(drawn)
    return worths


def product_of(factors: Sequence[Factor]) -> Floats:
    """Return the product of weights of shape (columns, draws)."""
    product: Floats = factors[0].astype(np.float64)
    for factor in factors[1:]:
        product *= factor
    return product


def by_track(lines: Iterable[Line]) -> Mapping[Track, list[int]]:
    """Return the positions of the lines that run alike."""
    groups: dict[Track, list[int]] = {}
    for number, line in enumerate(lines):
        groups.setdefault(line.track, []).append(number)
    return groups
