"""The calculation of one option: a column for the start and one for each month, a row for each line.

Every formula states the semantics that `types` describes; none holds a number that belongs among the inputs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mycelia.business_case.calc import BUILDERS
from mycelia.business_case.calc.timeline import first_day_of_month
from mycelia.business_case.exports.workbook.adoption import Curve, months_since, share
from mycelia.business_case.exports.workbook.book import Sheet, serial_of
from mycelia.business_case.exports.workbook.lines import LineCells
from mycelia.business_case.exports.workbook.pen import COUNTS, END, FIRST_COLUMN, HEAD_ROW, START, Pen, Row
from mycelia.business_case.exports.workbook.terms import Term, choice, element, greatest, least, lift, product
from mycelia.business_case.types import Basis, BenefitLine, CaseModel, CostLine, Driver, Recurrence

MONTHS_PER_YEAR = 12


@dataclass(frozen=True)
class Ground:
    """What the lines of one option are computed with.

    Attributes:
        in_use: The number in use of every estimate, by its name in `CaseModel.inputs`.
        milestones: Column in which each work item finishes, by its key.
    """

    model: CaseModel
    terms: Mapping[str, Term]
    in_use: Mapping[str, Term]
    milestones: Mapping[str, Term]


@dataclass(frozen=True)
class Grid:
    """What every line is multiplied with, column by column."""

    index: Row
    year: Row
    elapsed: Row
    discount: Row
    headcount: Row
    adoption: Row
    active: Row


@dataclass(frozen=True)
class Run:
    """When a line runs: its settings with the first and last column that follow from them."""

    cells: LineCells
    start: Term
    end: Term


def begin_calculation(sheet: Sheet, ground: Ground, option: str) -> tuple[Pen, Grid]:
    """Write the heads of the sheet and the rows that all lines share."""
    sheet.text(0, 0, _("Calculation: %s") % option, "title")
    note = _("Column 0 is the start; column 1 the first month. Amounts in %s.") % ground.model.currency
    sheet.text(1, 0, note, "note")
    heads = (_("Row"), _("What it is"), _("Sum"), _("First column"), _("Last column"), _("Counts: 1"))
    sheet.heads(HEAD_ROW - 1, heads)
    sheet.paper.freeze_panes(HEAD_ROW + 1, FIRST_COLUMN)
    pen = Pen(sheet, ground.model.horizon_months + 1)
    return pen, _write_grid(pen, ground)


def _write_grid(pen: Pen, ground: Ground) -> Grid:
    terms, start = ground.terms, ground.model.start
    index = pen.write(_("Column"), "", lambda t: lift(t), style="whole")
    pen.write(_("Begins"), _("date"), lambda t: _month_start(terms["start_date"], start, index.cells[t]), style="date")
    year = pen.write(_("Year"), "", lambda t: _rounded_up(index.cells[t] / MONTHS_PER_YEAR), style="whole")
    elapsed = pen.write(_("Years at mid-month"), "", lambda t: _elapsed_years(index.cells[t]), style="factor")
    paid = terms["mid_month"].equals(1)
    discount = pen.write(
        _("Discount factor"),
        "",
        lambda t: lift(1) / (terms["rate_per_year"] + 1) ** choice(paid, elapsed.cells[t], year.cells[t]),
        style="factor",
    )
    headcount = pen.write(
        _("Headcount"),
        _("people"),
        lambda t: ground.in_use["driver/headcount"] * (terms["headcount_growth"] + 1) ** elapsed.cells[t],
        style="number",
    )
    adoption = _write_adoption(pen, ground, index)
    active = pen.write(
        _("Active learners"), _("people"), lambda t: headcount.cells[t] * adoption.cells[t], style="number"
    )
    return Grid(index, year, elapsed, discount, headcount, adoption, active)


def _write_adoption(pen: Pen, ground: Ground, index: Row) -> Row:
    drivers, use = ground.model.drivers, ground.in_use
    names = ("innovation", "imitation", "midpoint", "steepness")
    parameters = (ground.terms[f"adoption_{name}"] for name in names)
    curve = Curve(drivers.adoption, use["driver/adoption_ceiling"], use["driver/adoption_tempo"], *parameters)
    milestone = ground.milestones.get(drivers.adoption_milestone or "")
    since = pen.beside(START, ground.terms["adoption_start_column"] if milestone is None else milestone)
    return pen.write(
        _("Adoption"), _("share of headcount"), lambda t: share(curve, index.cells[t], since), style="share"
    )


def _month_start(start: Term, day: date, index: Term) -> Term:
    begins = first_day_of_month(day, max(int(index.value), 1))
    return Term(f"EDATE({start.text},MAX({index.text}-1,0))", serial_of(begins))


def _rounded_up(term: Term) -> Term:
    return Term(f"ROUNDUP({term.text},0)", float(-(-term.value // 1)))


def _elapsed_years(index: Term) -> Term:
    return greatest(index - 0.5, 0) / MONTHS_PER_YEAR


def write_cost(pen: Pen, grid: Grid, ground: Ground, cells: LineCells) -> Row:
    """Write one cost by column."""
    line = cells.line
    assert isinstance(line, CostLine)
    run, name = _run(pen, ground, cells), f"cost/{line.key}"
    factors = [ground.in_use[f"{name}/spread"], cells.risk + 1]

    def amount(t: int) -> Term:
        if line.basis is Basis.AMOUNTS:
            return product([_entered(cells, grid, t), *factors])
        if t == 0 and line.recurrence is not Recurrence.ONE_OFF:
            return lift(0)
        each = [
            ground.in_use[f"{name}/quantity"],
            *_driver(line.driver, grid, ground, t),
            ground.in_use[f"{name}/price"],
        ]
        return product([_falls_due(line.recurrence, run, grid, t), *each, _escalated(cells, grid, t), *factors])

    return pen.write(f"{cells.label} {line.description}", "", amount, is_summed=True)


def write_benefit(pen: Pen, grid: Grid, ground: Ground, cells: LineCells) -> Row:
    """Write one benefit by column, and above it its own adoption where it has one."""
    line = cells.line
    assert isinstance(line, BenefitLine)
    own = _write_own_adoption(pen, grid, ground, cells)
    run, name = _run(pen, ground, cells), f"benefit/{line.key}"
    trust = [ground.in_use[f"{name}/{part}"] for part in ("isolation", "confidence_factor", "spread")]
    factors = [*trust, lift(1) - cells.risk]

    def amount(t: int) -> Term:
        if line.basis is Basis.AMOUNTS:
            return product([_entered(cells, grid, t), *factors])
        if t == 0:
            return lift(0)
        adopted = grid.adoption if line.follows_case_adoption else own
        effect = [_runs(run, grid.index.cells[t]), _monthly(line, ground), _ramp(run, grid.index.cells[t])]
        taken_up = [] if adopted is None else [adopted.cells[t]]
        return product([*effect, *taken_up, _escalated(cells, grid, t), *factors])

    return pen.write(f"{cells.label} {line.description}", "", amount, is_summed=True)


def _run(pen: Pen, ground: Ground, cells: LineCells) -> Run:
    """Write first and last column and whether the line counts, beside the row that comes next."""
    timing = cells.line.timing
    after = ground.milestones.get(timing.start_milestone or "")
    before = ground.milestones.get(timing.end_milestone or "")
    start = pen.beside(START, cells.start if after is None else after + cells.start)
    end = pen.beside(END, cells.end if before is None else before + cells.end)
    pen.beside(COUNTS, cells.counts)
    return Run(cells, start, end)


def _write_own_adoption(pen: Pen, grid: Grid, ground: Ground, cells: LineCells) -> Row | None:
    line = cells.line
    if not isinstance(line, BenefitLine) or line.adoption is None or line.follows_case_adoption or not cells.curve:
        return None
    name = f"benefit/{line.key}/adoption"
    curve = Curve(line.adoption, ground.in_use[f"{name}_ceiling"], ground.in_use[f"{name}_tempo"], *cells.curve)
    after = ground.milestones.get(line.timing.start_milestone or "")
    since = pen.beside(START, cells.start if after is None else after + cells.start)
    words = _("Adoption of %s") % cells.label
    return pen.write(words, _("share"), lambda t: share(curve, grid.index.cells[t], since), style="share")


def _driver(driver: Driver, grid: Grid, ground: Ground, t: int) -> list[Term]:
    found = {
        Driver.NONE: [],
        Driver.HEADCOUNT: [grid.headcount.cells[t]],
        Driver.ACTIVE_LEARNERS: [grid.active.cells[t]],
        Driver.CONTENT_HOURS: [ground.in_use["driver/content_hours"]],
    }
    return found[driver]


def _falls_due(recurrence: Recurrence, run: Run, grid: Grid, t: int) -> Term:
    index = grid.index.cells[t]
    if recurrence is Recurrence.ONE_OFF:
        return index.equals(run.start) * run.start.at_most(run.end)
    running = _runs(run, index)
    return running / MONTHS_PER_YEAR if recurrence is Recurrence.YEARLY else running


def _runs(run: Run, index: Term) -> Term:
    return index.at_least(run.start) * index.at_most(run.end)


def _escalated(cells: LineCells, grid: Grid, t: int) -> Term:
    return (cells.escalation + 1) ** greatest(grid.year.cells[t] - 1, 0)


def _entered(cells: LineCells, grid: Grid, t: int) -> Term:
    amount = element(cells.amounts, grid.year.cells[t] + 1)
    return amount if t == 0 else amount / MONTHS_PER_YEAR


def _monthly(line: BenefitLine, ground: Ground) -> Term:
    """Return the month's amount at full effect: the product of the inputs, a twelfth of it where they are yearly."""
    builder = BUILDERS[line.category]
    whole = product([ground.in_use[f"benefit/{line.key}/inputs/{each.name}"] for each in builder.inputs])
    return whole if builder.months == MONTHS_PER_YEAR else whole * builder.months / MONTHS_PER_YEAR


def _ramp(run: Run, index: Term) -> Term:
    """Return how far the effect has grown: linearly over its months, read at the middle of this one."""
    ramp = run.cells.ramp
    return choice(ramp.above(0), least(months_since(index, run.start) / ramp, 1), 1)
