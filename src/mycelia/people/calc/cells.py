"""The rule for each cell of a people file."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from mycelia.people.calc.columns import BY_NAME
from mycelia.people.types import Problem

_EMAIL = re.compile(r"[^@\s,;:<>()\[\]\"\\]+@[^@\s,;:<>()\[\]\"\\.]+(\.[^@\s,;:<>()\[\]\"\\.]+)+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SHOWN = 80


def clean(cell: str) -> str:
    """Return the cell without outer white space, its letters composed (Unicode NFC), so that equal is equal."""
    return unicodedata.normalize("NFC", cell.strip())


def check_cell(name: str, value: str, line: int) -> Problem | None:
    """Return what is wrong with a cleaned cell, None when nothing is."""
    column = BY_NAME[name]
    code, details = "", {}
    if not value:
        code = "empty_cell" if column.value_required else ""
    elif not value.isprintable() and any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in value):
        code = "control_character"
    elif len(value) > column.maximum:
        code, details = "too_long", {"maximum": str(column.maximum), "length": str(len(value))}
    elif (name == "email" and not _EMAIL.fullmatch(value)) or (name == "language" and not _LANGUAGE.fullmatch(value)):
        code = f"bad_{name}"
    elif name == "valid_from" and parse_day(value) is None:
        code = "bad_date"
    return Problem(code, line, name, shorten(value), details) if code else None


def parse_day(value: str) -> date | None:
    """Return the day of an ISO 8601 date between 1900 and 2199; None when it is none."""
    if not _DATE.fullmatch(value):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if 1900 <= day.year < 2200 else None


def normal_email(value: str) -> str:
    """Return the address with its domain in lower case, as mail treats it.

    Example:
        >>> normal_email("Ada@Example.COM")
        'Ada@example.com'
    """
    local, _, domain = value.rpartition("@")
    if not domain:
        return value
    return f"{local}@{domain.lower()}"


def shorten(value: str) -> str:
    """Return the value as a message shows it: one line, not endless, nothing invisible."""
    visible = "".join(letter if letter.isprintable() else "�" for letter in value)
    return visible if len(visible) <= _SHOWN else f"{visible[: _SHOWN - 1]}…"
