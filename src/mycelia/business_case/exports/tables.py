"""Lines, estimates, flows and figures as CSV, with unrounded numbers, for whoever computes on.

Typed words that a spreadsheet program would take for a formula get an apostrophe before them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from mycelia.business_case.calc.cost_tables import part_of
from mycelia.business_case.exports.dossier import Dossier, OptionResult
from mycelia.business_case.exports.entries import Subjects, source_of_driver, subjects_of
from mycelia.business_case.pages.cost_tables import part_name
from mycelia.business_case.types import (
    BenefitLine,
    CaseModel,
    CostLine,
    CostView,
    Estimate,
    LineFlow,
    LineKind,
    Scenario,
    Shape,
    WorkItem,
)

MEDIA_TYPE = "text/csv; charset=utf-8"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
LINE_HEADS = (
    *("side", "key", "category", "description", "option", "basis", "amounts", "unit", "driver", "recurrence"),
    *("start_month", "start_milestone", "end_month", "end_milestone", "ramp_months", "escalation_per_year"),
    *("risk_adjustment", "isolation_method", "evidence_grade", "kpi", "claimed_movement", "is_intangible"),
    "saves_learner_time",
    *("cost_centre", "source", "confidence", "is_placeholder"),
)
FIGURE_NAMES = (
    *("total_costs", "total_benefits", "pv_costs", "pv_benefits", "total_tax", "pv_tax", "npv", "roi_discounted"),
    *("programme_benefits", "roi_programme", "bcr_discounted", "bcr_undiscounted", "payback_simple_months"),
    *("payback_discounted_months", "modified_internal_rate", "break_even_benefits", "break_even_costs"),
)

Cell = str | Decimal | int | None


def lines_table(dossier: Dossier) -> bytes:
    """Return one row for each cost and benefit line, as it was entered."""
    lines: tuple[CostLine | BenefitLine, ...] = (*dossier.model.costs, *dossier.model.benefits)
    return written(LINE_HEADS, map(_line_row, lines))


def estimates_table(dossier: Dossier) -> bytes:
    """Return one row for each term, each named input, then each field that holds an estimate.

    `input` is its name in correlations and simulations: that of the named input, where a field is one. Source and
    confidence of a field are those of the named input that it is, else of its line, work item or driver. The shape of
    a term that is a word is `choice`, and the word stands among the values.
    """
    heads = ("name", "input", "title", "shape", "low", "likely", "high", "values", "source", "confidence")
    model = dossier.model
    named = (
        (one.name, one.name, one.title, *_numbers(one.estimate), one.source, one.confidence) for one in model.named
    )
    names, subjects = model.input_names(), subjects_of(model)
    fields = (
        (name, names[name], "", *_numbers(each), *_provenance(model, subjects, name, each))
        for name, each in model.fields()
    )
    return written(heads, (*_terms(model), *named, *fields))


def _terms(model: CaseModel) -> Iterator[tuple[Cell, ...]]:
    """Yield the terms that every figure rests on, with who says so; a convention is the case's own choice."""
    sources = (
        ("rate_per_year", model.rate_source, model.rate_confidence),
        ("inflation_per_year", model.inflation_source, model.inflation_confidence),
        ("tax_rate", model.tax_source, model.tax_confidence),
    )
    for name, source, confidence in sources:
        yield f"terms/{name}", "", "", Shape.FIXED, None, getattr(model, name), None, "", source, confidence or ""
    yield "terms/discounting", "", "", "choice", None, None, None, model.discounting, "", ""


def _provenance(model: CaseModel, subjects: Subjects, name: str, estimate: Estimate) -> tuple[str, str]:
    """Return source and confidence of a field."""
    kind, key, *_rest = name.split("/")
    if kind == "driver" and not estimate.named:
        return source_of_driver(model, key), ""
    _number, subject = subjects.get(f"input/{estimate.named}") or subjects[f"{kind}/{key}"]
    return subject.source, "" if isinstance(subject, WorkItem) else subject.confidence


