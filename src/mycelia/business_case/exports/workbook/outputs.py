"""The sheet a reader opens first: the figures of every option side by side, then its years."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from mycelia.business_case.exports import findings
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.vocabulary import SCENARIOS
from mycelia.business_case.exports.workbook.book import Sheet
from mycelia.business_case.exports.workbook.figures import Shown, Worked, YearBlock, figures_shown
from mycelia.business_case.exports.workbook.inputs import Inputs
from mycelia.business_case.exports.workbook.lines import years_of
from mycelia.business_case.exports.workbook.options import OptionRows, changes_in, signed
from mycelia.business_case.exports.workbook.terms import Area, Term, lift, total_where
from mycelia.business_case.types import Scenario

FIGURES_ROW, LABEL_WIDTH, BLOCK = 6, 2, 9


@dataclass(frozen=True)
class Outputs:
    """The cells of the figures, by option and key, and the years of each option."""

    figures: tuple[dict[str, Term], ...]
    years: tuple[YearBlock, ...]
    sheet: str


def write_outputs(
    sheet: Sheet, dossier: Dossier, scenario: Scenario, inputs: Inputs, options: Sequence[OptionRows]
) -> Outputs:
    """Write the figures and the years of every option."""
    _write_title(sheet, dossier, scenario)
    shown = list(figures_shown())
    first = FIGURES_ROW + len(shown) + 3
    years = years_of(dossier.model)
    blocks = tuple(_write_years(sheet, years, rows, first + BLOCK * number) for number, rows in enumerate(options))
    heads = (_("Figure"), _("Convention"), *(rows.name for rows in options))
    sheet.heads(FIGURES_ROW - 1, heads, right=LABEL_WIDTH)
    for offset, figure in enumerate(shown):
        sheet.texts(FIGURES_ROW + offset, 0, (figure.label, figure.convention))
    horizon = dossier.model.horizon_months
    figures = []
    for number, (option, rows) in enumerate(zip(dossier.model.options, options, strict=True)):
        platform = dossier.results[option.key][scenario].figures
        worked = Worked(rows, inputs, blocks[number], platform, horizon, {})
        figures.append(_write_figures(sheet, shown, LABEL_WIDTH + number, worked))
    return Outputs(tuple(figures), blocks, sheet.quoted_name)


def _write_title(sheet: Sheet, dossier: Dossier, scenario: Scenario) -> None:
    sheet.text(0, 0, dossier.name, "title")
    sheet.text(1, 0, dossier.standing, "warning" if dossier.is_draft else "note")
    missing = f"{findings.ask(dossier)}. {findings.next_step()}" if findings.is_empty(dossier) else ""
    synthetic = _("All figures are synthetic: an example, not a forecast.") if dossier.is_synthetic else ""
    if warnings := " ".join(filter(None, (missing, synthetic))):
        sheet.text(2, 0, warnings, "warning")
    sheet.text(3, 0, _("Scenario"), "label")
    sheet.word_formula(3, 1, "scenario", str(SCENARIOS[scenario]), "good")
    sheet.text(3, 2, _("Change it on the sheet of inputs."), "note")


def _write_figures(sheet: Sheet, shown: list[Shown], column: int, worked: Worked) -> dict[str, Term]:
    """Write one option's figures, each of which may use those above it."""
    for offset, figure in enumerate(shown):
        row, term = FIGURES_ROW + offset, figure.cell(worked)
        exists = figure.exists(worked) if figure.exists else lift(1)
        text = f'IF({exists.text},{term.text},"{figure.words}")' if figure.exists else term.text
        sheet.either(row, column, text, term.value if exists.value else figure.words, figure.style)
        value = term.value if exists.value else math.nan
        worked.above[figure.key] = Term(xl_rowcol_to_cell(row, column), value)
    return {key: Term(f"{sheet.quoted_name}!{term.text}", term.value) for key, term in worked.above.items()}


def _write_years(sheet: Sheet, years: int, rows: OptionRows, row: int) -> YearBlock:
    """Write costs, benefits, net and cumulative net of an option by year."""
    sheet.text(row - 1, 0, _("By year: %s") % rows.name, "subtitle")
    sheet.texts(row, 0, (_("Year"), ""), "head")
    for year in range(years):
        sheet.number(row, LABEL_WIDTH + year, year, "right_head")
    sources = ((_("Costs"), rows.costs), (_("Benefits"), rows.benefits), (_("Net, before tax"), rows.net))
    areas: list[Area] = []
    for offset, (label, source) in enumerate(sources, start=1):
        sheet.text(row + offset, 0, label)
        terms = [total_where(rows.grid.year.abroad, year, source.abroad) for year in range(years)]
        areas.append(_write_row(sheet, row + offset, terms, "money"))
    balance = _write_row(sheet, row + 4, _balances(row + 3, areas[2]), "sum")
    sheet.text(row + 4, 0, _("Cumulative net"), "sum_label")
    changes = _write_signs(sheet, row + 5, row + 3, areas[2]), _write_signs(sheet, row + 6, row + 4, balance)
    costs, benefits, net = areas
    return YearBlock(rows.name, row, sheet.quoted_name, costs, benefits, net, balance, changes)


def _write_row(sheet: Sheet, row: int, terms: Sequence[Term], style: str) -> Area:
    values = tuple(sheet.formula(row, LABEL_WIDTH + year, term, style).value for year, term in enumerate(terms))
    return Area(xl_range_abs(row, LABEL_WIDTH, row, LABEL_WIDTH + len(values) - 1), values)


def _balances(above: int, net: Area) -> list[Term]:
    cells = [xl_rowcol_to_cell(above, LABEL_WIDTH + year) for year in range(len(net.values))]
    before = [xl_rowcol_to_cell(above + 1, LABEL_WIDTH + year) for year in range(len(net.values))]
    texts = [cells[0], *(f"{before[year - 1]}+{cells[year]}" for year in range(1, len(cells)))]
    return [Term(text, value) for text, value in zip(texts, accumulate(net.numbers), strict=True)]


def _write_signs(sheet: Sheet, row: int, source: int, area: Area) -> Term:
    """Write the sign of each year and, beside the label, how often it changes; the internal rate asks for it."""
    signs: list[Term] = []
    for year, value in enumerate(area.numbers):
        before = Term(xl_rowcol_to_cell(row, LABEL_WIDTH + year - 1), signs[-1].value) if year else lift(0)
        signs.append(signed(Term(xl_rowcol_to_cell(source, LABEL_WIDTH + year), value), before))
    _write_row(sheet, row, signs, "faint")
    sheet.text(row, 0, _("Sign, and how often it changes"), "note")
    columns = (LABEL_WIDTH, LABEL_WIDTH + len(signs) - 1)
    return sheet.formula(row, 1, changes_in(row, columns, tuple(sign.value for sign in signs)), "faint")
