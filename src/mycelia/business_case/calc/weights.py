"""In which columns a line runs and how far it is taken up, for one plan or for many draws at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mycelia.business_case.calc.adoption import months_since, share_of_ceiling
from mycelia.business_case.calc.compiled import Compiled, Curve, Event, Pattern, Track
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.passes import forward
from mycelia.business_case.calc.workdays import Points

Values = Mapping[str, float | Floats]
"""The value of every input by name: a number, or shape (draws,)."""


def finish_columns(case: Compiled, values: Values) -> list[Points]:
    """Return by task the column in which it finishes, horizon + 1 when that is later."""
    return [case.network.columns[day] for day in forward(case.network, durations_in(case, values)).days]


def durations_in(case: Compiled, values: Values) -> list[Points]:
    """Return by task its duration in whole days; none for a milestone."""
    names = case.duration_names()
    return [
        0 if task.item.is_milestone else whole(values[name])
        for task, name in zip(case.network.tasks, names, strict=True)
    ]


def whole(days: float | Floats) -> Points:
    """Return days rounded to whole ones, half to even."""
    if isinstance(days, float):
        return round(days)
    return np.rint(days).astype(np.int32)


def column_at(event: Event, finishes: Sequence[Points], *, last: int) -> Points:
    """Return the column of an event; what lies beyond the last column is last + 1."""
    if event.task is None:
        return event.offset
    return np.minimum(finishes[event.task] + np.int32(event.offset), last + 1)


def weights(track: Track, case: Compiled, finishes: Sequence[Points], values: Values) -> Floats:
    """Return the weights of a track in every column, shape (columns, 1) or (columns, draws)."""
    columns = np.arange(case.columns, dtype=np.int32)[:, None]
    if track.pattern is Pattern.ALWAYS:
        return np.ones((case.columns, 1))
    start = column_at(track.start, finishes, last=case.columns - 1)
    end = column_at(track.end, finishes, last=case.columns - 1)
    runs = _window(track.pattern, columns, start, end).astype(np.float64)
    if track.ramp_months:
        runs = runs * np.minimum(months_since(columns, start) / track.ramp_months, 1)
    if track.curve is not None:
        runs = runs * shares(track.curve, case, finishes, values)
    return runs


def shares(curve: Curve, case: Compiled, finishes: Sequence[Points], values: Values) -> Floats:
    """Return the adopted share of the ceiling in every column, shape (columns, 1) or (columns, draws)."""
    columns = np.arange(case.columns, dtype=np.int32)[:, None]
    since = column_at(curve.since, finishes, last=case.columns - 1)
    reached = share_of_ceiling(curve.adoption, months_since(columns, since), values[curve.tempo])
    return np.multiply(reached, columns >= since, out=reached)


def _window(pattern: Pattern, columns: NDArray[np.int32], start: Points, end: Points) -> NDArray[np.bool_]:
    runs: NDArray[np.bool_] = (columns >= start) & (columns <= end)
    if pattern is Pattern.ONCE:
        runs &= columns == start
    return runs