def _numbers(each: Estimate) -> tuple[Cell, ...]:
    return each.shape, each.low, each.likely, each.high, " ".join(f"{value:f}" for value in each.values)


def flows_table(dossier: Dossier) -> bytes:
    """Return one row for each line of each option and each column, in the expected scenario."""
    return written(("option", "side", "key", "is_counted", "column", "amount"), _flow_rows(dossier))


def figures_table(dossier: Dossier) -> bytes:
    """Return one row for each figure of each option in each scenario; one that does not exist is empty."""
    return written(("option", "scenario", "figure", "value"), _figure_rows(dossier))


def costs_table(dossier: Dossier) -> bytes:
    """Return one row for each cost line of each option and each year, with all that costs are summed by."""
    heads = ("option", "key", "description", "category", "phase", "cost_centre", "is_counted", "year", "amount")
    return written(heads, _cost_rows(dossier))


TABLES: dict[str, Callable[[Dossier], bytes]] = {
    "lines": lines_table,
    "estimates": estimates_table,
    "flows": flows_table,
    "figures": figures_table,
    "costs": costs_table,
}


def safe(words: str) -> str:
    """Return words so that no spreadsheet program takes them for a formula.

    Example:
        >>> safe("=1+1"), safe("1 + 1")
        ("'=1+1", '1 + 1')
    """
    return f"'{words}" if words.startswith(DANGEROUS) else words


def written(heads: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> bytes:
    """Return a table as CSV that spreadsheet programs take for UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return safe(str(value)) if isinstance(value, str) else str(value)


def _line_row(line: CostLine | BenefitLine) -> tuple[Cell, ...]:
    timing = line.timing
    known: dict[str, Cell] = {
        "side": LineKind.COST if isinstance(line, CostLine) else LineKind.BENEFIT,
        "amounts": " ".join(f"{amount:f}" for amount in line.amounts),
        "start_month": timing.start_month,
        "start_milestone": timing.start_milestone,
        "end_month": timing.end_month,
        "end_milestone": timing.end_milestone,
    }
    return tuple(known[head] if head in known else _scalar(getattr(line, head, None)) for head in LINE_HEADS)


def _scalar(value: Cell | bool) -> Cell:
    return int(value) if isinstance(value, bool) else value


def _flow_rows(dossier: Dossier) -> Iterator[tuple[Cell, ...]]:
    for option in dossier.model.options:
        result = dossier.results[option.key][Scenario.EXPECTED]
        for side, flows in _sides(result):
            for flow in flows:
                for column, amount in enumerate(flow.by_column):
                    yield option.key, side, flow.key, int(flow.is_counted), column, amount


def _cost_rows(dossier: Dossier) -> Iterator[tuple[Cell, ...]]:
    model, lines = dossier.model, {line.key: line for line in dossier.model.costs}
    for option in model.options:
        for flow in dossier.results[option.key][Scenario.EXPECTED].costs:
            line = lines[flow.key]
            phase = part_name(model, CostView.PHASE, key) if (key := part_of(model, CostView.PHASE, line)) else ""
            told = (option.key, line.key, line.description, line.category, phase, line.cost_centre)
            for year, amount in enumerate(flow.by_year()):
                yield *told, int(flow.is_counted), year, amount


def _sides(result: OptionResult) -> tuple[tuple[LineKind, tuple[LineFlow, ...]], ...]:
    return (LineKind.COST, result.costs), (LineKind.BENEFIT, result.benefits)


def _figure_rows(dossier: Dossier) -> Iterator[tuple[Cell, ...]]:
    for option in dossier.model.options:
        for scenario in Scenario:
            figures = dossier.results[option.key][scenario].figures
            for name in FIGURE_NAMES:
                yield option.key, scenario, name, getattr(figures, name)
            for rate in figures.internal_rates:
                yield option.key, scenario, "internal_rate", rate
