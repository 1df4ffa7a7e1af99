"""Scores as packages report them, and as fractions.

References:
    SCORM 1.2 Run-Time Environment, cmi.core.score: raw, min and max are decimals, normalised to 0 to 100.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Decimal, InvalidOperation

_LOWEST = Decimal(0)
_HIGHEST = Decimal(100)
_GRAIN = Decimal("0.0001")
_EXPONENT = 12
_CHARACTERS = 4_096


def parse_score(text: str) -> Decimal | None:
    """Return the number a package reported, or None where it is none.

    Total over every text, because it reads what strangers wrote: a number from 10 to the power of 13 on is none, and
    one too small to matter is zero, so that arithmetic with the result cannot overflow.

    Example:
        >>> parse_score("85.5"), parse_score("NaN"), parse_score("1e999999999"), parse_score("1e-999999999")
        (Decimal('85.5'), None, None, Decimal('0'))
    """
    if len(text) > _CHARACTERS:
        return None
    try:
        score = Decimal(text.strip())
    except (InvalidOperation, ValueError):
        return None
    if not score.is_finite():
        return None
    if not score or score.adjusted() < -_EXPONENT:
        return Decimal(0)
    return score if score.adjusted() <= _EXPONENT else None


def scaled_score(elements: Mapping[str, str]) -> Decimal | None:
    """Return the score as a fraction between 0 and 1, rounded down to four places; None where there is none.

    Missing bounds are 0 and 100, as the standard normalises scores; a score beyond its bounds is held at them.

    Example:
        >>> scaled_score({"cmi.core.score.raw": "15", "cmi.core.score.min": "10", "cmi.core.score.max": "20"})
        Decimal('0.5000')
    """
    raw = parse_score(elements.get("cmi.core.score.raw", ""))
    if raw is None:
        return None
    low = _or(parse_score(elements.get("cmi.core.score.min", "")), _LOWEST)
    high = _or(parse_score(elements.get("cmi.core.score.max", "")), _HIGHEST)
    if high <= low:
        return None
    return min(max((raw - low) / (high - low), Decimal(0)), Decimal(1)).quantize(_GRAIN, ROUND_DOWN)


def _or(value: Decimal | None, otherwise: Decimal) -> Decimal:
    return otherwise if value is None else value


def mean_score(scores: Sequence[Decimal]) -> Decimal | None:
    """Return the mean, rounded down to four places; None of nothing."""
    return (sum(scores, Decimal(0)) / len(scores)).quantize(_GRAIN, ROUND_DOWN) if scores else None
