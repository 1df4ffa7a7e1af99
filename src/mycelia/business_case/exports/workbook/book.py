"""The file itself: cells, formats and names, with typed text that can never become a formula."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from mycelia.business_case.exports.workbook.terms import Area, Term

ACCENT, QUIET, RULE, PAPER, ENTRY, WARNING = "#14563f", "#58645e", "#d5dbd7", "#f2f6f3", "#1f4e9c", "#fdf3d8"
FONT = "Calibri"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_CELL, HEAD_HEIGHT = 32_767, 28
ENTRIES = frozenset({"entry", "share_entry", "day_entry"})
"""Styles of numbers that may be changed in the workbook."""

FORMATS: dict[str, dict[str, Any]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 16, "font_color": ACCENT},
    "subtitle": {"bold": True, "font_size": 12, "font_color": ACCENT},
    "note": {"font_color": QUIET, "italic": True},
    "warning": {"bg_color": WARNING, "bold": True},
    "head": {
        "bold": True,
        "font_color": QUIET,
        "bottom": 2,
        "bottom_color": ACCENT,
        "text_wrap": True,
        "valign": "top",
    },
    "right_head": {"bold": True, "font_color": QUIET, "bottom": 2, "bottom_color": ACCENT, "align": "right"},
    "text": {"valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "label": {"valign": "top", "bold": True},
    "date": {"num_format": "yyyy-mm-dd", "align": "right"},
    "day_entry": {"num_format": "yyyy-mm-dd", "align": "right", "font_color": ENTRY, "bg_color": "#eef4ff"},
    "entry": {"num_format": "#,##0.######", "font_color": ENTRY, "bg_color": "#eef4ff"},
    "share_entry": {"num_format": "0.0###%", "font_color": ENTRY, "bg_color": "#eef4ff"},
    "word_entry": {"font_color": ENTRY, "bg_color": "#eef4ff", "bold": True},
    "exported": {"num_format": "#,##0.######", "font_color": QUIET},
    "number": {"num_format": "#,##0.######", "align": "right"},
    "factor": {"num_format": "0.0000", "align": "right"},
    "whole": {"num_format": "0"},
    "faint": {"num_format": "0", "font_color": "#9aa5a0"},
    "share": {"num_format": "0.0%", "align": "right"},
    "months": {"num_format": "0.0", "align": "right"},
    "ratio": {"num_format": "0.00", "align": "right"},
    "money": {"num_format": "#,##0;[Red]-#,##0;0"},
    "cents": {"num_format": "#,##0.00;[Red]-#,##0.00;0.00"},
    "sum": {"num_format": "#,##0;[Red]-#,##0;0", "bold": True, "top": 1, "top_color": RULE},
    "sum_label": {"bold": True, "top": 1, "top_color": RULE},
    "in_use": {"num_format": "#,##0.######", "bold": True, "bg_color": PAPER},
    "good": {"bold": True, "font_color": ACCENT},
}


class PlainPaper(Worksheet):
    """A sheet whose formulas use nothing newer than Excel 2007, so that none has to be searched for newer functions.

    XlsxWriter searches every formula for thirty names; in a large case that is half of the time of writing it.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


@dataclass
class Book:
    """A workbook being written. Values written beside formulas are their results.

    Attributes:
        moment: Instant written as that of its making, so that the same case gives the same file.
        sheets: In their order.
    """

    moment: datetime
    title: str
    sheets: list[Sheet] = field(default_factory=list)
    _stream: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
        self.file = xlsxwriter.Workbook(self._stream, options)
        self.file.set_properties({"title": self.title, "created": self.moment.replace(tzinfo=None)})
        self.file.set_calc_mode("auto")
        base = {"font_name": FONT, "font_size": 10}
        self.formats = {name: self.file.add_format({**base, **style}) for name, style in FORMATS.items()}
        self._quoted = {
            name: self.file.add_format({**base, **style, "quote_prefix": True}) for name, style in FORMATS.items()
        }

    def sheet(self, name: str, *, widths: dict[str, float]) -> Sheet:
        """Begin a sheet, set for paper in landscape and for reading without grid lines."""
        made = self.file.add_worksheet(name, worksheet_class=PlainPaper)
        made.hide_gridlines(2)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.set_footer("&L&A&RPage &P / &N")
        for columns, width in widths.items():
            made.set_column(columns, width, self.formats["plain"])
        self.sheets.append(Sheet(self, made, name))
        return self.sheets[-1]

    def quoted(self, style: str) -> Any:
        """Return a style whose text stays text even when somebody edits the cell."""
        return self._quoted[style]

    def finish(self) -> bytes:
        """Close the file and return it."""
        self.file.close()
        return self._stream.getvalue()


