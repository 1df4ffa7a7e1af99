"""Covers for courses without a picture: a little mycelium, grown from the course's name."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from math import cos, pi, sin

HUES = 6
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Cover:
    """A drawing in a box of 160 by 90: path data for threads and for the dots at their ends."""

    hue: int
    threads: str
    spores: str


def cover_paths(seed: str) -> Cover:
    """Return the drawing for a name; the same name always grows the same one.

    Example:
        >>> cover_paths("feedback") == cover_paths("feedback")
        True
    """
    numbers = _Numbers(seed)
    growth = _Growth(numbers)
    start = (20 + 120 * numbers.next(), 98.0)
    for spread in (-0.42, 0.0, 0.42):
        growth.grow(start, -pi / 2 + spread * (0.6 + 0.8 * numbers.next()), 24 + 10 * numbers.next(), _DEPTH)
    return Cover(int(numbers.next() * HUES), "".join(growth.threads), "".join(growth.spores))


class _Numbers:
    """Numbers from 0 to 1 drawn from a hash: deterministic on every machine."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._block = b""
        self._count = 0

    def next(self) -> float:
        if not self._block:
            self._block = sha256(self._seed + self._count.to_bytes(4, "big")).digest()
            self._count += 1
        number, self._block = self._block[0], self._block[1:]
        return number / 256


class _Growth:
    def __init__(self, numbers: _Numbers) -> None:
        self.numbers = numbers
        self.threads: list[str] = []
        self.spores: list[str] = []

    def grow(self, start: tuple[float, float], angle: float, length: float, depth: int) -> None:
        bend = angle + (self.numbers.next() - 0.5) * 1.1
        x, y = start[0] + length * cos(bend), start[1] + length * sin(bend)
        middle = (start[0] + length * 0.6 * cos(angle), start[1] + length * 0.6 * sin(angle))
        self.threads.append(f"M{start[0]:.0f} {start[1]:.0f}Q{middle[0]:.0f} {middle[1]:.0f} {x:.0f} {y:.0f}")
        if depth == 0:
            radius = 1.1 + 1.4 * self.numbers.next()
            self.spores.append(
                f"M{x:.1f} {y:.1f}m-{radius:.1f} 0a{radius:.1f} {radius:.1f} 0 1 0 {2 * radius:.1f} 0"
                f"a{radius:.1f} {radius:.1f} 0 1 0-{2 * radius:.1f} 0"
            )
            return
        for side in (-1, 1):
            turn = side * (0.28 + 0.42 * self.numbers.next())
            self.grow((x, y), bend + turn, length * (0.6 + 0.22 * self.numbers.next()), depth - 1)
