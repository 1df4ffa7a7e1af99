"""Covers for courses without a picture: a little mycelium, grown from the course's name."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from math import cos, pi, sin

HUES = 6
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Cover:
    """A drawing in a box of 160 by 90: path data for threads, and for the dots at their ends in two sizes.

    A dot is a line of no length, drawn by its round ends: a list of courses holds many covers, so each is kept short.
    """

    hue: int
    threads: str
    spores: str
    large_spores: str


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
    hue = int(numbers.next() * HUES)
    return Cover(hue, "".join(growth.threads), "".join(growth.spores), "".join(growth.large_spores))


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
        self.large_spores: list[str] = []
        self._pen: tuple[float, float] | None = None

    def grow(self, start: tuple[float, float], angle: float, length: float, depth: int) -> None:
        bend = angle + (self.numbers.next() - 0.5) * 1.1
        x, y = start[0] + length * cos(bend), start[1] + length * sin(bend)
        middle = (start[0] + length * 0.6 * cos(angle), start[1] + length * 0.6 * sin(angle))
        move = "" if start == self._pen else f"M{_point(*start)}"
        self.threads.append(f"{move}Q{_point(*middle)} {_point(x, y)}")
        self._pen = (x, y)
        if depth == 0:
            spores = self.large_spores if self.numbers.next() > 0.5 else self.spores
            spores.append(f"M{_point(x, y)}h0")
            return
        for side in (-1, 1):
            turn = side * (0.28 + 0.42 * self.numbers.next())
            self.grow((x, y), bend + turn, length * (0.6 + 0.22 * self.numbers.next()), depth - 1)


def _point(x: float, y: float) -> str:
    return f"{x:.0f} {y:.0f}"
