"""Reading a file of a KPI's values: `date` (2026-03-31), `value`, and `evidence` where it is not the same for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from mycelia.business_case.calc.csv_rows import CsvShape, Row, day_in, number_in, read_rows, surplus_fault
from mycelia.business_case.types import EARLIEST_DAY, BookingFault, Reading

LONGEST_EVIDENCE = 300
LARGEST_VALUE = Decimal("99999999999999.9999")
SHAPE = CsvShape(("date", "value"), ("date", "value", "evidence"), 1024 * 1024, 10_000)


def read_series(content: bytes, *, today: date, evidence: str) -> tuple[tuple[Reading, ...], tuple[BookingFault, ...]]:
    """Return the readings of a file and the faults of its rows; with any fault nothing should be applied.

    Args:
        content: The file.
        today: The last day a reading may be of.
        evidence: That of rows which state none; at least one character.

    Raises:
        UnreadableCsv: The file as a whole cannot be read.
    """
    readings: list[Reading] = []
    faults: list[BookingFault] = []
    seen: dict[str, int] = {}
    for line, row in read_rows(content, SHAPE):
        found = [BookingFault(line, column, reason) for column, reason in _faults(row, seen, today)]
        faults += found
        day, value = day_in(row.get("date", "")), _value(row)
        if not found and day is not None and value is not None:
            readings.append(Reading(day, value, row.get("evidence") or evidence[:LONGEST_EVIDENCE], line))
        seen.setdefault(row.get("date", ""), line)
    return tuple(readings), tuple(faults)


def _faults(row: Row, seen: Mapping[str, int], today: date) -> Iterator[tuple[str, str]]:
    yield from surplus_fault(row)
    text = row.get("date", "")
    day = day_in(text)
    if day is None:
        yield "date", _("The date is not of the form 2026-03-31.")
    elif not EARLIEST_DAY <= day <= today:
        yield "date", _("The date is outside %(first)s to %(last)s.") % {"first": EARLIEST_DAY, "last": today}
    elif text in seen:
        yield "date", _("The date stands in line %(line)d already.") % {"line": seen[text]}
    if _value(row) is None:
        yield "value", _("The value is a number with at most four decimal places, such as 12.5.")
    if len(row.get("evidence", "")) > LONGEST_EVIDENCE:
        yield "evidence", _("The text is longer than %(limit)d characters.") % {"limit": LONGEST_EVIDENCE}


def _value(row: Row) -> Decimal | None:
    return number_in(row.get("value", ""), largest=LARGEST_VALUE, places=4)
