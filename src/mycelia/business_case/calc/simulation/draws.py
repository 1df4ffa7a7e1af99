"""Drawn values of all inputs of an option."""

from __future__ import annotations

from collections.abc import Sequence

from mycelia.business_case.calc.compiled import Compiled
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.one_at_a_time import used_inputs
from mycelia.business_case.calc.quantiles import quantile_rows
from mycelia.business_case.calc.simulation.copula import copula_of
from mycelia.business_case.calc.simulation.streams import Streams
from mycelia.business_case.types import Shape


class Draws:
    """How the inputs of an option are drawn; those of one shape together.

    Args:
        case: The option.
        seed: 0 or more.
        others: Further options of the same model that are to be computed with the same draws.
    """

    def __init__(self, case: Compiled, seed: int, *, others: Sequence[Compiled] = ()) -> None:
        used = {name: estimate for each in (case, *others) for name, estimate in used_inputs(each).items()}
        self.seed = seed
        self.fixed: dict[str, float | Floats] = dict(case.means)
        self.uncertain = {name: estimate for name, estimate in used.items() if estimate.is_uncertain}
        self.copula = copula_of(case.model, self.uncertain)
        by_shape = {shape: [each for each in self.uncertain.values() if each.shape is shape] for shape in Shape}
        self._quantiles = [(len(those), quantile_rows(those)) for those in by_shape.values() if those]
        self._names = [name for shape in Shape for name, each in self.uncertain.items() if each.shape is shape]
        self._joined_rows = [self._names.index(name) for name in self.copula.names]

    def begin(self, first: int = 0, *, purpose: int = 0) -> Streams:
        """Return the streams of the uncertain inputs, positioned at a draw."""
        return Streams(self._names, seed=self.seed, purpose=purpose, first=first)

    def next(self, streams: Streams, count: int) -> dict[str, float | Floats]:
        """Return every input by name: a number, or the next drawn values, shape (count,)."""
        grades = streams.next(count)
        if self._joined_rows:
            grades[self._joined_rows] = self.copula.joined(grades[self._joined_rows])
        return self._at(grades)

    def independent(self, streams: Streams, count: int) -> dict[str, float | Floats]:
        """Return what `next` does, as if no input moved with another."""
        return self._at(streams.next(count))

    def grades_of(self, name: str, draws: int) -> Floats:
        """Return the grades of one input in the first draws again, as `next` used them, shape (draws,)."""
        names = self.copula.names if name in self.copula.names else (name,)
        grades = Streams(names, seed=self.seed).next(draws)
        return self.copula.joined(grades)[names.index(name)] if name in self.copula.names else grades[0]

    def _at(self, grades: Floats) -> dict[str, float | Floats]:
        """Return every input by name, where uncertain at these grades, shape (inputs, draws)."""
        values: list[Floats] = []
        for count, rows in self._quantiles:
            values += [*rows(grades[len(values) : len(values) + count])]
        return self.fixed | dict(zip(self._names, values, strict=True))
