from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mycelia.delivery.calc.tracking import advance, fold, follows
from mycelia.delivery.types import AttemptState, EntryKind, ItemKind, JournalEntry, LessonStatus, PackageItem

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
SCO = PackageItem("sco", "A part", "index.html", ItemKind.SCO)
JUDGED = PackageItem("judged", "A quiz", "quiz.html", ItemKind.SCO, mastery_score=Decimal(80))
ASSET = PackageItem("asset", "A page", "page.html", ItemKind.ASSET)
ITEMS = (SCO, JUDGED, ASSET)
STATUS, EXIT, RAW, TIME = "cmi.core.lesson_status", "cmi.core.exit", "cmi.core.score.raw", "cmi.core.session_time"


def session(number: int) -> UUID:
    return UUID(int=0x01900000000070008000000000000000 + (number << 80))


def entry(number: int, sequence: int, kind: EntryKind, item: str = "sco", **elements: str) -> JournalEntry:
    named = {name.replace("__", "."): value for name, value in elements.items()}
    moment = START + timedelta(minutes=number * 100 + sequence)
    return JournalEntry(session(number), sequence, kind, item, moment, named)


def run(*steps: tuple[EntryKind, dict[str, str]], item: PackageItem = SCO, number: int = 1) -> list[JournalEntry]:
    entries = [entry(number, 0, EntryKind.LAUNCHED, item.identifier)]
    for sequence, (kind, elements) in enumerate(steps, start=1):
        moment = START + timedelta(minutes=number * 100 + sequence)
        entries.append(JournalEntry(session(number), sequence, kind, item.identifier, moment, elements))
    return entries


values = st.one_of(
    st.sampled_from(["completed", "incomplete", "passed", "failed", "browsed", "Passed ", "nonsense", "", "suspend"]),
    st.sampled_from(
        ["0000:00:10.50", "1:2:3", "99999:00:00", "85", "-5", "1e400", "1e999999999", "NaN", "101.5", "page-7"]
    ),
    st.text(max_size=20),
)
names = st.sampled_from(
    (
        *(STATUS, EXIT, RAW, "cmi.core.score.min", "cmi.core.score.max", TIME, "cmi.core.lesson_location"),
        *("cmi.suspend_data", "cmi.interactions.0.id", "cmi.objectives.2.status", "cmi.nonsense", ""),
    )
)
journals = st.lists(
    st.builds(
        lambda number, sequence, kind, item, elements, elapsed: JournalEntry(
            session(number),
            sequence,
            kind,
            item,
            START + timedelta(seconds=number * 1000 + sequence),
            elements,
            elapsed,
        ),
        st.integers(0, 4),
        st.integers(0, 12),
        st.sampled_from(list(EntryKind)),
        st.sampled_from(["sco", "judged", "asset", "unknown"]),
        st.dictionaries(names, values, max_size=4),
        st.one_of(st.none(), st.integers(0, 5000)),
    ),
    max_size=25,
    unique_by=lambda one: one.position,
)


@given(journals, st.randoms(use_true_random=False))
def test_fold_any_order_and_repetition_gives_the_same_state(journal: list[JournalEntry], random) -> None:  # type: ignore[no-untyped-def]
    delivered = journal + random.choices(journal, k=len(journal)) if journal else []
    random.shuffle(delivered)
    assert fold(ITEMS, delivered) == fold(ITEMS, journal)


@given(journals)
def test_fold_one_entry_at_a_time_equals_the_whole(journal: list[JournalEntry]) -> None:
    state = AttemptState()
    for one in sorted(journal, key=lambda each: each.position):
        assert follows(state, one)
        state = advance(ITEMS, state, one)
    assert state == fold(ITEMS, journal)


@given(journals)
def test_state_survives_being_stored_as_json(journal: list[JournalEntry]) -> None:
    state = fold(ITEMS, journal)
    text = json.dumps(msgspec.to_builtins(state))
    assert msgspec.convert(json.loads(text), AttemptState, strict=False) == state


@given(journals)
def test_record_only_rises_and_score_stays_a_fraction(journal: list[JournalEntry]) -> None:
    state, done = AttemptState(), False
    for one in sorted(journal, key=lambda each: each.position):
        following = advance(ITEMS, state, one)
        for name, item in state.items.items():
            assert list(LessonStatus).index(following.items[name].record) >= list(LessonStatus).index(item.record)
        done = done or following.completed
        assert following.completed is done
        assert following.score_scaled is None or 0 <= following.score_scaled <= 1
        assert following.total_time >= 0
        state = following


def test_advance_an_entry_from_the_past_is_refused() -> None:
    state = fold(ITEMS, run((EntryKind.INITIALIZED, {})))
    with pytest.raises(ValueError, match="folded after"):
        advance(ITEMS, state, entry(1, 1, EntryKind.SAVED))


