"""The sheet of inputs: the terms of the case, the scenario switch, and every estimate with its range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.entries import Entry, entries_of
from mycelia.business_case.exports.vocabulary import SCENARIOS
from mycelia.business_case.exports.workbook import estimates
from mycelia.business_case.exports.workbook.book import Book, Sheet, quoted
from mycelia.business_case.exports.workbook.case_terms import term_entries
from mycelia.business_case.exports.workbook.terms import Term
from mycelia.business_case.types import (
    CaseModel,
    Estimate,
    Scenario,
    Shape,
)

TERMS_ROW, TERMS_END = 4, 16
ESTIMATES_ROW = 21
SHAPE, LOW, LIKELY, HIGH, MEAN, MIDDLE, P10, P90, DIRECTION, IN_USE, SOURCE, CONFIDENCE, KEY = range(3, 16)
EXPORTED, EXPORTED_SUM, CHANGED, LIMIT, VALUES = 16, 20, 21, 22, 23
CHANGED_ELSEWHERE = "changed_on_other_sheets"


@dataclass(frozen=True)
class Inputs:
    """Where the calculation finds what it computes with.

    Attributes:
        sheet: The name of their own.
        terms: By name, such as "rate_per_year".
        in_use: The number in use of every input, by its name in `CaseModel.inputs` and by each field it stands in.
        otherwise: By option, those estimates that count the other way round there.
        changed: Count of entries, of all sheets, that differ from those that were exported.
    """

    sheet: str
    terms: Mapping[str, Term]
    in_use: Mapping[str, Term]
    otherwise: Mapping[str, Mapping[str, Term]]
    scenario: Term
    changed: Term

    def of_option(self, option: str) -> Mapping[str, Term]:
        """Return the number in use of every estimate for one option."""
        return {**self.in_use, **self.otherwise.get(option, {})}


def write_inputs(book: Book, dossier: Dossier, scenario: Scenario) -> Inputs:
    """Write the sheet and return its cells."""
    sheet = book.sheet(
        _("Inputs"),
        widths={"A:A": 38, "B:B": 24, "C:C": 16, "D:D": 12, "E:M": 11, "N:N": 34, "O:O": 12, "P:P": 30, "Q:AZ": 11},
    )
    sheet.text(0, 0, _("Inputs"), "title")
    sheet.text(1, 0, _("Blue cells may be changed; everything else follows from them."), "note")
    chosen = _scenario_switch(sheet, scenario)
    terms = _write_terms(sheet, dossier.model)
    entries = list(entries_of(dossier.model))
    in_use = _write_estimates(sheet, entries, chosen, dossier)
    otherwise = _write_otherwise(sheet, ESTIMATES_ROW + len(entries) + 2, entries, chosen, dossier)
    changed = _changed(sheet, ESTIMATES_ROW + len(entries) + 2 + sum(map(len, otherwise.values())))
    names = dossier.model.input_names()
    in_use = _by_field(in_use, names)
    otherwise = {option: _by_field(found, names) for option, found in otherwise.items()}
    sheet.paper.freeze_panes(ESTIMATES_ROW, 1)
    return Inputs(sheet.name, terms, in_use, otherwise, chosen, changed)


def _by_field(found: Mapping[str, Term], names: Mapping[str, str]) -> dict[str, Term]:
    """Return the numbers by the name of their input, and by each field in which it stands."""
    return {**found, **{field: found[name] for field, name in names.items() if name in found}}


def _scenario_switch(sheet: Sheet, scenario: Scenario) -> Term:
    """Write the switch; its cell holds a word, and the number beside it is what formulas read."""
    words = [str(SCENARIOS[kind]) for kind in Scenario]
    sheet.text(2, 0, _("Scenario"), "label")
    sheet.text(2, 1, str(SCENARIOS[scenario]), "word_entry")
    sheet.paper.data_validation(2, 1, 2, 1, {"validate": "list", "source": words})
    sheet.book.file.define_name("scenario", f"={sheet.address(2, 1)}")
    quoted = ",".join('"' + word.replace('"', '""') + '"' for word in words)
    position = float(list(Scenario).index(scenario) + 1)
    cell = sheet.formula(2, 2, Term(f"MATCH(scenario,{{{quoted}}},0)", position), "whole")
    sheet.text(2, 3, _("Choose expected, likely, pessimistic or optimistic in the blue cell."), "note")
    return sheet.name_cell("scenario_number", cell)


def _write_terms(sheet: Sheet, model: CaseModel) -> dict[str, Term]:
    sheet.heads(TERMS_ROW - 1, (_("Terms of the case"), _("Value"), _("As exported"), _("Meaning")))
    found: dict[str, Term] = {}
    for offset, (name, label, value, style, note) in enumerate(term_entries(model)):
        row = TERMS_ROW + offset
        sheet.text(row, 0, label)
        found[name] = sheet.name_cell(name, sheet.number(row, 1, value, style))
        sheet.number(row, 2, value, "exported")
        sheet.text(row, 3, note, "note")
    row = TERMS_ROW + len(found)
    sheet.text(row, 0, _("Start"))
    found["start_date"] = sheet.name_cell("start_date", sheet.day(row, 1, model.start, "day_entry"))
    sheet.day(row, 2, model.start)
    sheet.text(row, 3, _("First day; column 0 of the calculation is this day, column 1 the month after it."), "note")
    return found


def cell_of(position: int, column: int) -> str:
    """Return the address of a part of an estimate, as another sheet names it."""
    return f"{quoted(_('Inputs'))}!{_at(ESTIMATES_ROW + position, column, row_abs=True, col_abs=True)}"


def _write_estimates(sheet: Sheet, entries: list[Entry], scenario: Term, dossier: Dossier) -> dict[str, Term]:
    heads = (
        *(_("Estimate of"), _("Field"), _("Unit"), _("Shape"), _("Low"), _("Likely"), _("High"), _("Mean")),
        *(_("Middle"), _("10th percentile"), _("90th percentile"), _("Raises value: 1, lowers it: -1"), _("In use")),
        *(_("Source"), _("Confidence"), _("Name in formulas")),
        *(_("Shape as exported"), _("Low as exported"), _("Likely as exported"), _("High as exported")),
        *(_("Sum of the list as exported"), _("Changed"), _("Highest value that counts")),
        _("Values of a list"),
    )
    sheet.heads(ESTIMATES_ROW - 1, heads)
    return {
        entry.name: _write_entry(sheet, ESTIMATES_ROW + offset, entry, scenario, dossier.direction_of(entry.name))
        for offset, entry in enumerate(entries)
    }


def _write_entry(sheet: Sheet, row: int, entry: Entry, scenario: Term, direction: int) -> Term:
    estimate = entry.estimate
    sheet.texts(row, 0, (entry.subject, entry.field, entry.unit))
    sheet.text(row, SHAPE, estimate.shape, "word_entry")
    sheet.paper.data_validation(row, SHAPE, row, SHAPE, {"validate": "list", "source": [str(s) for s in Shape]})
    for column, value in ((LOW, estimate.low), (LIKELY, estimate.likely), (HIGH, estimate.high)):
        sheet.number(row, column, value, "entry")
    for offset, value in enumerate(estimate.values):
        sheet.number(row, VALUES + offset, value, "entry")
    _write_exported(sheet, row, estimate, direction)
    candidates = _write_candidates(sheet, row, entry, direction)
    cell = sheet.formula(row, IN_USE, _in_use(scenario, candidates, direction), "in_use")
    sheet.texts(row, SOURCE, (entry.source, entry.confidence, entry.cell_name), "note")
    return sheet.name_cell(entry.cell_name, cell)


def _write_exported(sheet: Sheet, row: int, estimate: Estimate, direction: int) -> None:
    """Write what was exported beside what is, and whether the two still agree."""
    sheet.text(row, EXPORTED, estimate.shape, "note")
    for offset, value in enumerate((estimate.low, estimate.likely, estimate.high), start=1):
        sheet.number(row, EXPORTED + offset, value, "exported")
    sheet.number(row, EXPORTED_SUM, sum(estimate.values, Decimal(0)), "exported")
    same = [f"{_at(row, SHAPE + k)}={_at(row, EXPORTED + k)}" for k in range(4)]
    same.append(f"ABS(SUM({_values(row, estimate)})-{_at(row, EXPORTED_SUM)})<0.000001")
    _write_verdict(sheet, row, (*same, f"{_at(row, DIRECTION)}={direction}"))


def _write_verdict(sheet: Sheet, row: int, same: Sequence[str]) -> None:
    """Write 1 where not all of these hold any more, which they do as exported."""
    sheet.formula(row, CHANGED, Term(f"IF(AND({','.join(same)}),0,1)", 0.0), "whole")


def _write_candidates(sheet: Sheet, row: int, entry: Entry, direction: int) -> tuple[Term, ...]:
    shape, low, likely, high = (_at(row, column) for column in (SHAPE, LOW, LIKELY, HIGH))
    cells = estimates.Cells(shape, low, likely, high, _values(row, entry.estimate), _at(row, LIMIT))
    sheet.formula(row, LIMIT, estimates.highest(cells, entry.estimate, drops_extremes=entry.drops_extremes))
    made = (estimates.mean, estimates.middle, estimates.low_end, estimates.high_end)
    terms = []
    for column, make in zip((MEAN, MIDDLE, P10, P90), made, strict=True):
        term = make(cells, entry.counted)
        sheet.formula(row, column, term)
        terms.append(Term(_at(row, column), term.value))
    sheet.number(row, DIRECTION, direction, "entry")
    return (*terms, Term(_at(row, DIRECTION), float(direction)))


def _in_use(scenario: Term, candidates: tuple[Term, ...], direction: int) -> Term:
    """Return the number a scenario takes; one that makes no difference (0) stands at its mean."""
    mean, middle, low, high, sign = candidates
    worse = f"IF({sign.text}=0,{mean.text},IF({sign.text}>0,{low.text},{high.text}))"
    better = f"IF({sign.text}=0,{mean.text},IF({sign.text}>0,{high.text},{low.text}))"
    text = f"CHOOSE({scenario.text},{mean.text},{middle.text},{worse},{better})"
    ends = {0: (mean, mean), 1: (low, high), -1: (high, low)}[direction]
    return Term(text, (mean, middle, *ends)[int(scenario.value) - 1].value)


def _write_otherwise(
    sheet: Sheet, row: int, entries: list[Entry], scenario: Term, dossier: Dossier
) -> dict[str, dict[str, Term]]:
    """Write the estimates that raise the value of one option and lower that of another, or make no difference to it."""
    found: dict[str, dict[str, Term]] = {}
    for option in dossier.model.options:
        for entry in entries:
            own = dossier.directions.get(option.key, {}).get(entry.name, 0)
            if not dossier.is_input_of(entry.name, option) or own == dossier.direction_of(entry.name):
                continue
            if not found:
                sheet.text(row - 1, 0, _("Estimates that count otherwise in an option"), "subtitle")
            sheet.texts(row, 0, (entry.subject, entry.field, dossier.option_name(option)))
            local = [Term(_at(ESTIMATES_ROW + entry.position, c), v) for c, v in _candidates(entry.counted)]
            sign = sheet.number(row, DIRECTION, own, "entry")
            _write_verdict(sheet, row, (f"{_at(row, DIRECTION)}={own}",))
            term = _in_use(scenario, (*local, Term(_at(row, DIRECTION), sign.value)), own)
            found.setdefault(option.key, {})[entry.name] = sheet.formula(row, IN_USE, term, "in_use")
            row += 1
    return found


def _candidates(estimate: Estimate) -> tuple[tuple[int, float], ...]:
    values = estimates.candidates(estimate)
    return tuple(zip((MEAN, MIDDLE, P10, P90), values, strict=True))


def _changed(sheet: Sheet, end: int) -> Term:
    """Count the entries that are not as they were exported, so that a check can tell a change from an error.

    Args:
        end: The row after the last one with an estimate.
    """
    terms = f"SUMPRODUCT(--({_at(TERMS_ROW, 1)}:{_at(TERMS_END, 1)}<>{_at(TERMS_ROW, 2)}:{_at(TERMS_END, 2)}))"
    text = f"SUM({_at(ESTIMATES_ROW, CHANGED)}:{_at(end, CHANGED)})+{terms}+{CHANGED_ELSEWHERE}"
    row = TERMS_END + 2
    sheet.text(row, 0, _("Entries changed since the export"), "label")
    return sheet.name_cell("changed_entries", sheet.formula(row, 1, Term(text, 0.0), "whole"))


def _values(row: int, estimate: Estimate) -> str:
    return f"{_at(row, VALUES)}:{_at(row, VALUES + max(len(estimate.values), 1) - 1)}"


_at = xl_rowcol_to_cell
