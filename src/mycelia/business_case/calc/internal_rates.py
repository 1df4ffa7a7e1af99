"""Internal rates of return: all of them, found exactly, because there may be none or several.

The net present value is a polynomial in the growth factor g = 1 + rate. Its positive roots are counted and isolated
with Sturm's theorem in exact fractions, so that no root is missed between two sampled rates and a touching (double)
root is found as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

from mycelia.business_case.calc.precision import PRECISE
from mycelia.business_case.types import EmptyCashFlow, ImpossibleRate

Polynomial = tuple[Fraction, ...]
"""Coefficients, highest power first, without leading zeros; the empty tuple is the zero polynomial."""

WIDTH = Decimal("1e-24")
"""Roots are bracketed to within this, relative to their size; far below a basis point."""


def internal_rates(net_flows: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return every rate per year above -1 at which the net present value is zero, ascending.

    Args:
        net_flows: Shape (years,), year 0 first; costs are negative.

    Returns:
        No rate when the flows never change sign (or are all zero), one for an ordinary investment, several when
        the sign changes more often.

    Raises:
        EmptyCashFlow: `net_flows` is empty.

    References:
        Sturm's theorem: the number of distinct real roots in (a, b] is the difference of the sign variations of the
        Sturm chain at a and at b.

    Example:
        >>> [round(rate, 6) for rate in internal_rates([Decimal(-100), Decimal(230), Decimal(-132)])]
        [Decimal('0.100000'), Decimal('0.200000')]
    """
    if not net_flows:
        raise EmptyCashFlow
    polynomial = _square_free(_without_zero_roots([Fraction(flow) for flow in net_flows]))
    if len(polynomial) < 2:
        return ()
    chain = _sturm_chain(polynomial)
    with localcontext(PRECISE):
        return tuple(root - 1 for root in _roots(chain, Fraction(0), _bound(polynomial)))


def modified_internal_rate(net_flows: Sequence[Decimal], *, rate_per_year: Decimal) -> Decimal | None:
    """Return the modified internal rate of return, financing and reinvesting at the same rate.

    It is the yearly growth from the present value of all negative flows to the future value of all positive ones,
    and unlike the internal rate it is always single.

    Args:
        net_flows: Shape (years,), year 0 first; costs are negative.
        rate_per_year: Both the finance and the reinvestment rate, as a fraction above -1.

    Returns:
        A fraction per year; None when there is nothing invested, nothing returned, or only one column.

    Raises:
        EmptyCashFlow: `net_flows` is empty.
        ImpossibleRate: The rate is -1 or less.

    Example:
        >>> round(modified_internal_rate([Decimal(-100), Decimal(110)], rate_per_year=Decimal("0.05")), 6)
        Decimal('0.100000')
    """
    if not net_flows:
        raise EmptyCashFlow
    if rate_per_year <= -1:
        raise ImpossibleRate
    last = len(net_flows) - 1
    with localcontext(PRECISE):
        growth = 1 + rate_per_year
        invested = sum((-flow / growth**t for t, flow in enumerate(net_flows) if flow < 0), Decimal(0))
        returned = sum((flow * growth ** (last - t) for t, flow in enumerate(net_flows) if flow > 0), Decimal(0))
        if last == 0 or invested == 0 or returned == 0:
            return None
        return (returned / invested) ** (Decimal(1) / last) - 1


def _trimmed(coefficients: Sequence[Fraction]) -> Polynomial:
    first = next((i for i, value in enumerate(coefficients) if value), len(coefficients))
    return tuple(coefficients[first:])


def _without_zero_roots(coefficients: Sequence[Fraction]) -> Polynomial:
    trimmed = _trimmed(coefficients)
    while trimmed and trimmed[-1] == 0:
        trimmed = trimmed[:-1]
    return trimmed


def _divided(dividend: Polynomial, divisor: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Return quotient and remainder."""
    rest, quotient = list(dividend), []
    for _ in range(len(dividend) - len(divisor) + 1):
        factor = rest[0] / divisor[0]
        quotient.append(factor)
        for i, value in enumerate(divisor):
            rest[i] -= factor * value
        rest.pop(0)
    return tuple(quotient), _trimmed(rest)


def _derivative(polynomial: Polynomial) -> Polynomial:
    degree = len(polynomial) - 1
    return tuple(value * (degree - i) for i, value in enumerate(polynomial[:-1]))


def _square_free(polynomial: Polynomial) -> Polynomial:
    """Return a polynomial with the same roots, each of them once."""
    if len(polynomial) < 3:
        return polynomial
    left, right = polynomial, _derivative(polynomial)
    while right:
        left, right = right, _monic(_divided(left, right)[1])
    return _divided(polynomial, left)[0]


def _monic(polynomial: Polynomial) -> Polynomial:
    return tuple(value / polynomial[0] for value in polynomial)


def _sturm_chain(polynomial: Polynomial) -> list[Polynomial]:
    chain = [polynomial, _derivative(polynomial)]
    while remainder := _divided(chain[-2], chain[-1])[1]:
        scale = abs(remainder[0])
        chain.append(tuple(-value / scale for value in remainder))
    return chain


def _value(polynomial: Polynomial, at: Fraction) -> Fraction:
    total = Fraction(0)
    for coefficient in polynomial:
        total = total * at + coefficient
    return total


def _variations(chain: list[Polynomial], at: Fraction) -> int:
    signs = [value > 0 for polynomial in chain if (value := _value(polynomial, at))]
    return sum(a != b for a, b in pairwise(signs))


def _bound(polynomial: Polynomial) -> Fraction:
    """Return a number above every root (Cauchy's bound)."""
    return 1 + max(abs(value / polynomial[0]) for value in polynomial[1:])


def _roots(chain: list[Polynomial], low: Fraction, high: Fraction) -> list[Decimal]:
    """Return the roots in (low, high], ascending: halve the interval until each part holds one, then close in."""
    found: list[Decimal] = []
    pending = [(low, high, _variations(chain, low), _variations(chain, high))]
    while pending:
        low, high, above, below = pending.pop()
        if above - below == 1:
            found.append(_closed_in(chain[0], low, high))
        elif above != below:
            middle = (low + high) / 2
            between = _variations(chain, middle)
            pending += [(middle, high, between, below), (low, middle, above, between)]
    return found


def _closed_in(polynomial: Polynomial, low: Fraction, high: Fraction) -> Decimal:
    """Return the only root in (low, high]. It is simple, so the sign changes there and nowhere else between."""
    with localcontext(PRECISE):
        coefficients = [_as_decimal(value) for value in polynomial]
        left, right = _as_decimal(low), _as_decimal(high)
        end = _value(polynomial, high)
        if end == 0:
            return right
        is_positive_right = end > 0
        while right - left > WIDTH * max(Decimal(1), right):
            middle = (left + right) / 2
            value = _horner(coefficients, middle)
            if value == 0:
                return middle
            if (value > 0) == is_positive_right:
                right = middle
            else:
                left = middle
        return (left + right) / 2


def _horner(coefficients: Sequence[Decimal], at: Decimal) -> Decimal:
    total = Decimal(0)
    for coefficient in coefficients:
        total = total * at + coefficient
    return total


def _as_decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator
