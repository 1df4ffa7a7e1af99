"""When a course counts as completed, and what is left until then."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from mycelia.content.types import LessonOutline
from mycelia.learning.types import CompletionFacts, LessonDone, Remaining

_GRAIN = Decimal("0.0001")


def completion(lessons: Sequence[LessonOutline], done: Sequence[LessonDone]) -> CompletionFacts | None:
    """Return why the course is completed, None while it is not.

    A course is completed when every required lesson is done, at the moment the last of them was. A course without a
    required lesson is never completed: there would be nothing to show for it. Optional lessons change nothing.

    Args:
        lessons: The course as it is live now, in order.
        done: What the learner has done, in any order; lessons the course no longer has are ignored.
    """
    by_key = {one.key: one for one in done}
    required = [lesson.key for lesson in lessons if lesson.required]
    if not required or any(key not in by_key for key in required):
        return None
    counted = tuple(by_key[key] for key in required)
    scores = [one.score_scaled for one in counted if one.score_scaled is not None]
    return CompletionFacts(max(one.completed_at for one in counted), _mean(scores), counted)


def remaining(lessons: Sequence[LessonOutline], done: Collection[UUID]) -> Remaining:
    """Return what is left of a course.

    The next lesson is the first required one that is not done; when only optional ones are left, the first of those.
    """
    left = [lesson for lesson in lessons if lesson.key not in done]
    needed = [lesson for lesson in left if lesson.required]
    following = next(iter(needed or left), None)
    return Remaining(len(lessons), len(left), sum(lesson.minutes for lesson in needed), following)


def _mean(scores: Sequence[Decimal]) -> Decimal | None:
    if not scores:
        return None
    return (sum(scores, Decimal(0)) / len(scores)).quantize(_GRAIN, rounding=ROUND_DOWN)
