"""The tornado: one input after the other at its 10th and its 90th percentile."""

from __future__ import annotations

import numpy as np

from mycelia.business_case.calc.compiled import Compiled
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.labels import labels_of
from mycelia.business_case.calc.one_at_a_time import deciles, swings_of, used_inputs
from mycelia.business_case.calc.simulation.draws import Draws
from mycelia.business_case.types import Swing

RANKED = 20
"""Of so many bars, the longest ones, the rank correlation is computed."""


def tornado_of(case: Compiled, plan: Draws, npv: Floats) -> tuple[Swing, ...]:
    """Return a bar for every uncertain input, the longest first; without those that make no difference."""
    inputs, labels = used_inputs(case), labels_of(case.model)
    swings = [each for each in swings_of(case) if each[1] != each[2]]
    swings.sort(key=lambda each: -abs(each[2] - each[1]))
    ranks = _ranks(npv)
    bars = []
    for number, (name, at_low, at_high) in enumerate(swings):
        low, high = deciles(inputs[name])
        rank = _correlation(plan.grades_of(name, len(npv)), ranks) if number < RANKED else None
        bars.append(Swing(name, labels[name], low, high, at_low, at_high, rank))
    return tuple(bars)


def _ranks(figures: Floats) -> Floats:
    """Return the rank of each figure, scaled to mean 0 and variance 1."""
    ranks = np.empty(len(figures))
    ranks[np.argsort(figures, kind="stable")] = np.arange(len(figures))
    ranks -= ranks.mean()
    ranks /= ranks.std()
    return ranks


def _correlation(grades: Floats, ranks: Floats) -> float:
    """Return Spearman's correlation; the grade of a drawn value is its rank among all that could be drawn."""
    return float(((grades - grades.mean()) / grades.std() * ranks).mean())