def test_finish_without_a_status_completes_the_part() -> None:
    state = fold([SCO], run((EntryKind.INITIALIZED, {}), (EntryKind.FINISHED, {})))
    assert state.completed
    assert state.items["sco"].record is LessonStatus.COMPLETED


def test_part_that_never_finishes_stays_open() -> None:
    assert not fold([SCO], run((EntryKind.INITIALIZED, {}), (EntryKind.SAVED, {RAW: "100"}))).completed


@pytest.mark.parametrize(("raw", "status", "passed"), [("80", "passed", True), ("79.9", "failed", False)])
def test_mastery_score_decides_at_finish_whatever_the_part_said(raw: str, status: str, passed: bool) -> None:
    state = fold([JUDGED], run((EntryKind.FINISHED, {STATUS: "completed", RAW: raw}), item=JUDGED))
    assert (state.items["judged"].record.value, state.passed, state.completed) == (status, passed, passed)


def test_claim_under_a_mastery_score_waits_for_the_judgement() -> None:
    claimed = [(EntryKind.INITIALIZED, {}), (EntryKind.COMMITTED, {STATUS: "completed", RAW: "40"})]
    state = fold([JUDGED], run(*claimed, item=JUDGED))
    assert (state.completed, state.passed) == (False, None)
    ended = fold([JUDGED], run(*claimed, (EntryKind.FINISHED, {}), item=JUDGED))
    assert (ended.completed, ended.passed) == (False, False)


def test_failed_part_does_not_complete_and_a_later_pass_does() -> None:
    first = run((EntryKind.FINISHED, {STATUS: "failed", RAW: "10"}), number=1)
    second = run((EntryKind.FINISHED, {STATUS: "passed", RAW: "90"}), number=2)
    assert (fold([SCO], first).completed, fold([SCO], first).passed) == (False, False)
    assert (fold([SCO], first + second).completed, fold([SCO], first + second).passed) == (True, True)


def test_completed_part_reopened_keeps_its_record_and_its_better_score() -> None:
    first = run((EntryKind.FINISHED, {STATUS: "passed", RAW: "90"}), number=1)
    again = run((EntryKind.FINISHED, {STATUS: "incomplete", RAW: "20"}), number=2)
    state = fold([SCO], first + again)
    assert state.completed
    assert state.completed_at == first[-1].received_at
    assert state.items["sco"].record is LessonStatus.PASSED
    assert state.items["sco"].status is LessonStatus.INCOMPLETE
    assert state.score_scaled == Decimal("0.9")


def test_times_of_sessions_add_up_and_the_last_report_of_a_session_counts() -> None:
    first = run((EntryKind.SAVED, {TIME: "0000:01:00.00"}), (EntryKind.FINISHED, {TIME: "0000:02:30.50"}), number=1)
    second = run((EntryKind.FINISHED, {TIME: "0000:00:30.00"}), number=2)
    assert fold([SCO], first + second).total_time == 18_050


def test_asset_is_done_once_it_was_on_the_screen() -> None:
    launched = [entry(1, 0, EntryKind.LAUNCHED, "asset")]
    assert not fold([ASSET], launched).completed
    assert fold([ASSET], [*launched, entry(1, 1, EntryKind.VIEWED, "asset")]).completed


def test_asset_time_is_what_the_browser_measured() -> None:
    seen = JournalEntry(session(1), 2, EntryKind.CLOSED, "asset", START, {}, elapsed_seconds=42)
    assert fold([ASSET], [entry(1, 0, EntryKind.LAUNCHED, "asset"), seen]).total_time == 4_200


def test_package_of_several_parts_is_complete_with_the_last_one() -> None:
    parts = [SCO, ASSET]
    half = run((EntryKind.FINISHED, {}), number=1)
    whole = [*half, entry(2, 0, EntryKind.LAUNCHED, "asset"), entry(2, 1, EntryKind.VIEWED, "asset")]
    assert (fold(parts, half).completed_items, fold(parts, half).completed) == (1, False)
    assert (fold(parts, whole).completed_items, fold(parts, whole).completed) == (2, True)
    assert fold(parts, whole).current_item == "asset"


def test_part_the_menu_hides_is_not_needed() -> None:
    hidden = PackageItem("hidden", "Hidden", "h.html", ItemKind.ASSET, visible=False)
    assert fold([SCO, hidden], run((EntryKind.FINISHED, {}))).completed


def test_late_message_of_an_older_session_does_not_move_the_bookmark_back() -> None:
    older = run((EntryKind.SAVED, {"cmi.core.lesson_location": "old"}), number=1)
    newer = run((EntryKind.SAVED, {"cmi.core.lesson_location": "new"}), number=2)
    late = entry(1, 9, EntryKind.SAVED, cmi__core__lesson_location="older tab")
    assert fold([SCO], [*older, *newer, late]).items["sco"].location == "new"
