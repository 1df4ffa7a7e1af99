"""What the brief says: the case on one or two sheets of paper, with the figures of its page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mycelia.business_case.models import Presentation
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.case import AmountRow, case_facts, year_rows
from mycelia.business_case.pages.cash_flow import cash_flow_chart
from mycelia.business_case.pages.figures import Figure, further_figures, headline_figures
from mycelia.business_case.pages.objectives import KpiEntry, objective_entries
from mycelia.business_case.queries import sheet_from
from mycelia.business_case.types import CaseSheet, LineSheet
from mycelia.ui.api import Chart

LONGEST_SUMMARY = 600
LONGEST_TEXT = 72
MOST_LINES = 5
MOST_KPIS = 6


@dataclass(frozen=True)
class BriefLine:
    """A cost or benefit line in the brief."""

    description: str
    source: str
    total: str


@dataclass(frozen=True)
class BriefKpi:
    """A KPI in the brief, with the objective it measures."""

    objective: str
    name: str
    baseline: str
    baseline_date: str
    target: str
    target_date: str
    actual: str
    actual_as_of: str
    owner: str
    source: str
    source_detail: str


@dataclass(frozen=True)
class Brief:
    """Everything the brief says, as written; `words` are its fixed texts in the reader's language."""

    language: str
    title: str
    summary: str
    presented: str
    digest: str
    is_synthetic: bool
    facts: tuple[tuple[str, str], ...]
    headline: tuple[Figure, ...]
    further: tuple[Figure, ...]
    chart_title: str
    chart_note: str
    year_columns: tuple[str, ...]
    year_rows: tuple[AmountRow, ...]
    kpis: tuple[BriefKpi, ...]
    kpis_left_out: str
    costs: tuple[BriefLine, ...]
    benefits: tuple[BriefLine, ...]
    words: dict[str, str]


def sheet_of(presentation: Presentation) -> CaseSheet:
    """Return the case as it was when it was presented."""
    return sheet_from(presentation.snapshot)


def brief_of(presentation: Presentation, sheet: CaseSheet, chart: Chart) -> Brief:
    """Return what the brief of a presentation says."""
    entries = [_kpi(entry.title, kpi) for entry in objective_entries(sheet) for kpi in entry.kpis]
    left_out = len(entries) - MOST_KPIS
    return Brief(
        language=get_language() or "en",
        title=sheet.name,
        summary=_short(sheet.summary, LONGEST_SUMMARY),
        presented=_presented(presentation),
        digest=presentation.digest,
        is_synthetic=sheet.is_synthetic,
        facts=case_facts(sheet),
        headline=headline_figures(sheet),
        further=further_figures(sheet),
        chart_title=str(chart.title),
        chart_note=f"{chart.unit}. " + _("Source: %(source)s.") % {"source": chart.source},
        year_columns=tuple(formats.year_name(year) for year in range(len(sheet.flows.net))),
        year_rows=year_rows(sheet),
        kpis=tuple(entries[:MOST_KPIS]),
        kpis_left_out=_left_out(left_out) if left_out > 0 else "",
        costs=_lines(sheet.costs, sheet.currency),
        benefits=_lines(sheet.benefits, sheet.currency),
        words=_words(sheet.currency),
    )


def chart_of(sheet: CaseSheet) -> Chart:
    """Return the chart of a presented case; it has amounts, or it could not have been presented."""
    chart = cash_flow_chart(sheet)
    if chart is None:
        raise ValueError("a presented case has costs and benefits")
    return chart


def _presented(presentation: Presentation) -> str:
    return _("Presented by %(name)s on %(instant)s") % {
        "name": presentation.presented_by_name,
        "instant": formats.instant(presentation.presented_at),
    }


def _left_out(count: int) -> str:
    return ngettext(
        "%(count)s further KPI is on the page of the case.",
        "%(count)s further KPIs are on the page of the case.",
        count,
    ) % {"count": count}


def _short(text: str, length: int = LONGEST_TEXT) -> str:
    """Return a text that leaves the brief at two pages; the page of the case has all of it."""
    return Truncator(text).chars(length)


def _kpi(objective: str, kpi: KpiEntry) -> BriefKpi:
    return BriefKpi(
        objective=_short(objective),
        name=_short(kpi.name),
        baseline=_short(kpi.baseline),
        baseline_date=kpi.baseline_date,
        target=_short(kpi.target),
        target_date=kpi.target_date,
        actual=_short(kpi.actual),
        actual_as_of=kpi.actual_as_of,
        owner=_short(kpi.owner),
        source=kpi.source,
        source_detail=_short(kpi.source_detail),
    )


def _lines(lines: tuple[LineSheet, ...], currency: str) -> tuple[BriefLine, ...]:
    """Return the largest lines, and the rest as one."""
    ranked = sorted(lines, key=lambda line: line.total, reverse=True)
    shown, rest = ranked[:MOST_LINES], ranked[MOST_LINES:]
    written = [BriefLine(_short(line.description), _short(line.source), _total(line.total, currency)) for line in shown]
    if rest:
        total = sum((line.total for line in rest), Decimal(0))
        text = ngettext("%(count)s further line", "%(count)s further lines", len(rest)) % {"count": len(rest)}
        written.append(BriefLine(text, "", _total(total, currency)))
    return tuple(written)


def _total(value: Decimal, currency: str) -> str:
    return f"{currency}{formats.NO_BREAK_SPACE}{formats.amount(value)}"


def _words(currency: str) -> dict[str, str]:
    return {
        "kind": _("Business case"),
        "synthetic": _("All figures are synthetic: an example, not a forecast."),
        "figures": _("What it returns"),
        "years": _("By year, in %(currency)s") % {"currency": currency},
        "total": _("Total"),
        "further": _("More figures"),
        "figure": _("Figure"),
        "convention": _("Convention"),
        "value": _("Value"),
        "kpis": _("Objectives and how they are measured"),
        "kpi": _("Objective and KPI"),
        "baseline": _("Baseline"),
        "target": _("Target"),
        "actual": _("Actual"),
        "owner": _("Owner"),
        "unknown": _("not known"),
        "costs": _("Costs"),
        "benefits": _("Benefits"),
        "line": _("Line"),
        "source": _("Source"),
        "method": _(
            "Amounts are in the currency of the case. Year ends are discounted, the start is not. Both conventions of "
            "the return on investment are shown."
        ),
        "digest": _("Fingerprint of the figures (SHA-256)"),
        "page": _("Page"),
    }
