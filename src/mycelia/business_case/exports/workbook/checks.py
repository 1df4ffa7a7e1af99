"""The sheet of checks: sums that must agree, signs that must hold, and equality with the platform's own figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.vocabulary import SCENARIOS
from mycelia.business_case.exports.workbook.book import Book, Sheet
from mycelia.business_case.exports.workbook.figures import figures_shown
from mycelia.business_case.exports.workbook.inputs import Inputs
from mycelia.business_case.exports.workbook.options import OptionRows
from mycelia.business_case.exports.workbook.outputs import Outputs
from mycelia.business_case.exports.workbook.terms import Area, Term, element, total
from mycelia.business_case.types import Scenario

HEAD_ROW = 5
CENT = 0.005
COMPARED = ("total_costs", "total_benefits", "pv_costs", "pv_benefits", "pv_tax", "npv")


@dataclass(frozen=True)
class Check:
    """Two numbers that must agree to the cent.

    Attributes:
        platform: The platform's figure in each scenario; the check then compares with the one of the switch, and
            only while nothing was changed since the export.
    """

    label: str
    found: Term
    wanted: Term | None = None
    platform: tuple[float, ...] = ()


def write_checks(
    book: Book,
    dossier: Dossier,
    inputs: Inputs,
    options: Sequence[OptionRows],
    outputs: Outputs,
    further: Sequence[Check] = (),
) -> Term:
    """Write the sheet, with checks that other sheets ask for, and return the cell that counts failed checks."""
    sheet = book.sheet(_("Checks"), widths={"A:A": 60, "B:B": 22, "C:D": 18, "E:I": 16})
    sheet.text(0, 0, _("Checks"), "title")
    note = _("Equality with the platform is checked while no entry was changed; afterwards the two may differ.")
    sheet.text(1, 0, note, "note")
    heads = (_("Check"), _("Verdict"), _("Here"), _("Must be"), *(str(SCENARIOS[kind]) for kind in Scenario))
    sheet.heads(HEAD_ROW - 1, heads)
    checks = [*_inner(options, outputs), *further, *_outer(dossier, outputs)]
    for offset, check in enumerate(checks):
        _write_check(sheet, HEAD_ROW + offset, check, inputs)
    last = HEAD_ROW + len(checks) - 1
    verdicts = f"{xl_rowcol_to_cell(HEAD_ROW, 1)}:{xl_rowcol_to_cell(last, 1)}"
    sheet.text(2, 0, _("Failed checks"), "label")
    differs = _("differs")
    failed = Term(f'COUNTIF({verdicts},"{differs}")', float(sum(_fails(check, inputs) for check in checks)))
    return sheet.name_cell("failed_checks", sheet.formula(2, 1, failed, "whole"))


def _inner(options: Sequence[OptionRows], outputs: Outputs) -> Iterator[Check]:
    """Yield what must hold whatever is entered: sums by month and by year, and no amount below zero."""
    for rows, years in zip(options, outputs.years, strict=True):
        for label, row, area in ((_("costs"), rows.costs, years.costs), (_("benefits"), rows.benefits, years.benefits)):
            words = _("%(option)s: %(side)s by month and by year") % {"option": rows.name, "side": label}
            by_year = Term(f"SUM({outputs.sheet}!{area.text})", sum(area.numbers))
            yield Check(words, total(row.abroad), by_year)
        for label, lines in ((_("costs"), rows.cost_lines), (_("benefits"), rows.benefit_lines)):
            if lines:
                words = _("%(option)s: amounts of %(side)s below zero") % {"option": rows.name, "side": label}
                first, last = lines[0].abroad.text.split(":")[0], lines[-1].area.text.split(":")[1]
                yield Check(words, Term(f'COUNTIF({first}:{last},"<0")', 0.0), Term("0", 0.0))


def _outer(dossier: Dossier, outputs: Outputs) -> Iterator[Check]:
    labels = {figure.key: figure.label for figure in figures_shown()}
    for option, figures in zip(dossier.model.options, outputs.figures, strict=True):
        results = dossier.results[option.key]
        for key in COMPARED:
            words = _("%(option)s: %(figure)s as on the platform")
            platform = tuple(float(getattr(results[kind].figures, key)) for kind in Scenario)
            names = {"option": dossier.option_name(option), "figure": labels[key]}
            yield Check(words % names, figures[key], platform=platform)


def _write_check(sheet: Sheet, row: int, check: Check, inputs: Inputs) -> None:
    sheet.text(row, 0, check.label)
    sheet.formula(row, 2, check.found, "cents")
    for offset, value in enumerate(check.platform):
        sheet.number(row, 4 + offset, value, "cents")
    wanted = check.wanted
    if wanted is None:
        first, last = xl_rowcol_to_cell(row, 4), xl_rowcol_to_cell(row, 4 + len(check.platform) - 1)
        wanted = element(Area(f"{first}:{last}", check.platform), inputs.scenario)
    sheet.formula(row, 3, wanted, "cents")
    here, there = xl_rowcol_to_cell(row, 2), xl_rowcol_to_cell(row, 3)
    agrees, differs, changed = _("agrees"), _("differs"), _("not compared: entries were changed")
    verdict = f'IF(ABS({here}-{there})<{CENT},"{agrees}","{differs}")'
    if check.platform:
        verdict = f'IF({inputs.changed.text}>0,"{changed}",{verdict})'
    does_agree = abs(check.found.value - wanted.value) < CENT
    sheet.word_formula(row, 1, verdict, agrees if does_agree else differs, "good")


def _fails(check: Check, inputs: Inputs) -> bool:
    wanted = check.wanted.value if check.wanted else check.platform[int(inputs.scenario.value) - 1]
    return abs(check.found.value - wanted) >= CENT
