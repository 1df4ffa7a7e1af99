"""The sheet of entries as they were exported: those of every sheet but the inputs, which show their own beside them.

Each sheet has a block here, in which an entry stands in its own column and so many rows further down; cells that hold
no entry there are empty here, and do not count as changed.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name, xl_range, xl_range_abs

from mycelia.business_case.exports.workbook.book import Book, Sheet
from mycelia.business_case.exports.workbook.inputs import CHANGED_ELSEWHERE, Inputs
from mycelia.business_case.exports.workbook.terms import Term

TOTAL_ROW, FIRST_ROW = 2, 4


def write_exported(book: Book, inputs: Inputs) -> None:
    """Write the sheet, and the count of entries on other sheets that differ from it, which the inputs add to theirs."""
    sources = [sheet for sheet in book.sheets if sheet.entries and sheet.name != inputs.sheet]
    sheet = book.sheet(_("As exported"), widths={"A:A": 24, "B:AZ": 11})
    sheet.text(0, 0, _("As exported"), "title")
    sheet.text(1, 0, _("Blue numbers of the other sheets, by column and row, as they were exported."), "note")
    row, counts = FIRST_ROW, []
    for source in sources:
        row, block = _write_block(sheet, row, source)
        counts.append(f"SUM({block})")
    sheet.text(TOTAL_ROW, 0, _("Entries changed"), "label")
    total = sheet.formula(TOTAL_ROW, 1, Term("+".join(counts) or "0", 0.0), "whole")
    sheet.name_cell(CHANGED_ELSEWHERE, total)


def _write_block(sheet: Sheet, row: int, source: Sheet) -> tuple[int, str]:
    """Write the entries of a sheet below their counts by column; return the row after it, and where the counts are."""
    rows, columns = sorted({at[0] for at in source.entries}), sorted({at[1] for at in source.entries})
    sheet.text(row, 0, source.name, "subtitle")
    sheet.text(row + 1, 0, _("Row"), "head")
    sheet.text(row + 2, 0, _("Entries changed"), "label")
    down = row + 3 - rows[0]
    for here in rows:
        sheet.number(here + down, 0, here + 1, "faint")
    for (here, column), value in source.entries.items():
        sheet.number(here + down, column, value, "exported")
    for column in columns:
        sheet.text(row + 1, column, xl_col_to_name(column), "right_head")
        sheet.formula(row + 2, column, _differing(source, column, down), "whole")
    return rows[-1] + down + 2, xl_range(row + 2, columns[0], row + 2, columns[-1])


def _differing(source: Sheet, column: int, down: int) -> Term:
    """Count the entries of a column that are not what stands so many rows further down on the sheet of what was."""
    rows = [here for here, there in source.entries if there == column]
    first, last = min(rows), max(rows)
    kept = xl_range(first + down, column, last + down, column)
    now = f"{source.quoted_name}!{xl_range_abs(first, column, last, column)}"
    return Term(f'SUMPRODUCT(({kept}<>"")*({now}<>{kept}))', 0.0)
