"""Random numbers: one stream for each input, so that what is drawn for one never depends on the others.

A stream is found from seed and name alone. So a line more or less changes no other line's draws, the first draws of
a longer simulation are those of a shorter one, and it does not matter in which pieces they are drawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from mycelia.business_case.calc.estimates import Floats


class Streams:
    """Grades, probabilities in [0, 1), for several inputs.

    Args:
        names: The inputs.
        seed: 0 or more.
        purpose: Streams for different purposes are independent.
        first: How many draws of each stream to skip.

    References:
        M. E. O'Neill (2014), PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random
        Number Generation (PCG64, one step for each number).
    """

    def __init__(self, names: Sequence[str], *, seed: int, purpose: int = 0, first: int = 0) -> None:
        self._generators = [np.random.Generator(_positioned(name, seed, purpose, first)) for name in names]

    def next(self, count: int) -> Floats:
        """Return the next grades of each input, shape (inputs, count)."""
        grades = np.empty((len(self._generators), count))
        for generator, row in zip(self._generators, grades, strict=True):
            generator.random(out=row)
        return grades


def _positioned(name: str, seed: int, purpose: int, first: int) -> np.random.PCG64:
    digest = hashlib.sha256(name.encode()).digest()
    words = [int.from_bytes(digest[start : start + 4], "little") for start in range(0, 16, 4)]
    source = np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(*words, purpose)))
    return source.advance(first) if first else source
