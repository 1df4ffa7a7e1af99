"""The first line of a people file: which columns, separated by what."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from difflib import get_close_matches

from mycelia.people.calc.cells import clean, shorten
from mycelia.people.calc.columns import BY_NAME, COLUMN_NAMES, REQUIRED_COLUMNS
from mycelia.people.types import Problem

DELIMITERS = (",", ";", "\t")


def split_line(line: str, delimiter: str) -> list[str]:
    """Return the cells of one line.

    Raises:
        csv.Error: A quotation mark is not closed or stands in the wrong place.
    """
    return next(csv.reader([line], delimiter=delimiter, strict=True), [])


def detect_delimiter(line: str) -> str:
    """Return the delimiter under which the header names most known columns; the comma when none is known."""
    return max(DELIMITERS, key=lambda delimiter: sum(name in BY_NAME for name in column_names(line, delimiter)))


def column_names(line: str, delimiter: str) -> list[str]:
    """Return the header's column names in lower case; none when its quoting is broken."""
    try:
        return [clean(cell).lower() for cell in split_line(line, delimiter)]
    except csv.Error:
        return []


def check_header(names: Sequence[str]) -> list[Problem]:
    """Return what is wrong with the header: missing, unknown and repeated columns."""
    problems = [
        Problem("missing_column", 1, name) for name in COLUMN_NAMES if name in REQUIRED_COLUMNS and name not in names
    ]
    seen: set[str] = set()
    for place, name in enumerate(names, start=1):
        if name and name in seen:
            problems.append(Problem("repeated_column", 1, shorten(name)))
        elif not name:
            problems.append(Problem("unnamed_column", 1, details={"place": str(place)}))
        elif name not in BY_NAME:
            problems.append(_unknown(name))
        seen.add(name)
    return problems


def _unknown(name: str) -> Problem:
    near = get_close_matches(name, COLUMN_NAMES, n=1, cutoff=0.75)
    if near:
        return Problem("misspelt_column", 1, shorten(name), details={"suggestion": near[0]})
    return Problem("unknown_column", 1, shorten(name))
