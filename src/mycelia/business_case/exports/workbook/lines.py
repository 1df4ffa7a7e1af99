"""The sheet of lines: when each runs, what it depends on, whose it is, and amounts that were entered by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from mycelia.business_case.exports import findings
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.vocabulary import CATEGORIES, DRIVERS, RECURRENCES
from mycelia.business_case.exports.workbook.book import Book, Sheet
from mycelia.business_case.exports.workbook.inputs import Inputs
from mycelia.business_case.exports.workbook.terms import Area, Term
from mycelia.business_case.types import Basis, BenefitLine, CaseModel, CostLine

FIRST_ROW = 4
START, AFTER, END, BEFORE, ESCALATION, RISK, RAMP, CURVE = range(6, 14)
COUNTS, AMOUNTS = CURVE + 4, CURVE + 5


@dataclass(frozen=True)
class LineCells:
    """Where the settings of one line stand.

    Attributes:
        start, end: Columns as they were entered; the calculation adds the milestone, if there is one.
        curve: Parameters of the line's own adoption: innovation, imitation, midpoint, steepness; empty for none.
        counts: 1 when the line is in the figures, else 0.
        amounts: Entered amounts by year, year 0 first; empty for a computed line.
    """

    line: CostLine | BenefitLine
    label: str
    start: Term
    end: Term
    escalation: Term
    risk: Term
    ramp: Term
    curve: tuple[Term, ...]
    counts: Term
    amounts: Area

    def belongs_to(self, option: str) -> bool:
        """Return whether an option has this line, as its own or as a shared one."""
        return self.line.option in (None, option)


@dataclass(frozen=True)
class Sides:
    """The lines of both sides."""

    costs: tuple[LineCells, ...]
    benefits: tuple[LineCells, ...]


def write_lines(book: Book, dossier: Dossier, inputs: Inputs) -> Sides:
    """Write the sheet and return the cells of costs and of benefits."""
    model = dossier.model
    sheet = book.sheet(_("Lines"), widths={"A:A": 11, "B:B": 40, "C:C": 24, "D:F": 18, "G:AZ": 11})
    sheet.text(0, 0, _("Lines"), "title")
    sheet.text(1, 0, _("When each line runs, what it depends on, and in which option it counts."), "note")
    _write_heads(sheet, model)
    if not (model.costs or model.benefits):
        sheet.text(FIRST_ROW, 0, findings.next_step(), "warning")
    sheet.paper.freeze_panes(FIRST_ROW, 2)
    writer = _Writer(sheet, dossier, inputs)
    return Sides(writer.side(FIRST_ROW, model.costs), writer.side(FIRST_ROW + len(model.costs), model.benefits))


def years_of(model: CaseModel) -> int:
    """Return the number of yearly columns, the initial one included."""
    return -(-model.horizon_months // 12) + 1


def _write_heads(sheet: Sheet, model: CaseModel) -> None:
    heads = (
        *(_("No."), _("Line"), _("Category"), _("Option"), _("Falls due"), _("Times")),
        *(_("First column"), _("Counted from the finish of"), _("Last column"), _("Ends before the finish of")),
        *(_("Escalation a year"), _("Risk"), _("Months to full effect")),
        *(_("Adoption: innovation"), _("Adoption: imitation"), _("Adoption: midpoint"), _("Adoption: steepness")),
        _("Counts: 1"),
        *(_("Amount of year %(year)s") % {"year": year} for year in range(years_of(model))),
    )
    sheet.heads(FIRST_ROW - 1, heads)


@dataclass(frozen=True)
class _Writer:
    sheet: Sheet
    dossier: Dossier
    inputs: Inputs

    def side(self, first: int, lines: Sequence[CostLine | BenefitLine]) -> tuple[LineCells, ...]:
        return tuple(self._line(first + offset, offset + 1, line) for offset, line in enumerate(lines))

    def _line(self, row: int, number: int, line: CostLine | BenefitLine) -> LineCells:
        sheet, kind = self.sheet, _("Cost") if isinstance(line, CostLine) else _("Benefit")
        label = f"{kind} {number:02d}"
        option = self.dossier.name_of(line.option) if line.option else _("all options")
        sheet.texts(row, 0, (label, line.description, str(CATEGORIES[line.category]), option))
        sheet.texts(row, 4, _rhythm(line), "note")
        start, end = self._timing(row, line)
        return LineCells(
            line=line,
            label=label,
            start=start,
            end=end,
            escalation=self._escalation(row, line),
            risk=sheet.number(row, RISK, line.risk_adjustment, "share_entry"),
            ramp=sheet.number(row, RAMP, 0 if isinstance(line, CostLine) else line.ramp_months, "entry"),
            curve=self._curve(row, line),
            counts=self._counts(row, line),
            amounts=self._amounts(row, line),
        )

    def _timing(self, row: int, line: CostLine | BenefitLine) -> tuple[Term, Term]:
        timing, horizon = line.timing, self.dossier.model.horizon_months
        titles = {item.key: item.title for item in self.dossier.model.roadmap.items}
        for column, milestone in ((AFTER, timing.start_milestone), (BEFORE, timing.end_milestone)):
            self.sheet.text(row, column, titles.get(milestone or "", ""), "note")
        last = horizon if timing.end_month is None else min(timing.end_month, horizon)
        start = self.sheet.number(row, START, timing.start_month, "entry")
        end = self.sheet.number(row, END, -1 if timing.end_milestone else last, "entry")
        return start, end

    def _escalation(self, row: int, line: CostLine | BenefitLine) -> Term:
        if line.escalation_per_year is None:
            return self.sheet.formula(row, ESCALATION, self.inputs.terms["inflation_per_year"], "share")
        return self.sheet.number(row, ESCALATION, line.escalation_per_year, "share_entry")

    def _curve(self, row: int, line: CostLine | BenefitLine) -> tuple[Term, ...]:
        if isinstance(line, CostLine) or line.adoption is None:
            return ()
        own = line.adoption
        stated = (own.innovation_per_year, own.imitation_per_year, own.midpoint_months, own.steepness_per_month)
        return tuple(self.sheet.number(row, CURVE + k, value, "entry") for k, value in enumerate(stated))

    def _counts(self, row: int, line: CostLine | BenefitLine) -> Term:
        is_told_only = isinstance(line, BenefitLine) and line.is_intangible
        if line.is_learner_time and not is_told_only:
            return self.sheet.formula(row, COUNTS, self.inputs.terms["counts_learner_time"], "whole")
        return self.sheet.number(row, COUNTS, 0 if is_told_only else 1, "entry")

    def _amounts(self, row: int, line: CostLine | BenefitLine) -> Area:
        if line.basis is not Basis.AMOUNTS:
            return Area("", ())
        years = years_of(self.dossier.model)
        amounts = (*line.amounts, *(Decimal(0),) * years)[:years]
        for year, amount in enumerate(amounts):
            self.sheet.number(row, AMOUNTS + year, amount, "entry")
        return self.sheet.area((row, AMOUNTS), (row, AMOUNTS + years - 1), tuple(float(amount) for amount in amounts))


def _rhythm(line: CostLine | BenefitLine) -> tuple[str, str]:
    if line.basis is Basis.AMOUNTS:
        return _("amounts by year"), ""
    if isinstance(line, CostLine):
        return str(RECURRENCES[line.recurrence]), str(DRIVERS[line.driver])
    return _("every month"), ""
