"""Drawn values of all inputs of an option."""

from __future__ import annotations

from collections.abc import Sequence

from mycelia.business_case.calc.compiled import Compiled
from mycelia.business_case.calc.estimates import Floats, quantiles
from mycelia.business_case.calc.one_at_a_time import used_inputs
from mycelia.business_case.calc.simulation.copula import copula_of
from mycelia.business_case.calc.simulation.streams import Streams


class Draws:
    """How the inputs of an option are drawn.

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
        self._quantiles = {name: quantiles(estimate) for name, estimate in self.uncertain.items()}

    def begin(self, first: int = 0, *, purpose: int = 0) -> Streams:
        """Return the streams of the uncertain inputs, positioned at a draw."""
        return Streams(tuple(self.uncertain), seed=self.seed, purpose=purpose, first=first)

    def next(self, streams: Streams, count: int) -> dict[str, float | Floats]:
        """Return every input by name: a number, or the next drawn values, shape (count,)."""
        grades = dict(zip(self.uncertain, streams.next(count), strict=True))
        names = self.copula.names
        if names:
            grades.update(zip(names, self.copula.joined([grades[name] for name in names]), strict=True))
        return self.fixed | {name: self._quantiles[name](each) for name, each in grades.items()}

    def independent(self, streams: Streams, count: int) -> dict[str, float | Floats]:
        """Return what `next` does, as if no input moved with another."""
        grades = zip(self.uncertain, streams.next(count), strict=True)
        return self.fixed | {name: self._quantiles[name](each) for name, each in grades}

    def grades_of(self, name: str, draws: int) -> Floats:
        """Return the grades of one input in the first draws again, as `next` used them, shape (draws,)."""
        names = self.copula.names if name in self.copula.names else (name,)
        grades = Streams(names, seed=self.seed).next(draws)
        return self.copula.joined(grades)[names.index(name)] if name in self.copula.names else grades[0]
