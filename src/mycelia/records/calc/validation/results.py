"""Results and their scores."""

from __future__ import annotations

from typing import Any

from mycelia.records.calc.validation import formats
from mycelia.records.calc.validation.shapes import Path, Shape, boolean, fail, number, string

RESULT = "xAPI 1.0.3 Part Two 2.4.5"
SCORE = "xAPI 1.0.3 Part Two 2.4.5.1"

_score = Shape(SCORE, {"scaled": number, "raw": number, "min": number, "max": number})


def score(value: Any, path: Path) -> None:
    """Check a score: scaled from -1 to 1, raw within min and max, min below max."""
    _score(value, path)
    scaled, raw, least, most = (value.get(name) for name in ("scaled", "raw", "min", "max"))
    if scaled is not None and not -1 <= scaled <= 1:
        fail((path, "scaled"), SCORE, "must lie from -1 to 1")
    if least is not None and most is not None and least >= most:
        fail((path, "min"), SCORE, "must be less than max")
    if raw is not None and ((least is not None and raw < least) or (most is not None and raw > most)):
        fail((path, "raw"), SCORE, "must lie from min to max")


result = Shape(
    RESULT,
    {
        "score": score,
        "success": boolean,
        "completion": boolean,
        "response": string,
        "duration": formats.duration,
        "extensions": formats.extensions,
    },
)
