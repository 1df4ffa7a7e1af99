"""Reading a CSV file row by row, each with its line; separated by commas or semicolons, in UTF-8."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

Row = dict[str, str]
SURPLUS = ""
"""The name under which a row that has more cells than the header says so."""

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, whole or cut short: those of today, and those of old."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(?:\.[0-9]{1,20})?")


class UnreadableCsv(ValueError):
    """The file as a whole cannot be read; the message says why."""


@dataclass(frozen=True)
class CsvShape:
    """What a file may hold: the columns it has to have, those it may have (these among them), and its size."""

    required: tuple[str, ...]
    known: tuple[str, ...]
    maximum_bytes: int
    maximum_rows: int


def read_rows(content: bytes, shape: CsvShape) -> Iterator[tuple[int, Row]]:
    """Yield each row with its line, the header being line 1; cells are stripped, empty rows passed over.

    Raises:
        UnreadableCsv: It is too large, not UTF-8, no CSV, has no rows, or lacks a column.
    """
    text = _text(content, shape)
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    count = 0
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        _check_header(header, shape)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > shape.maximum_rows:
                raise UnreadableCsv(_("The file has more than %(rows)d rows.") % {"rows": shape.maximum_rows})
            surplus = {SURPLUS: "x"} if len(cells) > len(header) else {}
            yield reader.line_num, {**dict(zip(header, map(str.strip, cells), strict=False)), **surplus}
    except csv.Error as error:
        raise UnreadableCsv(_("Line %(line)d cannot be read as CSV.") % {"line": reader.line_num}) from error
    if not count:
        raise UnreadableCsv(_("The file has no rows below its header."))


def surplus_fault(row: Row) -> Iterator[tuple[str, str]]:
    """Yield that a row has too many cells, if it has."""
    if SURPLUS in row:
        yield "", _("The row has more cells than the header.")


def day_in(text: str) -> date | None:
    """Return the day of a cell such as 2026-03-31; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def number_in(text: str, *, largest: Decimal, places: int) -> Decimal | None:
    """Return the number of a cell; None for anything else, too large, or with more decimal places."""
    if not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    if abs(number) > largest or number != round(number, places):
        return None
    return number


def _text(content: bytes, shape: CsvShape) -> str:
    if len(content) > shape.maximum_bytes:
        raise UnreadableCsv(_("The file is larger than %(mib)d MiB.") % {"mib": shape.maximum_bytes // 1024 // 1024})
    if content.startswith(WORKBOOKS):
        raise UnreadableCsv(_("The file is a workbook, not a CSV file. Save its sheet as “CSV UTF-8” and send that."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableCsv(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from error
    if "\0" in text:
        raise UnreadableCsv(_("The file holds a NUL character; it is not a CSV file."))
    return text


def _check_header(header: Sequence[str], shape: CsvShape) -> None:
    missing = [name for name in shape.required if name not in header]
    if missing:
        raise UnreadableCsv(_("The header lacks: %(names)s.") % {"names": ", ".join(missing)})
    unknown = [name[:40] for name in header if name not in shape.known]
    if unknown or len(set(header)) != len(header):
        raise UnreadableCsv(
            _("The header has unknown or repeated columns: %(names)s.") % {"names": ", ".join(unknown[:20])}
        )
