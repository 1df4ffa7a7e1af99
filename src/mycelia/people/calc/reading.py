"""From bytes to rows, with every problem of every line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from mycelia.people.calc import cells
from mycelia.people.calc.columns import BY_NAME, MAXIMUM_BYTES, MAXIMUM_ROWS, REQUIRED_COLUMNS
from mycelia.people.calc.decoding import decode
from mycelia.people.calc.header import check_header, column_names, detect_delimiter, split_line
from mycelia.people.types import FileRow, Problem, Reading

_LONGEST_LINE = 20_000
_LINE_BREAK = re.compile("\r\n|\n|\r")


def read_people_file(content: bytes) -> Reading:
    """Return the rows of a people file and everything that is wrong with it; never raises.

    A row with a bad cell is returned too, the cell emptied, so that its other cells are held against the rest of the
    file in the same pass: whoever repairs the file sees everything at once.

    A value may not contain a line break, so each line stands for itself and one broken quotation mark spoils one
    line, not the rest of the file.
    """
    if len(content) > MAXIMUM_BYTES:
        return _refused(Problem("file_too_large", details={"maximum": str(MAXIMUM_BYTES // 1024**2)}))
    decoded = decode(content)
    if isinstance(decoded, Problem):
        return _refused(decoded)
    lines = _LINE_BREAK.split(decoded.text)
    if not any(line.strip() for line in lines):
        return _refused(Problem("empty_file"))
    return _read(lines, decoded.encoding)


def _too_long(line: int) -> Problem:
    return Problem("line_too_long", line, details={"maximum": str(_LONGEST_LINE)})


def _refused(problem: Problem) -> Reading:
    return Reading(problems=(problem,))


def _read(lines: list[str], encoding: str) -> Reading:
    if len(lines[0]) > _LONGEST_LINE:
        return _refused(_too_long(1))
    delimiter = detect_delimiter(lines[0])
    names = column_names(lines[0], delimiter)
    problems = check_header(names) if names else [Problem("quoting", 1)]
    filled = sum(1 for line in lines[1:] if not _is_blank(line, delimiter))
    if filled == 0:
        problems.append(Problem("no_rows"))
    if filled > MAXIMUM_ROWS:
        problems.append(Problem("too_many_rows", details={"maximum": str(MAXIMUM_ROWS), "rows": str(filled)}))
    if filled > MAXIMUM_ROWS or not set(names) >= REQUIRED_COLUMNS:
        return Reading(problems=tuple(problems), encoding=encoding, delimiter=delimiter)
    rows: list[FileRow] = []
    numbers: dict[str, int] = {}
    for line, values, found in _lines_of_cells(lines, delimiter, names):
        usable = _note_number(values.get("employee_number", ""), line, numbers, found)
        problems += found
        if usable:
            rows.append(_row(line, values))
    problems += _repeated_emails(rows)
    return Reading(tuple(rows), tuple(problems), numbers, encoding, delimiter)


def _lines_of_cells(
    lines: list[str], delimiter: str, names: list[str]
) -> Iterator[tuple[int, dict[str, str], list[Problem]]]:
    for number, text in enumerate(lines[1:], start=2):
        if not _is_blank(text, delimiter):
            yield number, *_cells(number, text, delimiter, names)


def _is_blank(text: str, delimiter: str) -> bool:
    """Return whether a line is nothing but empty cells, as spreadsheets leave them below a table."""
    return not text.strip().strip(delimiter + '"')


def _cells(line: int, text: str, delimiter: str, names: list[str]) -> tuple[dict[str, str], list[Problem]]:
    if len(text) > _LONGEST_LINE:
        return {}, [_too_long(line)]
    try:
        found = [cells.clean(cell) for cell in split_line(text, delimiter)]
    except csv.Error:
        return {}, [Problem("quoting", line, value=cells.shorten(text))]
    counts = {"cells": str(len(found)), "columns": str(len(names))}
    if len(found) < len(names):
        return {}, [Problem("too_few_cells", line, details=counts)]
    if any(found[len(names) :]):
        return {}, [Problem("too_many_cells", line, details=counts)]
    values = {name: value for name, value in zip(names, found, strict=False) if name in BY_NAME}
    checked = (cells.check_cell(name, value, line) for name, value in values.items())
    problems = [problem for problem in checked if problem]
    return values | dict.fromkeys((problem.column for problem in problems), ""), problems


def _note_number(number: str, line: int, numbers: dict[str, int], problems: list[Problem]) -> bool:
    """Remember where a number stands; return whether this is its first line."""
    if not number:
        return False
    first = numbers.setdefault(number, line)
    if first != line:
        details = {"first_line": str(first)}
        problems.append(Problem("repeated_number", line, "employee_number", cells.shorten(number), details))
    return first == line


def _row(line: int, values: dict[str, str]) -> FileRow:
    parsed: dict[str, Any] = {
        **values,
        "email": cells.normal_email(values["email"]),
        "valid_from": cells.parse_day(values.get("valid_from", "")),
        "language": values.get("language") or None,
    }
    return FileRow(line=line, **parsed)


def _repeated_emails(rows: Iterable[FileRow]) -> list[Problem]:
    seen: dict[str, int] = {}
    problems = []
    for row in rows:
        if not row.email:
            continue
        first = seen.setdefault(row.email.upper(), row.line)
        if first != row.line:
            problems.append(Problem("repeated_email", row.line, "email", row.email, {"first_line": str(first)}))
    return problems
