"""What one option comes to: the sum of its lines, and the rows its figures are read from."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from mycelia.business_case.exports.workbook.book import Sheet
from mycelia.business_case.exports.workbook.calculation import (
    Grid,
    Ground,
    begin_calculation,
    write_benefit,
    write_cost,
)
from mycelia.business_case.exports.workbook.lines import LineCells, Sides
from mycelia.business_case.exports.workbook.pen import COUNTS, FIRST_COLUMN, SUM, Pen, Row
from mycelia.business_case.exports.workbook.terms import Area, Term, choice, greatest, lift, weighted

SMALLEST = 0.0000005
"""Amounts up to this are 0 to the platform, which rounds flows to millionths."""
NOTHING_OWED = -0.0000005
"""Balances nearer to zero than the platform's own rounding of flows count as repaid."""


@dataclass(frozen=True)
class OptionRows:
    """The rows of one option, each with a cell for every column; net flows are before tax.

    Attributes:
        months_of_benefits: How many months each is after the first benefit, that one being 1.
        half_months: Net flows on a grid of half months, where a month's stands at its middle.
        changes: How often the net flow, and what it adds up to, change sign.
    """

    name: str
    grid: Grid
    cost_lines: tuple[Row, ...]
    benefit_lines: tuple[Row, ...]
    costs: Row
    benefits: Row
    months_of_benefits: Row
    net: Row
    balance: Row
    owed: Row
    present_costs: Row
    present_benefits: Row
    present_net: Row
    present_balance: Row
    present_owed: Row
    half_months: Row
    changes: tuple[Term, Term]


def write_option(sheet: Sheet, ground: Ground, sides: Sides, key: str, name: str) -> OptionRows:
    """Write the whole calculation of one option."""
    pen, grid = begin_calculation(sheet, ground, name)
    pen.heading(_("Costs"))
    costs = _write_lines(pen, grid, ground, [cells for cells in sides.costs if cells.belongs_to(key)], write_cost)
    pen.heading(_("Benefits"))
    benefits = _write_lines(
        pen, grid, ground, [cells for cells in sides.benefits if cells.belongs_to(key)], write_benefit
    )
    pen.heading(_("What it comes to"))
    return _write_sums(pen, grid, name, (costs, benefits))


Lines = tuple[tuple[LineCells, Row], ...]


def _write_lines(
    pen: Pen,
    grid: Grid,
    ground: Ground,
    lines: Sequence[LineCells],
    write: Callable[[Pen, Grid, Ground, LineCells], Row],
) -> Lines:
    return tuple((cells, write(pen, grid, ground, cells)) for cells in lines)


def _write_sums(pen: Pen, grid: Grid, name: str, lines: tuple[Lines, Lines]) -> OptionRows:
    costs, benefits = _summed(pen, _("Costs"), lines[0]), _summed(pen, _("Benefits"), lines[1])
    words = _("Net, before tax")
    net = pen.write(words, "", lambda t: benefits.cells[t] - costs.cells[t], style="sum", is_summed=True)
    balance = _running(pen, _("Cumulative net"), net)
    present_costs = _present(pen, grid, _("Present value of costs"), costs)
    present_benefits = _present(pen, grid, _("Present value of benefits"), benefits)
    present_net = _present(pen, grid, _("Present value, net, before tax"), net)
    present_balance = _running(pen, _("Cumulative present value"), present_net)
    return OptionRows(
        name=name,
        grid=grid,
        cost_lines=tuple(row for _cells, row in lines[0]),
        benefit_lines=tuple(row for _cells, row in lines[1]),
        costs=costs,
        benefits=benefits,
        months_of_benefits=_months_of(pen, benefits),
        net=net,
        balance=balance,
        owed=_owed(pen, grid, balance),
        present_costs=present_costs,
        present_benefits=present_benefits,
        present_net=present_net,
        present_balance=present_balance,
        present_owed=_owed(pen, grid, present_balance),
        half_months=_half_months(pen, net),
        changes=(_sign_changes(pen, net), _sign_changes(pen, balance)),
    )


