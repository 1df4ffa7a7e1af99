"""The share of people who use something, as a formula of the months since it became available."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from mycelia.business_case.exports.workbook.terms import Term, choice, greatest, least, lift
from mycelia.business_case.types import Adoption, AdoptionKind

LARGEST_EXPONENT = 700


@dataclass(frozen=True)
class Curve:
    """An adoption with the cells of its parameters; meanings as in `types.Adoption`."""

    adoption: Adoption
    ceiling: Term
    tempo: Term
    innovation: Term
    imitation: Term
    midpoint: Term
    steepness: Term


def share(curve: Curve, column: Term, since: Term) -> Term:
    """Return the share at the middle of a column; 0 in columns before that from which it counts."""
    shapes = {
        AdoptionKind.FULL: _full,
        AdoptionKind.BASS: _bass,
        AdoptionKind.LOGISTIC: _logistic,
        AdoptionKind.STEPS: _steps,
    }
    grown = shapes[curve.adoption.kind](curve, months_since(column, since) * curve.tempo)
    return choice(column.at_least(since), curve.ceiling * grown, 0)


def months_since(column: Term, since: Term) -> Term:
    """Return the months since something became available at the middle of a column, 0 before that."""
    return greatest(column - greatest(since, 1) + 0.5, 0)


def _full(curve: Curve, months: Term) -> Term:
    return lift(1)


def _bass(curve: Curve, months: Term) -> Term:
    left = exponential((curve.innovation + curve.imitation) * -1 * months / 12)
    return (lift(1) - left) / (curve.imitation / curve.innovation * left + 1)


def _logistic(curve: Curve, months: Term) -> Term:
    behind = curve.steepness * (curve.midpoint - months)
    return lift(1) / (exponential(least(behind, LARGEST_EXPONENT)) + 1)


def _steps(curve: Curve, months: Term) -> Term:
    """Return LOOKUP over the steps; before the first of them nobody uses it."""
    steps = ((-1, Decimal(0)), *curve.adoption.steps)
    found = next(float(reached) for month, reached in reversed(steps) if month <= months.value)
    keys, shares = (",".join(str(step[k]) for step in steps) for k in (0, 1))
    return Term(f"LOOKUP({months.text},{{{keys}}},{{{shares}}})", found)


def exponential(term: Term) -> Term:
    """Return EXP of a term."""
    return Term(f"EXP({term.text})", math.exp(term.value))