@dataclass
class Sheet:
    """One sheet; rows and columns count from 0.

    Attributes:
        entries: Every number on it that may be changed, by row and column.
    """

    book: Book
    paper: Any
    name: str
    entries: dict[tuple[int, int], float] = field(default_factory=dict)

    def text(self, row: int, column: int, words: str, style: str = "text") -> None:
        """Write words as words, whatever they begin with."""
        safe = words[:LONGEST_CELL]
        chosen = self.book.quoted(style) if safe.startswith(DANGEROUS) else self.book.formats[style]
        self.paper.write_string(row, column, safe, chosen)

    def texts(self, row: int, column: int, words: tuple[str, ...], style: str = "text") -> None:
        """Write words side by side."""
        for offset, word in enumerate(words):
            self.text(row, column + offset, word, style)

    def heads(self, row: int, words: tuple[str, ...], *, right: int = 1_000) -> None:
        """Write the heads of a table, two lines high; those from the column `right` on stand over numbers."""
        self.paper.set_row(row, HEAD_HEIGHT)
        for column, word in enumerate(words):
            self.text(row, column, word, "head" if column < right else "right_head")

    def number(self, row: int, column: int, value: Decimal | float | None, style: str = "number") -> Term:
        """Write a number, or nothing for an unknown one, and return the cell."""
        if value is None:
            self.paper.write_blank(row, column, None, self.book.formats[style])
            return Term(self.address(row, column), 0.0)
        self.paper.write_number(row, column, float(value), self.book.formats[style])
        if style in ENTRIES:
            self.entries[row, column] = float(value)
        return Term(self.address(row, column), float(value))

    def day(self, row: int, column: int, value: date, style: str = "date") -> Term:
        """Write a date and return the cell."""
        self.paper.write_datetime(row, column, datetime(value.year, value.month, value.day), self.book.formats[style])  # noqa: DTZ001 spreadsheets know no zones
        if style in ENTRIES:
            self.entries[row, column] = serial_of(value)
        return Term(self.address(row, column), serial_of(value))

    def formula(self, row: int, column: int, term: Term, style: str = "number") -> Term:
        """Write a formula with its result and return the cell."""
        self.paper.write_formula(row, column, f"={term.text}", self.book.formats[style], term.value)
        return Term(self.address(row, column), term.value)

    def either(self, row: int, column: int, formula: str, result: float | str, style: str = "number") -> None:
        """Write a formula that gives a number or words."""
        self.paper.write_formula(row, column, f"={formula}", self.book.formats[style], result)

    def word_formula(self, row: int, column: int, formula: str, result: str, style: str = "text") -> None:
        """Write a formula that gives words."""
        self.paper.write_formula(row, column, f"={formula}", self.book.formats[style], result)

    def address(self, row: int, column: int) -> str:
        """Return the absolute address of a cell, with its sheet."""
        return f"{self.quoted_name}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def area(self, first: tuple[int, int], last: tuple[int, int], values: tuple[float | None, ...]) -> Area:
        """Return a range of this sheet with what is in it."""
        return Area(f"{self.quoted_name}!{xl_range_abs(*first, *last)}", values)

    def name_cell(self, name: str, cell: Term) -> Term:
        """Give a cell a name and return it under that name."""
        self.book.file.define_name(name, f"={cell.text}")
        return Term(name, cell.value)

    @property
    def quoted_name(self) -> str:
        """Return the sheet's name as formulas write it."""
        return quoted(self.name)


def quoted(name: str) -> str:
    """Return the name of a sheet as formulas write it."""
    return name if name.isidentifier() and name.isascii() else "'" + name.replace("'", "''") + "'"


def row_of(address: str) -> int:
    """Return the row, from 0, of a cell's address."""
    return xl_cell_to_rowcol(address.rsplit("!", 1)[-1].replace("$", ""))[0]


def serial_of(value: date) -> float:
    """Return a day as spreadsheets count it: days since 30 December 1899."""
    return float((value - date(1899, 12, 30)).days)
