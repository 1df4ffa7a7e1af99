"""SCORM 1.2 Run-Time Environment, chapter 3.4: what a part finds at launch, and what its words mean."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mycelia.delivery.calc.durations import format_timespan, parse_timespan
from mycelia.delivery.calc.elements import kept_elements, parse_exit, parse_status
from mycelia.delivery.calc.launching import LearnerName, entry_word, launch_elements
from mycelia.delivery.calc.scores import scaled_score
from mycelia.delivery.calc.tracking import fold
from mycelia.delivery.types import AttemptState, EntryKind, ItemKind, ItemState, JournalEntry, PackageItem
from tests.delivery.calc.test_tracking import run

PART = PackageItem(
    "sco",
    "A part",
    "index.html",
    ItemKind.SCO,
    mastery_score=Decimal(80),
    launch_text="mode=short",
    max_time_allowed="0001:00:00.00",
    time_limit_action="continue,message",
)
ANN = LearnerName("7", "Ann", "Weiß")


def launched(*journal: JournalEntry) -> dict[str, str]:
    return launch_elements(PART, fold([PART], journal), ANN)


def test_entry_first_launch_is_ab_initio() -> None:
    """3.4.4, cmi.core.entry: "ab-initio" indicates it is the first time the student enters the SCO."""
    assert launched()["cmi.core.entry"] == "ab-initio"


@pytest.mark.parametrize(("leaving", "entry"), [("suspend", "resume"), ("", ""), ("logout", ""), ("time-out", "")])
def test_entry_follows_from_how_the_part_was_left(leaving: str, entry: str) -> None:
    """3.4.4, cmi.core.exit and cmi.core.entry: "resume" after "suspend", else empty."""
    journal = run((EntryKind.INITIALIZED, {}), (EntryKind.FINISHED, {"cmi.core.exit": leaving}))
    assert launched(*journal).get("cmi.core.entry", "") == entry


def test_entry_after_a_broken_session_is_resume() -> None:
    """A session without LMSFinish was cut off, and goes on as a suspended one."""
    assert launched(*run((EntryKind.INITIALIZED, {}), (EntryKind.SAVED, {})))["cmi.core.entry"] == "resume"


def test_launch_hands_over_everything_before_the_first_call() -> None:
    """3.4.4: student, launch data, mastery score, limits, and what the part left behind."""
    left = {
        "cmi.core.lesson_location": "page-5",
        "cmi.suspend_data": "a=1;b=\u6f22\ud800\x00",
        "cmi.comments": "hm",
        "cmi.core.session_time": "0000:10:00.00",
        "cmi.core.lesson_status": "incomplete",
        "cmi.core.exit": "suspend",
    }
    found = launched(*run((EntryKind.INITIALIZED, {}), (EntryKind.FINISHED, left)))
    assert found == {
        "cmi.core.student_id": "7",
        "cmi.core.student_name": "Weiß, Ann",
        "cmi.core.credit": "credit",
        "cmi.core.lesson_mode": "normal",
        "cmi.core.entry": "resume",
        "cmi.core.total_time": "0000:10:00.00",
        "cmi.core.lesson_status": "incomplete",
        "cmi.core.lesson_location": "page-5",
        "cmi.suspend_data": "a=1;b=\u6f22\ud800\x00",
        "cmi.comments": "hm",
        "cmi.launch_data": "mode=short",
        "cmi.student_data.mastery_score": "80",
        "cmi.student_data.max_time_allowed": "0001:00:00.00",
        "cmi.student_data.time_limit_action": "continue,message",
    }


def test_launch_of_a_completed_attempt_is_review_without_credit() -> None:
    """3.4.4, cmi.core.lesson_mode and cmi.core.credit."""
    state = AttemptState(items={"sco": ItemState(initialized=True, finished=True)}, completed=True)
    found = launch_elements(PART, state, ANN)
    assert (found["cmi.core.lesson_mode"], found["cmi.core.credit"]) == ("review", "no-credit")


def test_write_only_elements_are_never_handed_back() -> None:
    """3.4.4: cmi.core.exit and cmi.core.session_time are write-only."""
    journal = run((EntryKind.FINISHED, {"cmi.core.exit": "suspend", "cmi.core.session_time": "0000:00:09"}))
    assert not {"cmi.core.exit", "cmi.core.session_time"} & launched(*journal).keys()


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("0000:00:00.00", 0),
        ("9999:59:59.99", 3_599_999_999),
        ("00:00:05.1", 510),
        ("10000:00:00", None),
        ("0:60:0", None),
    ],
)
def test_timespan_is_hours_minutes_seconds(text: str, hundredths: int | None) -> None:
    """3.4.2.1, CMITimespan."""
    assert parse_timespan(text) == hundredths


@pytest.mark.parametrize("hundredths", [0, 1, 9_050, 3_599_999_999])
def test_timespan_written_is_read_back(hundredths: int) -> None:
    """3.4.2.1, CMITimespan."""
    assert parse_timespan(format_timespan(hundredths)) == hundredths


@pytest.mark.parametrize(
    ("raw", "low", "high", "scaled"),
    [
        ("85", "", "", "0.85"),
        ("15", "10", "20", "0.5"),
        ("120", "", "", "1"),
        ("-5", "", "", "0"),
        ("0.5", "0", "0", None),
        ("", "", "", None),
        ("2", "0", "3", "0.6666"),
    ],
)
def test_score_is_scaled_between_its_bounds_and_rounded_down(raw: str, low: str, high: str, scaled: str | None) -> None:
    """3.4.4, cmi.core.score: normalised to 0 to 100 unless bounds are given."""
    found = scaled_score({"cmi.core.score.raw": raw, "cmi.core.score.min": low, "cmi.core.score.max": high})
    assert found == (None if scaled is None else Decimal(scaled))


@pytest.mark.parametrize("word", ["passed", "completed", "failed", "incomplete", "browsed", "not attempted"])
def test_status_vocabulary_is_read(word: str) -> None:
    """3.4.4, cmi.core.lesson_status."""
    status = parse_status(word)
    assert status is not None
    assert status.value == word


def test_words_outside_the_vocabulary_mean_nothing() -> None:
    """3.4.2.1, CMIVocabulary."""
    assert (parse_status("finished"), parse_exit("normal")) == (None, None)


def test_suspend_data_is_kept_beyond_the_standards_limit_up_to_64000() -> None:
    """3.4.4, cmi.suspend_data is CMIString4096; content made by today's tools needs more."""
    assert kept_elements({"cmi.suspend_data": "x" * 64_000})
    assert not kept_elements({"cmi.suspend_data": "x" * 64_001})


def test_entry_word_never_initialized_is_a_first_time() -> None:
    """3.4.4, cmi.core.entry: a launch whose content never started is no visit."""
    assert entry_word(ItemState(launches=1)) == "ab-initio"
