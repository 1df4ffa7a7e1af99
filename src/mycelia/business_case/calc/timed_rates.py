"""Internal rates of flows at any times, such as the middles of months: all of them, as there may be none or several.

In x = ln(1 + rate) the net present value is f(x) = sum of a_j exp(-t_j x). Divided by exp(-s x), with s between the
times of two flows of opposite sign, and differentiated, it has one change of sign fewer; between two neighbouring
zeros of that derivative f has at most one zero (Rolle). So the zeros of f are found from those of a function with one
change of sign fewer, down to one that has none.

References:
    G. Polya and G. Szego, Problems and Theorems in Analysis II, part V, chapter 1 (the rule of Descartes for
    exponential sums).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from mycelia.business_case.calc.estimates import Floats

HALVINGS = 110
TOUCHES = 1e-12
"""A zero without a change of sign is one where the sum is so small beside the sum of absolute values."""
LOWEST = float(np.log(1e-12))
FARTHEST = 700.0
"""Growth by e^700 a year is as good as infinite."""


def timed_internal_rates(net_flows: Sequence[Decimal], *, times: Sequence[float]) -> tuple[Decimal, ...]:
    """Return every rate per year at which the net present value is zero, ascending.

    Rates so near to -100 % that less than a million-millionth is left after a year are passed over.

    Args:
        net_flows: Shape (columns,); costs are negative.
        times: Shape (columns,), years after the start, not descending.

    Returns:
        Rates, of which the growth (1 + rate) is rounded to 13 digits; none when the flows never change sign.

    Example:
        >>> timed_internal_rates([Decimal(-100), Decimal(121)], times=[0.0, 2.0])
        (Decimal('0.1'),)
    """
    amounts = np.array([float(flow) for flow in net_flows])
    present = amounts != 0
    if not present.any():
        return ()
    zeros = _zeros(amounts[present] / np.abs(amounts).max(), np.asarray(times, dtype=np.float64)[present])
    return tuple(Decimal(f"{np.exp(zero):.13g}") - 1 for zero in zeros if zero > LOWEST)


def _zeros(amounts: Floats, times: Floats) -> Floats:
    """Return the zeros of the exponential sum, ascending."""
    changes = np.flatnonzero(np.sign(amounts[:-1]) != np.sign(amounts[1:]))
    if not len(changes):
        return np.empty(0)
    change = changes[len(changes) // 2]
    between = (times[change] + times[change + 1]) / 2
    derived = amounts * (between - times)
    present = derived != 0
    turns = _zeros(derived[present] / np.abs(derived).max(), times[present])
    edges = np.concatenate([[-FARTHEST], turns, [FARTHEST]])
    signs = _signs(edges, amounts, times)
    touched = turns[signs[1:-1] == 0]
    holds_one = signs[:-1] * signs[1:] < 0
    crossed = _closed_in(edges[:-1][holds_one], edges[1:][holds_one], amounts, times)
    return np.sort(np.concatenate([touched, crossed]))


def _closed_in(low: Floats, high: Floats, amounts: Floats, times: Floats) -> Floats:
    """Return the zero in each interval, at whose ends the signs differ."""
    if not len(low):
        return low
    left = _signs(low, amounts, times)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        is_left = _signs(middle, amounts, times, touches=0) == left
        low, high = np.where(is_left, middle, low), np.where(is_left, high, middle)
    return (low + high) / 2


def _signs(at: Floats, amounts: Floats, times: Floats, *, touches: float = TOUCHES) -> Floats:
    """Return the sign of the sum at each place; scaled so that the largest exponential is 1."""
    exponents = -np.outer(at, times)
    terms = amounts * np.exp(exponents - exponents.max(axis=1, keepdims=True))
    total, size = terms.sum(axis=1), np.abs(terms).sum(axis=1)
    return np.where(np.abs(total) <= touches * size, 0.0, np.sign(total))
