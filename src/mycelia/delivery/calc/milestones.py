"""What is worth telling the record store when an attempt moves from one state to the next.

Sparse on purpose: a start, a resumption, each further part done, completion, a judgement, and leaving. A milestone's
`key` names it within its attempt, so telling it twice is recognised.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mycelia.delivery.types import AttemptState


class Verb(StrEnum):
    """Verbs of the ADL vocabulary."""

    INITIALIZED = "http://adlnet.gov/expapi/verbs/initialized"
    RESUMED = "http://adlnet.gov/expapi/verbs/resumed"
    PROGRESSED = "http://adlnet.gov/expapi/verbs/progressed"
    COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
    PASSED = "http://adlnet.gov/expapi/verbs/passed"
    FAILED = "http://adlnet.gov/expapi/verbs/failed"
    SUSPENDED = "http://adlnet.gov/expapi/verbs/suspended"
    TERMINATED = "http://adlnet.gov/expapi/verbs/terminated"

    @property
    def word(self) -> str:
        """Return the verb's last word, its display in English."""
        return self.value.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Milestone:
    """One thing to tell.

    Args:
        key: Unique within the attempt, stable over replays.
        progress: Parts done as a whole percentage, rounded down; None where it adds nothing.
        duration: Hundredths of a second spent so far; None where it adds nothing.
    """

    verb: Verb
    key: str
    completion: bool | None = None
    success: bool | None = None
    score_scaled: Decimal | None = None
    progress: int | None = None
    duration: int | None = None


def milestones(before: AttemptState, after: AttemptState, parts: int) -> Iterator[Milestone]:
    """Yield what `after` has reached and `before` had not.

    Args:
        parts: How many parts must be done; progress is told only where there are several.
    """
    if after.position is None:
        return
    session = after.position[0].hex
    if before.position is None:
        yield Milestone(Verb.INITIALIZED, "initialized")
    elif before.away and not after.away:
        yield Milestone(Verb.RESUMED, f"resumed:{session}")
    if parts > 1 and after.completed_items > before.completed_items and not after.completed:
        percent = after.completed_items * 100 // parts
        yield Milestone(Verb.PROGRESSED, f"progressed:{after.completed_items}", progress=percent)
    yield from _judgement(before, after, session)
    if after.completed and not before.completed:
        yield Milestone(
            Verb.COMPLETED,
            "completed",
            completion=True,
            score_scaled=after.score_scaled,
            duration=after.total_time,
        )
    if after.away and not before.away:
        verb = Verb.TERMINATED if after.completed else Verb.SUSPENDED
        yield Milestone(verb, f"left:{session}", duration=after.total_time)


def _judgement(before: AttemptState, after: AttemptState, session: str) -> Iterator[Milestone]:
    if after.passed is None or after.passed == before.passed:
        return
    verb, key = (Verb.PASSED, "passed") if after.passed else (Verb.FAILED, f"failed:{session}")
    yield Milestone(verb, key, success=after.passed, score_scaled=after.score_scaled, duration=after.total_time)
