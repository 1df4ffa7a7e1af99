"""In which columns lines run and how far they are taken up, for one plan or for many draws at once.

The weight of a track in a column is a product. What is the same in all draws is one factor of shape (columns,); what
differs between draws are further factors of shape (columns, draws), each computed once for all tracks that share it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mycelia.business_case.calc.adoption import months_since, share_of_ceiling, shares_by_column
from mycelia.business_case.calc.compiled import Compiled, Curve, Event, Pattern, Track
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.passes import forward
from mycelia.business_case.calc.workdays import Points
from mycelia.business_case.types import AdoptionKind

MOST_DAYS = 1e6
Values = Mapping[str, float | Floats]
"""The value of every input by name: a number, or shape (draws,)."""
Factor = NDArray[np.float64] | NDArray[np.bool_]
"""A part of weights, shape (columns, 1) or (columns, draws)."""


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
    """Return days rounded to whole ones, half to even; a million days are as good as more."""
    if isinstance(days, float):
        return round(min(days, MOST_DAYS))
    return np.rint(np.minimum(days, MOST_DAYS)).astype(np.int32)


class Weights:
    """The weights of all tracks of an option.

    Args:
        case: The option.
        finishes: By task, the column in which it finishes.
        values: Every input by name.
    """

    def __init__(self, case: Compiled, finishes: Sequence[Points] | Mapping[int, Points], values: Values) -> None:
        self._case, self._finishes, self._values = case, finishes, values
        self._columns = np.arange(case.columns, dtype=np.int32)[:, None]
        self._cache: dict[object, Factor] = {}

    def factors(self, track: Track, *, once_begun: bool = False) -> tuple[Floats, list[Factor]]:
        """Return the factor that is the same in all draws, shape (columns,), and those that are not.

        Args:
            track: When lines run.
            once_begun: Leave out from when they run, and their ramp.
        """
        found = [factor for factor in self._factors(track, once_begun) if factor is not None]
        fixed = np.ones(self._case.columns)
        for factor in found:
            if factor.shape[1] == 1:
                fixed = fixed * factor[:, 0]
        return fixed, [factor for factor in found if factor.shape[1] > 1]

    def of(self, track: Track) -> Floats:
        """Return the weights of a track, shape (columns, 1) or (columns, draws)."""
        fixed, drawn = self.factors(track)
        product = fixed[:, None]
        for factor in drawn:
            product = product * factor
        return product

    def instants(self, track: Track) -> Points | None:
        """Return the column in which a line that runs once does so, shape (draws,); None where that is not drawn.

        What falls after the last column, or after the track's own end, is last + 1.
        """
        start = self.column(track.start)
        if track.pattern is not Pattern.ONCE or np.ndim(start) == 0:
            return None
        return np.where(start <= self.column(track.end), start, np.int32(self._case.columns))

    def beginnings(self, track: Track) -> Points | None:
        """Return the column in which a line begins to run, shape (draws,); None where that is not all that is drawn.

        It is from 0, with a ramp from 1, to last + 1. A curve of its own says itself when a line begins.
        """
        start = self.column(track.start)
        if track.pattern is not Pattern.MONTHS or np.size(start) == 1 or np.ndim(self.column(track.end)):
            return None
        if track.curve and track.curve.since == track.start and not track.ramp_months:
            return None
        return np.maximum(start, 1) if track.ramp_months else start

    def share_at(self, curve: Curve | None, column: Points) -> float | Floats:
        """Return how far a curve has come in one column of each draw, as the weights of that column have it."""
        if curve is None:
            return 1.0
        since = self.column(curve.since)
        has_begun = np.greater_equal(column, since)
        if curve.adoption.kind is AdoptionKind.FULL:
            return has_begun.astype(np.float64)
        reached = share_of_ceiling(curve.adoption, months_since(column, since), self._values[curve.tempo])
        return reached if curve.adoption.kind is AdoptionKind.BASS else reached * has_begun

    def column(self, event: Event) -> Points:
        """Return the column of an event; what lies beyond the last column is last + 1."""
        if event.task is None:
            return event.offset
        return np.minimum(self._finishes[event.task] + np.int32(event.offset), np.int32(self._case.columns))

    def _factors(self, track: Track, once_begun: bool) -> tuple[Factor | None, ...]:
        if track.pattern is Pattern.ALWAYS:
            return ()
        beginning = () if once_begun else (self._start(track), self._ramp(track))
        return *beginning, self._until(track.end), self._shares(track.curve)

    def _start(self, track: Track) -> Factor | None:
        """Return whether a track has begun; a ramp or a curve of its own that begins at 0 says so itself."""
        if track.pattern is Pattern.ONCE:
            return self._cached(("at", track.start), lambda: self._columns == self.column(track.start))
        if track.ramp_months or (track.curve and track.curve.since == track.start):
            return None
        return self._since(track.start)

    def _since(self, event: Event) -> Factor:
        return self._cached(("since", event), lambda: self._columns >= self.column(event))

    def _until(self, event: Event) -> Factor:
        return self._cached(("until", event), lambda: self._columns <= self.column(event))

    def _ramp(self, track: Track) -> Factor | None:
        if not track.ramp_months:
            return None
        return self._cached(
            ("ramp", track.start, track.ramp_months),
            lambda: np.minimum(months_since(self._columns, self.column(track.start)) / track.ramp_months, 1),
        )

    def _shares(self, curve: Curve | None) -> Factor | None:
        if curve is None:
            return None
        if curve.adoption.kind is AdoptionKind.FULL:
            return self._since(curve.since)
        return self._cached(curve, lambda: self._computed_shares(curve))

    def _computed_shares(self, curve: Curve) -> Floats:
        reached = shares_by_column(curve.adoption, self._columns, self.column(curve.since), self._values[curve.tempo])
        if curve.adoption.kind is AdoptionKind.BASS:
            return reached
        return reached * self._since(curve.since)

    def _cached(self, key: Hashable, compute: Callable[[], Factor]) -> Factor:
        if key not in self._cache:
            self._cache[key] = compute()
        return self._cache[key]
