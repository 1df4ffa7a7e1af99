"""The case as a workbook whose formulas are alive: inputs, calculation, outputs, assumptions and checks."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.workbook.actuals import write_actuals
from mycelia.business_case.exports.workbook.book import Book
from mycelia.business_case.exports.workbook.calculation import Ground
from mycelia.business_case.exports.workbook.charts import write_charts
from mycelia.business_case.exports.workbook.checks import write_checks
from mycelia.business_case.exports.workbook.costs import write_costs
from mycelia.business_case.exports.workbook.exported import write_exported
from mycelia.business_case.exports.workbook.inputs import write_inputs
from mycelia.business_case.exports.workbook.lines import write_lines
from mycelia.business_case.exports.workbook.options import write_option
from mycelia.business_case.exports.workbook.outputs import write_outputs
from mycelia.business_case.exports.workbook.register import write_register
from mycelia.business_case.exports.workbook.roadmap import write_roadmap
from mycelia.business_case.types import Scenario

CALCULATION_WIDTHS: dict[str, float] = {"A:A": 44, "B:B": 24, "C:C": 14, "D:F": 9, "G:II": 11}


def workbook(dossier: Dossier, *, scenario: Scenario = Scenario.EXPECTED) -> bytes:
    """Return the case as an XLSX file; the same dossier gives the same bytes.

    Args:
        scenario: What its switch stands at when it is opened.
    """
    model = dossier.model
    book = Book(dossier.as_of, dossier.name)
    front = book.sheet(_("Outputs"), widths={"A:A": 40, "B:B": 38, "C:Z": 16})
    inputs = write_inputs(book, dossier, scenario)
    milestones = write_roadmap(book, dossier, inputs)
    sides = write_lines(book, dossier, inputs)
    options = []
    for number, option in enumerate(model.options, start=1):
        sheet = book.sheet(_("Calculation %s") % number, widths=CALCULATION_WIDTHS)
        ground = Ground(model, inputs.terms, inputs.of_option(option.key), milestones[option.key])
        options.append(write_option(sheet, ground, sides, option.key, dossier.option_name(option)))
    outputs = write_outputs(front, dossier, scenario, inputs, options)
    write_register(book, dossier, inputs)
    write_actuals(book, dossier)
    by_part = write_costs(book, dossier, sides, options, outputs)
    failed = write_checks(book, dossier, inputs, options, outputs, by_part)
    write_exported(book, inputs)
    front.text(4, 0, _("Failed checks"), "label")
    front.formula(4, 1, failed, "whole")
    write_charts(book, front, options, outputs, model.options.index(model.preferred))
    front.paper.activate()
    return book.finish()
