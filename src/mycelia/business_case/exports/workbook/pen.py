"""Writing the calculation row after row, each with one formula along its columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from mycelia.business_case.exports.workbook.book import Sheet
from mycelia.business_case.exports.workbook.terms import Area, Term

HEAD_ROW = 3
SUM, START, END, COUNTS, FIRST_COLUMN = 2, 3, 4, 5, 6


@dataclass(frozen=True)
class Row:
    """A row of the calculation: its cells, column 0 first, and the same as a range of the sheet."""

    cells: tuple[Term, ...]
    area: Area
    sheet: str
    number: int

    @property
    def abroad(self) -> Area:
        """Return the range as another sheet names it."""
        return Area(f"{self.sheet}!{self.area.text}", self.area.values)


@dataclass
class Pen:
    """A place on a sheet of the calculation.

    Attributes:
        columns: How many columns a row has.
        row: The next one to be written.
    """

    sheet: Sheet
    columns: int
    row: int = HEAD_ROW

    def heading(self, words: str) -> None:
        """Leave a line and write a heading."""
        self.row += 1
        self.sheet.text(self.row, 0, words, "subtitle")
        self.row += 1

    def write(
        self, label: str, note: str, cell: Callable[[int], Term], *, style: str = "money", is_summed: bool = False
    ) -> Row:
        """Write one row; `cell` gives the formula of each column."""
        sheet, row = self.sheet, self.row
        sheet.text(row, 0, label, "sum_label" if style == "sum" else "text")
        sheet.text(row, 1, note, "note")
        values = tuple(sheet.formula(row, FIRST_COLUMN + t, cell(t), style).value for t in range(self.columns))
        cells = tuple(Term(xl_rowcol_to_cell(row, FIRST_COLUMN + t), value) for t, value in enumerate(values))
        text = xl_range_abs(row, FIRST_COLUMN, row, FIRST_COLUMN + self.columns - 1)
        if is_summed:
            sheet.formula(row, SUM, Term(f"SUM({text})", sum(values)), style)
        self.row += 1
        return Row(cells, Area(text, values), sheet.quoted_name, row)

    def beside(self, column: int, term: Term, style: str = "whole") -> Term:
        """Write a cell to the left of the months of the row that comes next, and return it."""
        cell = self.sheet.formula(self.row, column, term, style)
        return Term(xl_rowcol_to_cell(self.row, column, col_abs=True), cell.value)
