"""Writing CSV that a spreadsheet shows and never executes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula.

    References:
        OWASP, CSV Injection: a cell that begins with one of = + - @, tab or line break is prefixed with an
        apostrophe.

    Example:
        >>> harmless("=1+1")
        "'=1+1"
    """
    return f"'{cell}" if cell.startswith(_TRIGGERS) else cell


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV text; the mark at its start makes spreadsheets read it as UTF-8."""
    out = io.StringIO()
    out.write("\ufeff")
    csv.writer(out, lineterminator="\r\n").writerows([harmless(str(cell)) for cell in row] for row in rows)
    return out.getvalue()
