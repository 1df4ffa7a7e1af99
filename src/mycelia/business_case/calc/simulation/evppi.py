"""What it would be worth to learn one input exactly before deciding.

References:
    M. Strong and J. E. Oakley (2013), An efficient method for computing single-parameter partial expected value of
    perfect information, Medical Decision Making 33(6): the mean of the gain where the input falls into a bin.
"""

from __future__ import annotations

import math

import numpy as np

from mycelia.business_case.calc.estimates import Floats

BINS = 64
LEAST_IN_A_BIN = 50


def partial_information(gain: Floats, grades: Floats) -> tuple[float, float]:
    """Return the expected value of learning one input exactly, and its standard error.

    The decision is to go ahead when the expected gain is above 0. Knowing the input, it is taken for each value of it
    by the mean gain in its bin. Half of the draws decide and the other half count, and the other way round, so that
    chance does not look like knowledge; what then comes out below 0 is 0.

    Args:
        gain: Shape (draws,), what going ahead is worth in each draw.
        grades: Shape (draws,), the probability below the input's value in each draw.
    """
    bins = int(np.clip(len(gain) // (2 * LEAST_IN_A_BIN), 1, BINS))
    cell = np.minimum((grades * bins).astype(np.intp), bins - 1)
    decides = np.arange(len(gain)) % 2 == 0
    knowing = np.empty(len(gain), dtype=bool)
    for half in (decides, ~decides):
        counts = np.bincount(cell[half], minlength=bins)
        sums = np.bincount(cell[half], weights=gain[half], minlength=bins)
        goes = np.where(counts > 0, sums, gain.mean()) > 0
        knowing[~half] = goes[cell[~half]]
    difference = gain * (knowing.astype(np.float64) - float(gain.mean() > 0))
    return max(0.0, float(difference.mean())), float(difference.std(ddof=1)) / math.sqrt(len(gain))
