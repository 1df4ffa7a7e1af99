"""What has to hold between the parts of a case's file, each breach under its path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from mycelia.business_case.calc.digest import snapshot_digest
from mycelia.business_case.calc.file_blueprint_checks import blueprint_faults
from mycelia.business_case.calc.file_numbers import number_faults
from mycelia.business_case.types import EARLIEST_DAY, LATEST_DAY, CaseFile, Course, FileFault, LineKind, Performance
from mycelia.business_case.types.case_file import CloseRecord, EntryRecord

LONGEST_TEXT = 4_000
LONGEST_WORDS = 300
LAST_COLUMN = 120
LARGEST_NUMBER = 1_000_000
LARGEST_AMOUNT = Decimal("9999999999999.99")
LARGEST_VALUE = Decimal("99999999999999.9999")
Faults = Iterator[FileFault]


def check_case_file(file: CaseFile) -> tuple[FileFault, ...]:
    """Return everything that cannot be, in the order of the file."""
    checks: tuple[Callable[[CaseFile], Faults], ...] = (
        _version_faults,
        _comment_faults,
        _reading_faults,
        _entry_faults,
        _close_faults,
        _gate_faults,
    )
    found = [fault for check in checks for fault in check(file)]
    return (*found, *blueprint_faults(file.blueprint))


def _version_faults(file: CaseFile) -> Faults:
    yield from _numbers("versions", [version.number for version in file.versions])
    for place, version in enumerate(file.versions):
        path = f"$.versions[{place}]"
        if snapshot_digest(version.snapshot) != version.digest:
            yield FileFault(f"{path}.digest", "the version was altered after it was frozen")
        if not version.title.strip():
            yield FileFault(f"{path}.title", "a version needs a title")


def _comment_faults(file: CaseFile) -> Faults:
    for place, comment in enumerate(file.comments):
        yield from _text(f"$.comments[{place}].text", comment.text, LONGEST_TEXT)


def _reading_faults(file: CaseFile) -> Faults:
    known = {kpi.key for objective in file.case.objectives for kpi in objective.kpis}
    seen: set[tuple[str, date]] = set()
    for place, reading in enumerate(file.readings):
        path = f"$.readings[{place}]"
        if reading.kpi not in known:
            yield FileFault(f"{path}.kpi", f"the case has no KPI of the key “{reading.kpi[:80]}”")
        if (reading.kpi, reading.read_on) in seen:
            yield FileFault(f"{path}.read_on", "the KPI was read on this day already")
        seen.add((reading.kpi, reading.read_on))
        yield from _day(f"{path}.read_on", reading.read_on)
        yield from _amount(f"{path}.value", reading.value, LARGEST_VALUE, 4)
        yield from _text(f"{path}.evidence", reading.evidence, LONGEST_WORDS)


def _entry_faults(file: CaseFile) -> Faults:
    seen: set[str] = set()
    for number, ledger in enumerate(file.ledgers):
        for place, entry in enumerate(ledger.entries):
            path = f"$.ledgers[{number}].entries[{place}]"
            if entry.reference in seen:
                yield FileFault(f"{path}.reference", "the reference is booked already")
            seen.add(entry.reference)
            yield from _text(f"{path}.reference", entry.reference, LONGEST_WORDS)
            yield from _day(f"{path}.booked_on", entry.booked_on)
            yield from _amount(f"{path}.amount", entry.amount, LARGEST_AMOUNT, 2)
            yield from _placing(path, entry)


def _placing(path: str, entry: EntryRecord) -> Faults:
    if entry.kind is LineKind.COST and not 0 < len(entry.category) <= 40:
        yield FileFault(f"{path}.category", "a cost needs a category")
    if entry.kind is LineKind.BENEFIT and (entry.category or not entry.item):
        yield FileFault(f"{path}.item", "a benefit names its line, and no category")
    if len(entry.item) > 64:
        yield FileFault(f"{path}.item", "longer than 64 characters")


def _close_faults(file: CaseFile) -> Faults:
    for place, close in enumerate(file.closes):
        path = f"$.closes[{place}]"
        if close.column != place or close.column > LAST_COLUMN:
            yield FileFault(f"{path}.column", "months close one after the other, from column 0 on")
        elif (picture := _picture(close)) is None:
            yield FileFault(f"{path}.picture", "no plan and actual of that month")
        else:
            yield from number_faults(picture, f"{path}.picture")


def _picture(close: CloseRecord) -> Performance | None:
    """Return how a month stood when it was closed; None where that cannot be a picture of it."""
    try:
        picture = msgspec.convert(close.picture, Performance, strict=False)
    except msgspec.ValidationError:
        return None
    totals = (picture.total_costs, picture.total_benefits)
    if not all(_is_even(course) for course in (*picture.costs, *picture.benefits, *totals)):
        return None
    # A case without lines on a side has no columns there.
    reaches = all(not total.plan or len(total.actual) > close.column for total in totals)
    return picture if reaches else None


def _is_even(course: Course) -> bool:
    """Return whether a course holds as many numbers of each kind."""
    return len(course.plan) == len(course.actual) == len(course.forecast)


def _gate_faults(file: CaseFile) -> Faults:
    presented = {version.number for version in file.versions if version.presented_at is not None}
    yield from _numbers("gates", [gate.number for gate in file.gates])
    for place, gate in enumerate(file.gates):
        if gate.version not in presented:
            yield FileFault(f"$.gates[{place}].version", "no presented version has this number")
        yield from _text(f"$.gates[{place}].rationale", gate.rationale, LONGEST_TEXT)


def _numbers(part: str, numbers: Iterable[int]) -> Faults:
    seen: set[int] = set()
    for place, number in enumerate(numbers):
        if number in seen or not 0 < number <= LARGEST_NUMBER:
            yield FileFault(f"$.{part}[{place}].number", "numbers begin at 1, and none stands twice")
        seen.add(number)


def _text(path: str, text: str, longest: int) -> Faults:
    if not len(text.strip()) > 0 or len(text) > longest:
        yield FileFault(path, f"1 to {longest} characters")


def _day(path: str, day: date) -> Faults:
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        yield FileFault(path, f"outside {EARLIEST_DAY} to {LATEST_DAY}")


def _amount(path: str, amount: Decimal, largest: Decimal, places: int) -> Faults:
    exponent: Any = amount.as_tuple().exponent
    if not amount.is_finite() or abs(amount) > largest or -exponent > places:
        yield FileFault(path, f"a number of at most {largest}, with {places} decimal places")
