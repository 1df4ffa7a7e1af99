"""Reading a file of systems: which columns it may have, and what is wrong with each row taken by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mycelia.business_case.calc.csv_rows import CsvShape, Row, day_in, number_in, read_rows, surplus_fault
from mycelia.business_case.types import (
    EARLIEST_DAY,
    LATEST_DAY,
    BookingFault,
    Element,
    Lifecycle,
    SystemPurpose,
)

LARGEST_AMOUNT = Decimal("9999999999999.99")
LARGEST_COUNT = 2_000_000_000
LENGTHS = {"name": 120, "vendor": 120, "description": 4_000, "owner": 254}
COLUMNS = (
    *("name", "purpose", "description", "vendor", "owner", "lifecycle", "users_licensed", "users_active"),
    *("counted_on", "yearly_cost", "exit_cost", "currency", "contract_end", "end_of_life", "elements"),
)
KEPT = ("lifecycle", "currency")
"""Columns whose empty cells leave what is registered, since every system has one."""
SHAPE = CsvShape(("name", "purpose"), COLUMNS, 1024 * 1024, 2_000)


@dataclass(frozen=True)
class SystemRow:
    """A row of a file; `stated` holds the fields of `SystemTerms` that it states, and the owner's e-mail."""

    line: int
    stated: Mapping[str, Any]


def read_systems(content: bytes) -> tuple[tuple[SystemRow, ...], tuple[BookingFault, ...]]:
    """Return the rows of a file and the faults of others; with any fault nothing should be applied.

    Raises:
        UnreadableCsv: The file as a whole cannot be read.
    """
    rows: list[SystemRow] = []
    faults: list[BookingFault] = []
    seen: dict[str, int] = {}
    for line, row in read_rows(content, SHAPE):
        found = [BookingFault(line, column, reason) for column, reason in _faults(row, seen)]
        faults += found
        if not found:
            rows.append(SystemRow(line, _stated(row)))
        seen.setdefault(row.get("name", "").casefold(), line)
    return tuple(rows), tuple(faults)


def _stated(row: Row) -> dict[str, Any]:
    """Return what a row states; an empty cell of a column in `KEPT` states nothing."""
    return {name: _READERS[name](cell) for name, cell in row.items() if cell or name not in KEPT}


def _faults(row: Row, seen: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    yield from surplus_fault(row)
    name = row.get("name", "")
    if not name:
        yield "name", _("The name is missing.")
    elif name.casefold() in seen:
        yield "name", _("The system stands in line %(line)d already.") % {"line": seen[name.casefold()]}
    for column, length in LENGTHS.items():
        if len(row.get(column, "")) > length:
            yield column, _("The text is longer than %(limit)d characters.") % {"limit": length}
    for column, reader in _READERS.items():
        if column in KEPT and not row.get(column):
            continue
        if (column in row or column in SHAPE.required) and reader(row.get(column, "")) is _WRONG:
            yield column, _expected(column)


class _Wrong:
    """Stands for what a cell cannot mean; nothing else, an empty cell least, is wrong."""


_WRONG = _Wrong()


def _text(cell: str) -> Any:
    return cell


def _word(words: Any) -> Callable[[str], Any]:
    def read(cell: str) -> Any:
        return words(cell.lower()) if cell.lower() in set(words) else _WRONG

    return read


def _count(cell: str) -> Any:
    if not cell:
        return None
    return int(cell) if cell.isascii() and cell.isdigit() and int(cell[:11]) <= LARGEST_COUNT else _WRONG


def _amount(cell: str) -> Any:
    if not cell:
        return None
    amount = number_in(cell, largest=LARGEST_AMOUNT, places=2)
    return _WRONG if amount is None or amount < 0 else amount


def _day(cell: str) -> Any:
    if not cell:
        return None
    day = day_in(cell)
    return day if day is not None and EARLIEST_DAY <= day <= LATEST_DAY else _WRONG


def _currency(cell: str) -> Any:
    code = cell.upper()
    return code if len(code) == 3 and code.isascii() and code.isalpha() else _WRONG


def _elements(cell: str) -> Any:
    words = cell.lower().split()
    return tuple(one for one in Element if one in words) if set(words) <= set(Element) else _WRONG


_READERS: Mapping[str, Callable[[str], Any]] = {
    "name": _text,
    "purpose": _word(SystemPurpose),
    "description": _text,
    "vendor": _text,
    "owner": _text,
    "lifecycle": _word(Lifecycle),
    "users_licensed": _count,
    "users_active": _count,
    "counted_on": _day,
    "yearly_cost": _amount,
    "exit_cost": _amount,
    "currency": _currency,
    "contract_end": _day,
    "end_of_life": _day,
    "elements": _elements,
}


def _expected(column: str) -> str:
    words = {
        "purpose": _("One of: %(words)s.") % {"words": ", ".join(SystemPurpose)},
        "lifecycle": _("One of: %(words)s.") % {"words": ", ".join(Lifecycle)},
        "elements": _("Separated by spaces, of: %(words)s.") % {"words": ", ".join(Element)},
        "currency": _("Enter a code of three letters, such as EUR."),
    }
    if column in ("users_licensed", "users_active"):
        return _("Enter a whole number from 0 on.")
    if column in ("yearly_cost", "exit_cost"):
        return _("The amount is a number from 0 on with at most two decimal places, such as 1234.56.")
    return words.get(column) or _("The date is not of the form 2026-03-31, or not from 1990 to 2199.")
