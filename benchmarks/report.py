"""What a benchmark says: JSON lines on standard output."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """Prints figures, each with the size of the company they are true for."""

    people: int
    courses: int

    def line(self, benchmark: str, **figures: object) -> None:
        """Print one JSON object."""
        self.unsized(benchmark, **figures, people=self.people, courses=self.courses)

    def unsized(self, benchmark: str, **figures: object) -> None:
        """Print one JSON object about what has nothing to do with the company."""
        print(json.dumps({"benchmark": benchmark, **figures}), flush=True)


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    last = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return {"median_ms": round(statistics.median(ordered) * 1000, 2), "p95_ms": round(last * 1000, 2)}
