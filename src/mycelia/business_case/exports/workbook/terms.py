"""Formulas that know their own result.

A workbook is read by programs that compute and by programs that only show what was stored. A `Term` is a piece of a
formula with the value it has, so that both are written from one expression and cannot differ.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Number = int | float
POWER, PRODUCT, SUM, COMPARISON = 4, 3, 2, 1
ATOM = 5


@dataclass(frozen=True)
class Term:
    """A formula without its equals sign, and its value.

    Attributes:
        binding: How strongly its outermost operator binds; decides where brackets are needed.

    Example:
        >>> price, people = Term("B2", 4.0), Term("B3", 10.0)
        >>> (price * (people + 2)).text
        'B2*(B3+2)'
        >>> (price * (people + 2)).value
        48.0
    """

    text: str
    value: float
    binding: int = ATOM

    def __add__(self, other: Term | Number) -> Term:
        return _joined(self, "+", other, SUM, lambda a, b: a + b)

    def __sub__(self, other: Term | Number) -> Term:
        return _joined(self, "-", other, SUM, lambda a, b: a - b)

    def __mul__(self, other: Term | Number) -> Term:
        return _joined(self, "*", other, PRODUCT, lambda a, b: a * b)

    def __truediv__(self, other: Term | Number) -> Term:
        return _joined(self, "/", other, PRODUCT, lambda a, b: a / b if b else math.inf)

    def __pow__(self, other: Term | Number) -> Term:
        return _joined(self, "^", other, POWER, lambda a, b: a**b)

    def at_least(self, other: Term | Number) -> Term:
        """Return 1 where this is not less than the other, else 0, as spreadsheets count truth."""
        return _joined(self, ">=", other, COMPARISON, lambda a, b: float(a >= b))

    def at_most(self, other: Term | Number) -> Term:
        """Return 1 where this is not more than the other, else 0."""
        return _joined(self, "<=", other, COMPARISON, lambda a, b: float(a <= b))

    def above(self, other: Term | Number) -> Term:
        """Return 1 where this is more than the other, else 0."""
        return _joined(self, ">", other, COMPARISON, lambda a, b: float(a > b))

    def equals(self, other: Term | Number) -> Term:
        """Return 1 where both are the same number, else 0."""
        return _joined(self, "=", other, COMPARISON, lambda a, b: float(a == b))


@dataclass(frozen=True)
class Area:
    """A range of cells and the values in it, row by row.

    Attributes:
        text: Its address.
        values: What is in it; text and empty cells are None.
    """

    text: str
    values: tuple[float | None, ...]

    @property
    def numbers(self) -> tuple[float, ...]:
        """Return what a sum over the range sees."""
        return tuple(value for value in self.values if value is not None)


def lift(value: Term | Number) -> Term:
    """Return a constant as a term."""
    return value if isinstance(value, Term) else Term(repr(value), float(value))


def _joined(left: Term | Number, sign: str, right: Term | Number, binding: int, compute) -> Term:  # type: ignore[no-untyped-def]
    a, b = lift(left), lift(right)
    first = a.text if a.binding >= binding else f"({a.text})"
    second = b.text if b.binding > binding else f"({b.text})"
    return Term(f"{first}{sign}{second}", compute(a.value, b.value), binding)


def choice(condition: Term, then: Term | Number, otherwise: Term | Number) -> Term:
    """Return IF(condition, then, otherwise)."""
    a, b = lift(then), lift(otherwise)
    return Term(f"IF({condition.text},{a.text},{b.text})", a.value if condition.value else b.value)


def least(*terms: Term | Number) -> Term:
    """Return MIN of all."""
    lifted = [lift(term) for term in terms]
    return Term(f"MIN({','.join(t.text for t in lifted)})", min(t.value for t in lifted))


def greatest(*terms: Term | Number) -> Term:
    """Return MAX of all."""
    lifted = [lift(term) for term in terms]
    return Term(f"MAX({','.join(t.text for t in lifted)})", max(t.value for t in lifted))


def total(area: Area) -> Term:
    """Return SUM over a range."""
    return Term(f"SUM({area.text})", sum(area.numbers))


def product(terms: Sequence[Term]) -> Term:
    """Return the product of at least one term."""
    first, *others = terms
    for term in others:
        first = first * term
    return first


def total_where(keys: Area, key: Term | Number, area: Area) -> Term:
    """Return SUMIF: the sum over `area` where `keys`, of the same shape, equals `key`."""
    wanted = lift(key)
    found = sum((v or 0.0) for k, v in zip(keys.values, area.values, strict=True) if k == wanted.value)
    return Term(f"SUMIF({keys.text},{wanted.text},{area.text})", found)


def weighted(weights: Area, area: Area) -> Term:
    """Return SUMPRODUCT of two ranges of the same shape."""
    pairs = zip(weights.values, area.values, strict=True)
    return Term(f"SUMPRODUCT({weights.text},{area.text})", sum((a or 0.0) * (b or 0.0) for a, b in pairs))


def element(area: Area, position: Term) -> Term:
    """Return INDEX(area, position), counting from 1 along a single row or column."""
    value = area.values[int(position.value) - 1]
    return Term(f"INDEX({area.text},{position.text})", value or 0.0)