def _summed(pen: Pen, label: str, lines: Lines) -> Row:
    """Write the sum of the lines that count; 0 where there are no lines at all."""
    if not lines:
        return pen.write(label, "", lambda t: lift(0), style="sum", is_summed=True)
    first, last = lines[0][1].number, lines[-1][1].number
    counts = {row.number: cells.counts.value for cells, row in lines}
    amounts = {row.number: row for _cells, row in lines}
    spread = range(first, last + 1)
    weights = Area(xl_range_abs(first, COUNTS, last, COUNTS), tuple(counts.get(number) for number in spread))

    def cell(t: int) -> Term:
        column = FIRST_COLUMN + t
        text = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"
        values = tuple(amounts[n].cells[t].value if n in amounts else 0.0 for n in spread)
        return weighted(weights, Area(text, values))

    return pen.write(label, "", cell, style="sum", is_summed=True)


def _months_of(pen: Pen, benefits: Row) -> Row:
    """Write how many months each is after the first benefit, that one being 1; 0 before it, and at the start."""
    months: list[Term] = []

    def cell(t: int) -> Term:
        if t == 0:
            months.append(lift(0))
            return months[0]
        benefit = greatest(*benefits.cells[:2]) if t == 1 else benefits.cells[t]
        begun = choice(benefit.above(SMALLEST), 1, 0)
        before = Term(xl_rowcol_to_cell(pen.row, FIRST_COLUMN + t - 1), months[-1].value)
        months.append(choice(before.above(0), before + 1, begun))
        return months[-1]

    return pen.write(_("Months of benefits"), "", cell, style="whole")


def _present(pen: Pen, grid: Grid, label: str, row: Row) -> Row:
    return pen.write(label, "", lambda t: row.cells[t] * grid.discount.cells[t], is_summed=True)


def _running(pen: Pen, label: str, row: Row) -> Row:
    """Write the running sum of a row."""
    sums: list[float] = []

    def cell(t: int) -> Term:
        term = row.cells[t]
        if t:
            term = Term(xl_rowcol_to_cell(pen.row, FIRST_COLUMN + t - 1), sums[-1]) + term
        sums.append(term.value)
        return term

    return pen.write(label, "", cell)


def _owed(pen: Pen, grid: Grid, balance: Row) -> Row:
    """Write the column where money is still owed after it, else -1; the greatest is where it is last owed."""
    return pen.write(
        _("Last owed"),
        _("column, or -1"),
        lambda t: choice(lift(NOTHING_OWED).above(balance.cells[t]), grid.index.cells[t], -1),
        style="whole",
    )


def _half_months(pen: Pen, net: Row) -> Row:
    """Write the net flows on a grid of half months, for the internal rate at mid-month."""
    wide = Pen(pen.sheet, 2 * (pen.columns - 1), pen.row)
    row = wide.write(
        _("Net by half month"),
        _("for the internal rate at mid-month"),
        lambda h: net.cells[(h + 1) // 2] if h == 0 or h % 2 else lift(0),
    )
    pen.row = wide.row
    return row


def _sign_changes(pen: Pen, row: Row) -> Term:
    """Write the sign of each column, where nothing takes that before it, and how often it changes."""
    signs: list[float] = []
    number, last = pen.row, FIRST_COLUMN + pen.columns - 1

    def cell(t: int) -> Term:
        before = Term(xl_rowcol_to_cell(number, FIRST_COLUMN + t - 1), signs[-1]) if t else lift(0)
        term = signed(row.cells[t], before)
        signs.append(term.value)
        return term

    pen.write(_("Sign"), _("sum: how often it changes"), cell, style="whole")
    count = changes_in(number, (FIRST_COLUMN, last), tuple(signs))
    return pen.sheet.formula(number, SUM, count, "whole")


def signed(term: Term, before: Term) -> Term:
    """Return the sign of a number, and that of the one before where it is as good as nothing."""
    size = Term(f"ABS({term.text})", abs(term.value))
    sign = Term(f"SIGN({term.text})", math.copysign(1.0, term.value))
    return choice(lift(-NOTHING_OWED).above(size), before, sign)


def changes_in(row: int, columns: tuple[int, int], signs: tuple[float, ...]) -> Term:
    """Return how often neighbours in a row of signs differ."""
    first, last = columns
    left, right = xl_range_abs(row, first, row, last - 1), xl_range_abs(row, first + 1, row, last)
    found = sum(a * b < 0 for a, b in pairwise(signs))
    return Term(f"SUMPRODUCT(--({left}*{right}<0))", float(found))
