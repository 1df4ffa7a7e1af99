"""The sheet of costs: those of the preferred option by category, phase and cost centre, each by year.

A line belongs to a part by the number of the part, which may be changed here: text is no safe condition of a sum, since
spreadsheet programs take some signs in it for patterns and do not tell capitals from small letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range_abs

from mycelia.business_case.calc.cost_tables import cost_tables, part_of
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.workbook.book import Book, Sheet
from mycelia.business_case.exports.workbook.checks import Check
from mycelia.business_case.exports.workbook.lines import LineCells, Sides, years_of
from mycelia.business_case.exports.workbook.options import OptionRows
from mycelia.business_case.exports.workbook.outputs import Outputs
from mycelia.business_case.exports.workbook.pen import Row
from mycelia.business_case.exports.workbook.terms import Area, Term, total, total_where
from mycelia.business_case.pages.cost_tables import part_name, view_title
from mycelia.business_case.types import CostView

FIRST_ROW, FIRST_VIEW, FIRST_YEAR = 4, 2, 5


@dataclass(frozen=True)
class _Block:
    """The lines as they were written: the number of each one's part by view, and their amounts by year."""

    parts: dict[CostView, Area]
    years: tuple[Area, ...]


def write_costs(
    book: Book, dossier: Dossier, sides: Sides, options: Sequence[OptionRows], outputs: Outputs
) -> tuple[Check, ...]:
    """Write the sheet, and return the checks that every view adds up to all costs; none where there are no costs."""
    position = dossier.model.options.index(dossier.model.preferred)
    rows, key = options[position], dossier.model.preferred.key
    lines = [cells for cells in sides.costs if cells.belongs_to(key)]
    if not lines:
        return ()
    sheet = book.sheet(_("Costs"), widths={"A:A": 11, "B:B": 40, "C:E": 12, "F:Z": 14})
    sheet.text(0, 0, _("Costs of %(option)s") % {"option": rows.name}, "title")
    sheet.text(1, 0, _("By category, phase and cost centre. A line counts where its blue number says."), "note")
    writer = _Writer(sheet, dossier, rows, years_of(dossier.model), _parts(dossier, lines))
    block = writer.lines(lines)
    return tuple(writer.views(block, FIRST_ROW + len(lines) + 2, outputs.figures[position]["total_costs"]))


def _parts(dossier: Dossier, lines: Sequence[LineCells]) -> dict[CostView, list[str]]:
    """Return the parts of each view in their order, also those of lines that do not count."""
    found = cost_tables(dossier.model, {cells.line.key: () for cells in lines})
    return {view: [part.key for part in parts] for view, parts in found.views.items()}


@dataclass(frozen=True)
class _Writer:
    sheet: Sheet
    dossier: Dossier
    rows: OptionRows
    years: int
    parts: Mapping[CostView, Sequence[str]]

    def lines(self, lines: Sequence[LineCells]) -> _Block:
        """Write a row for each line: its parts, and what it comes to in each year."""
        heads = (_("No."), _("Line"), *(_("No. in: %(view)s") % {"view": view_title(view)} for view in CostView))
        self._heads(FIRST_ROW - 1, heads)
        written = [self._line(FIRST_ROW + n, cells, row) for n, (cells, row) in enumerate(self._with_rows(lines))]
        last = FIRST_ROW + len(lines) - 1
        parts = {
            view: self._column(FIRST_VIEW + k, last, [one[0][k] for one in written]) for k, view in enumerate(CostView)
        }
        years = tuple(self._column(FIRST_YEAR + y, last, [one[1][y] for one in written]) for y in range(self.years))
        return _Block(parts, years)

    def views(self, block: _Block, row: int, wanted: Term) -> Iterator[Check]:
        """Write a table for each view, the sum below its parts; yield that each sum is that of all costs."""
        for view, keys in self.parts.items():
            names = [part_name(self.dossier.model, view, key) for key in keys]
            self._heads(row, (_("No."), view_title(view), "", "", ""))
            for number, name in enumerate(names, start=1):
                self.sheet.number(row + number, 0, number, "whole")
                self.sheet.text(row + number, 1, name)
                terms = [total_where(block.parts[view], number, year) for year in block.years]
                self._amounts(row + number, terms, "cents")
            yield Check(view_title(view), self._sum(row, len(names), block), wanted)
            row += len(names) + 4

    def _sum(self, row: int, count: int, block: _Block) -> Term:
        """Write what the parts of a view add up to in each year, and return the sum of all years."""
        self.sheet.text(row + count + 1, 1, _("Sum"), "sum_label")
        areas = [
            Area(xl_range_abs(row + 1, FIRST_YEAR + y, row + count, FIRST_YEAR + y), year.values)
            for y, year in enumerate(block.years)
        ]
        return self._amounts(row + count + 1, [total(area) for area in areas], "sum")

    def _amounts(self, row: int, terms: Sequence[Term], style: str) -> Term:
        """Write a row of years and their total, which is returned."""
        cells = [self.sheet.formula(row, FIRST_YEAR + year, term, style) for year, term in enumerate(terms)]
        here = xl_range_abs(row, FIRST_YEAR, row, FIRST_YEAR + self.years - 1)
        return self.sheet.formula(
            row, FIRST_YEAR + self.years, total(Area(here, tuple(cell.value for cell in cells))), style
        )

    def _line(self, row: int, cells: LineCells, flow: Row) -> tuple[list[float], list[float]]:
        self.sheet.texts(row, 0, (cells.label, cells.line.description))
        numbers = [
            self.sheet.number(row, FIRST_VIEW + k, self._number(view, cells), "entry").value
            for k, view in enumerate(CostView)
        ]
        grid = self.rows.grid.year.abroad
        terms = [total_where(grid, year, flow.abroad) * cells.counts for year in range(self.years)]
        self._amounts(row, terms, "cents")
        return numbers, [term.value for term in terms]

    def _number(self, view: CostView, cells: LineCells) -> int:
        return self.parts[view].index(part_of(self.dossier.model, view, cells.line)) + 1  # type: ignore[arg-type]

    def _with_rows(self, lines: Sequence[LineCells]) -> Iterator[tuple[LineCells, Row]]:
        return zip(lines, self.rows.cost_lines, strict=True)

    def _heads(self, row: int, words: tuple[str, ...]) -> None:
        years = (_("Start"), *(_("Year %(year)s") % {"year": year} for year in range(1, self.years)))
        self.sheet.heads(row, (*words, *years, _("Total")), right=FIRST_VIEW)

    def _column(self, column: int, last: int, values: Sequence[float]) -> Area:
        return Area(xl_range_abs(FIRST_ROW, column, last, column), tuple(values))
