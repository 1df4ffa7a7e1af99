"""Reading a ledger file: every bad row is named with its line, its column and the reason.

Columns: `date` (2026-03-31), `amount` (1234.56, negative for a credit note), `reference` (the ledger's own document
number, once in the file) and, for costs, `category`; optional `kind` (cost or benefit), `item` (key or exact
description of a line), `currency`, `description`, `cost_centre`. Separated by commas or semicolons, in UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from mycelia.business_case.calc.csv_rows import CsvShape, Row, day_in, number_in, read_rows, surplus_fault
from mycelia.business_case.types import Booking, BookingFault, CostCategory, LineKind

MAXIMUM_BYTES = 5 * 1024 * 1024
MAXIMUM_ROWS = 50_000
MAXIMUM_TEXT = 300
LARGEST = Decimal("9999999999999.99")
LONG_BEFORE_DAYS = 365
REQUIRED = ("date", "amount", "reference")
KNOWN = (*REQUIRED, "kind", "category", "item", "currency", "description", "cost_centre")
SHAPE = CsvShape(REQUIRED, KNOWN, MAXIMUM_BYTES, MAXIMUM_ROWS)


@dataclass(frozen=True)
class LedgerTerms:
    """What a file is held against.

    Attributes:
        items: Key of a line by its key and by its description, for each side.
        earliest, latest: Days between which a booking may lie.
    """

    currency: str
    earliest: date
    latest: date
    items: Mapping[LineKind, Mapping[str, str]] = field(default_factory=dict)


def is_long_before(start: date, day: date) -> bool:
    """Return whether a booking lies so long before a case begins that somebody should look at its day.

    Example:
        >>> is_long_before(date(2026, 1, 1), date(2025, 1, 1)), is_long_before(date(2026, 1, 1), date(2024, 12, 31))
        (False, True)
    """
    return (start - day).days > LONG_BEFORE_DAYS


def read_ledger(content: bytes, terms: LedgerTerms) -> tuple[tuple[Booking, ...], tuple[BookingFault, ...]]:
    """Return the bookings of a file and the faults of its rows; with any fault nothing should be applied.

    Raises:
        UnreadableCsv: It is too large, not UTF-8, has no rows, or lacks a column.
    """
    bookings: list[Booking] = []
    faults: list[BookingFault] = []
    seen: dict[str, int] = {}
    for line, row in read_rows(content, SHAPE):
        found = list(_faults(row, terms, seen, line))
        faults += [BookingFault(line, column, reason) for column, reason in found]
        if not found:
            bookings.append(_booking(row, terms, line))
        seen.setdefault(row.get("reference", ""), line)
    return tuple(bookings), tuple(faults)


def _faults(row: Row, terms: LedgerTerms, seen: Mapping[str, int], line: int) -> Iterator[tuple[str, str]]:
    yield from surplus_fault(row)
    if (kind := _kind(row)) is None:
        yield "kind", _("The kind is cost or benefit.")
    elif kind is LineKind.COST and row.get("category", "") not in set(CostCategory):
        yield "category", _("No cost category is called “%(name)s”.") % {"name": row.get("category", "")[:60]}
    yield from _value_faults(row, terms)
    reference = row.get("reference", "")
    if not reference:
        yield "reference", _("The reference is missing.")
    elif reference in seen:
        yield "reference", _("The reference stands in line %(line)d already.") % {"line": seen[reference]}
    if kind is not None and _item(row, kind, terms) is None and (row.get("item") or kind is LineKind.BENEFIT):
        yield "item", _("The case has no line “%(name)s” on this side.") % {"name": row.get("item", "")[:60]}
    for name in ("reference", "description", "cost_centre"):
        if len(row.get(name, "")) > MAXIMUM_TEXT:
            yield name, _("The text is longer than %(limit)d characters.") % {"limit": MAXIMUM_TEXT}


def _value_faults(row: Mapping[str, str], terms: LedgerTerms) -> Iterator[tuple[str, str]]:
    day = day_in(row.get("date", ""))
    if day is None:
        yield "date", _("The date is not of the form 2026-03-31.")
    elif not terms.earliest <= day <= terms.latest:
        yield "date", _("The date is outside %(first)s to %(last)s.") % {"first": terms.earliest, "last": terms.latest}
    if _amount(row.get("amount", "")) is None:
        yield "amount", _("The amount is a number with at most two decimal places, such as 1234.56.")
    if row.get("currency", terms.currency) not in {"", terms.currency}:
        yield "currency", _("The case is in %(currency)s; convert the amount first.") % {"currency": terms.currency}


def _booking(row: Mapping[str, str], terms: LedgerTerms, line: int) -> Booking:
    kind, day, amount = _kind(row), day_in(row["date"]), _amount(row["amount"])
    if kind is None or day is None or amount is None:
        raise ValueError("a row with faults is no booking")
    category = row.get("category", "") if kind is LineKind.COST else ""
    item = _item(row, kind, terms)
    texts = {name: row.get(name, "") for name in ("description", "cost_centre")}
    return Booking(day, amount, row["reference"], kind, category, item, line=line, **texts)


def _kind(row: Mapping[str, str]) -> LineKind | None:
    text = row.get("kind", "").lower() or "cost"
    return LineKind(text) if text in set(LineKind) else None


def _item(row: Mapping[str, str], kind: LineKind, terms: LedgerTerms) -> str | None:
    return terms.items.get(kind, {}).get(row.get("item", ""))


def _amount(text: str) -> Decimal | None:
    return number_in(text, largest=LARGEST, places=2)
