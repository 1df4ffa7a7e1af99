from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from mycelia.content.types import LessonOutline
from mycelia.learning.calc import completion, is_stuck, remaining
from mycelia.learning.types import STUCK_AFTER_DAYS, LessonDone

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEYS = [UUID(int=number) for number in range(1, 9)]


def _lessons(required: list[bool]) -> list[LessonOutline]:
    return [LessonOutline(KEYS[n], f"L{n}", 5, flag) for n, flag in enumerate(required)]


def _done(numbers: list[int]) -> list[LessonDone]:
    return [LessonDone(KEYS[n], MOMENT + timedelta(days=n)) for n in numbers]


@given(st.lists(st.booleans(), max_size=8), st.sets(st.integers(0, 7)), st.randoms())
def test_completion_any_order_of_progress_gives_the_same_facts(required, numbers, random):
    ordered = _done(sorted(numbers))
    shuffled = random.sample(ordered, len(ordered))
    assert completion(_lessons(required), ordered) == completion(_lessons(required), shuffled)


@given(st.lists(st.booleans(), max_size=8), st.sets(st.integers(0, 7)), st.integers(0, 7))
def test_completion_more_lessons_done_never_uncompletes(required, numbers, more):
    if completion(_lessons(required), _done(sorted(numbers))) is not None:
        assert completion(_lessons(required), _done(sorted(numbers | {more}))) is not None


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.sets(st.integers(0, 7)))
def test_completion_exists_exactly_when_every_required_lesson_is_done(required, numbers):
    needed = {n for n, flag in enumerate(required) if flag}
    assert (completion(_lessons(required), _done(sorted(numbers))) is not None) == (bool(needed) and needed <= numbers)


def test_completion_all_optional_is_never_reached():
    assert completion(_lessons([False, False]), _done([0, 1])) is None


def test_completion_moment_is_the_last_required_lesson():
    facts = completion(_lessons([True, False, True]), _done([0, 1, 2]))
    assert facts is not None
    assert facts.completed_at == MOMENT + timedelta(days=2)
    assert [one.key for one in facts.lessons] == [KEYS[0], KEYS[2]]


def test_completion_score_is_the_mean_rounded_down():
    done = [LessonDone(KEYS[n], MOMENT, None, Decimal(score)) for n, score in enumerate(("1", "0.5", "0.5"))]
    facts = completion(_lessons([True] * 3), done)
    assert facts is not None
    assert facts.score_scaled == Decimal("0.6666")


@given(st.lists(st.booleans(), max_size=8), st.sets(st.integers(0, 7)))
def test_remaining_is_zero_minutes_exactly_when_no_required_lesson_is_left(required, numbers):
    left = remaining(_lessons(required), {KEYS[n] for n in numbers})
    assert (left.minutes == 0) == ({n for n, flag in enumerate(required) if flag} <= numbers)
    assert left.lessons_done + left.lessons_left == left.lessons_total == len(required)


def test_remaining_next_lesson_prefers_required_ones():
    left = remaining(_lessons([False, True]), set())
    assert left.next_lesson is not None
    assert left.next_lesson.key == KEYS[1]


def test_stuck_needs_a_start_or_a_missed_date():
    old = MOMENT - timedelta(days=STUCK_AFTER_DAYS)
    assert is_stuck(started=True, last_activity_at=old, due_on=None, moment=MOMENT)
    assert not is_stuck(started=False, last_activity_at=old, due_on=None, moment=MOMENT)
    assert not is_stuck(started=True, last_activity_at=old + timedelta(seconds=1), due_on=None, moment=MOMENT)
    assert not is_stuck(started=False, last_activity_at=old, due_on=MOMENT.date(), moment=MOMENT)
    assert is_stuck(started=False, last_activity_at=MOMENT, due_on=(MOMENT - timedelta(days=1)).date(), moment=MOMENT)
