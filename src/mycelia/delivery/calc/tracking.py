"""The state of an attempt as a pure function of its journal.

Entries are folded in the order of (session, sequence), whatever order they arrived in, each once; so repeated and
late deliveries change nothing, and a replay gives the same state.

References:
    SCORM 1.2 Run-Time Environment, 3.4.4: cmi.core.lesson_status (what the LMS does at LMSFinish, mastery score),
    cmi.core.exit, cmi.core.entry, cmi.core.session_time and cmi.core.total_time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce

from mycelia.delivery.calc import elements as model
from mycelia.delivery.calc.scores import mean_score, parse_score, scaled_score
from mycelia.delivery.types import (
    AttemptState,
    EntryKind,
    ItemKind,
    ItemState,
    JournalEntry,
    LessonStatus,
    PackageItem,
)

_JUDGED = frozenset({LessonStatus.PASSED, LessonStatus.FAILED})
_RANK = {status: rank for rank, status in enumerate(LessonStatus)}


def fold(items: Sequence[PackageItem], entries: Iterable[JournalEntry]) -> AttemptState:
    """Return the state that a set of journal entries gives, in any order and with any repetitions.

    Args:
        items: The package's table of contents.
        entries: Entries of one attempt; of two with one position, either may be given (they are the same message).
    """
    once = {entry.position: entry for entry in entries}
    ordered = [once[position] for position in sorted(once)]
    return reduce(lambda state, entry: advance(items, state, entry), ordered, AttemptState())


def follows(state: AttemptState, entry: JournalEntry) -> bool:
    """Return whether the entry comes after everything folded so far, so that one step is enough."""
    return state.position is None or entry.position > state.position


def advance(items: Sequence[PackageItem], state: AttemptState, entry: JournalEntry) -> AttemptState:
    """Return the state after one more entry; it must follow every entry folded before.

    Raises:
        ValueError: The entry does not follow; fold the whole journal again.
    """
    if not follows(state, entry):
        raise ValueError("an entry is folded after those before it")
    item = next((item for item in items if item.identifier == entry.item), None)
    moved = replace(state, position=entry.position)
    if item is None:
        return moved
    if entry.kind in {EntryKind.LEFT, EntryKind.LAUNCHED}:
        moved = replace(moved, away=entry.kind is EntryKind.LEFT)
    current = _advance_item(item, state.items.get(item.identifier, ItemState()), entry)
    return _summarise(items, replace(moved, items={**state.items, item.identifier: current}), entry)


def _advance_item(item: PackageItem, state: ItemState, entry: JournalEntry) -> ItemState:
    if entry.kind is EntryKind.LAUNCHED:
        return replace(_banked(state), launches=state.launches + 1)
    if entry.kind is EntryKind.INITIALIZED:
        state = _initialized(state)
    state = _with_elements(state, entry)
    if entry.kind is EntryKind.VIEWED and item.kind is ItemKind.ASSET:
        state = replace(state, status=LessonStatus.COMPLETED)
    if entry.kind is EntryKind.FINISHED:
        state = _finished(item, state)
    return _recorded(item, state, entry)


def _banked(state: ItemState) -> ItemState:
    return replace(state, banked_time=state.total_time, running_time=0, time_reported=False)


def _initialized(state: ItemState) -> ItemState:
    """Begin a conversation with the part; pages of one part may hold several in a launch, each with its own time."""
    again = _banked(state) if state.finished and state.time_reported else state
    return replace(again, initialized=True, finished=False, exit="")


def _with_elements(state: ItemState, entry: JournalEntry) -> ItemState:
    kept = model.kept_elements(entry.elements)
    status = model.parse_status(entry.elements.get(model.STATUS, ""))
    leaving = model.parse_exit(entry.elements[model.EXIT]) if model.EXIT in entry.elements else None
    reported = model.session_time(entry.elements)
    return replace(
        state,
        elements={**state.elements, **kept} if kept else state.elements,
        status=state.status if status is None else status,
        exit=state.exit if leaving is None else leaving,
        running_time=_measured_time(state, entry) if reported is None else reported,
        time_reported=state.time_reported or reported is not None,
    )


def _measured_time(state: ItemState, entry: JournalEntry) -> int:
    if state.time_reported or entry.elapsed_seconds is None:
        return state.running_time
    return max(state.running_time, entry.elapsed_seconds * 100)


def _finished(item: PackageItem, state: ItemState) -> ItemState:
    status = state.status
    if status in {None, LessonStatus.NOT_ATTEMPTED}:
        status = LessonStatus.COMPLETED
    judged = _judged(item, state)
    return replace(state, status=status if judged is None else judged, finished=True)


def _judged(item: PackageItem, state: ItemState) -> LessonStatus | None:
    """Return what the manifest's mastery score makes of the score; None where one of them is missing."""
    raw = parse_score(state.elements.get("cmi.core.score.raw", ""))
    if item.mastery_score is None or raw is None:
        return None
    return LessonStatus.PASSED if raw >= item.mastery_score else LessonStatus.FAILED


def _proven(item: PackageItem, state: ItemState) -> LessonStatus:
    """Return the status that counts: under a mastery score a part's own claim waits until it is judged at its end."""
    status = state.status or LessonStatus.NOT_ATTEMPTED
    if item.mastery_score is None or state.finished or not status.is_complete:
        return status
    passed = _judged(item, state) is LessonStatus.PASSED
    return LessonStatus.PASSED if passed else LessonStatus.INCOMPLETE


def _recorded(item: PackageItem, state: ItemState, entry: JournalEntry) -> ItemState:
    """Return the item with its lasting record: status only rises, a later session only betters the score."""
    record = max(state.record, _proven(item, state), key=_RANK.__getitem__)
    score = scaled_score(state.elements)
    if state.completed_in not in {None, entry.session}:
        score = max((s for s in (state.score_scaled, score) if s is not None), default=None)
    if record.is_complete and state.completed_in is None:
        state = replace(state, completed_in=entry.session, completed_at=entry.received_at)
    return replace(state, record=record, score_scaled=score)


def _summarise(items: Sequence[PackageItem], state: AttemptState, entry: JournalEntry) -> AttemptState:
    needed = required_items(items)
    states = {item.identifier: state.items.get(item.identifier, ItemState()) for item in items}
    done = sum(states[item.identifier].record.is_complete for item in needed)
    completed = state.completed or done == len(needed)
    scores = [one.score_scaled for one in states.values() if one.score_scaled is not None]
    return replace(
        state,
        current_item=entry.item,
        completed_items=done,
        completed=completed,
        completed_at=entry.received_at if completed and not state.completed else state.completed_at,
        passed=_passed(items, states),
        score_scaled=mean_score(scores),
        total_time=sum(one.total_time for one in states.values()),
    )


def required_items(items: Sequence[PackageItem]) -> Sequence[PackageItem]:
    """Return the parts that must be done: those the menu shows, or all where it shows none."""
    return [item for item in items if item.visible] or items


def _passed(items: Sequence[PackageItem], states: Mapping[str, ItemState]) -> bool | None:
    """Return whether the learner passed: one failed part fails, and every part with a mastery score must be judged."""
    judged = {name: one.record for name, one in states.items() if one.record in _JUDGED}
    if LessonStatus.FAILED in judged.values():
        return False
    waiting = any(item.mastery_score is not None and item.identifier not in judged for item in items)
    return True if judged and not waiting else None
