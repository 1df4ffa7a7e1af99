"""What a brief says: the case on one or two sheets of paper, with the figures of its page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mycelia.business_case.exports import findings
from mycelia.business_case.exports.briefs.answers import answers
from mycelia.business_case.exports.briefs.questions import READERS, Sentence, Stakeholder
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.amounts import AmountRow, LineTotal
from mycelia.business_case.pages.case import case_facts
from mycelia.business_case.pages.cash_flow import cash_flow_chart
from mycelia.business_case.pages.cost_tables import CostTable, cost_table_entries
from mycelia.business_case.pages.derivation import derivations_of_lines
from mycelia.business_case.pages.derived import Derivation, Figure, line_rows
from mycelia.business_case.pages.figures import further_figures, headline_figures
from mycelia.business_case.pages.objectives import KpiEntry, objective_entries
from mycelia.business_case.pages.risk_charts import fan_chart, tornado_chart
from mycelia.business_case.pages.years import year_rows
from mycelia.business_case.types import CaseSheet, Discounting, LineSheet
from mycelia.ui.api import Chart

LONGEST_SUMMARY = 240
LONGEST_TEXT = 48
MOST_LINES = 3
MOST_KPIS = 3


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
class BriefSentence:
    """A sentence and the number of its source, 0 for none."""

    text: str
    source: int


@dataclass(frozen=True)
class BriefAnswer:
    """What one question of the mission is answered."""

    code: str
    question: str
    sentences: tuple[BriefSentence, ...]


@dataclass(frozen=True)
class Brief:
    """Everything a brief says, as written.

    Attributes:
        source_pages: For each source the name of the page where it stands today; empty where there is none.
        words: Its fixed texts in the reader's language.
    """

    language: str
    reader: str
    title: str
    summary: str
    presented: str
    digest: str
    watermark: str
    is_synthetic: bool
    facts: tuple[tuple[str, str], ...]
    headline: tuple[Figure, ...]
    further: tuple[Figure, ...]
    chart_title: str
    chart_note: str
    answers: tuple[BriefAnswer, ...]
    sources: tuple[str, ...]
    source_pages: tuple[str, ...]
    year_columns: tuple[str, ...]
    year_rows: tuple[AmountRow, ...]
    cost_tables: tuple[CostTable, ...]
    kpis: tuple[BriefKpi, ...]
    kpis_left_out: str
    costs: tuple[LineTotal, ...]
    benefits: tuple[LineTotal, ...]
    words: dict[str, str]


MONEY_READERS = frozenset({Stakeholder.MANAGEMENT, Stakeholder.FINANCE})
KPI_READERS = frozenset({Stakeholder.MANAGEMENT, Stakeholder.HR})


def brief_of(dossier: Dossier, reader: Stakeholder, chart: Chart | None) -> Brief:
    """Return what one stakeholder's brief says."""
    sheet, sources = dossier.sheet, Sources()
    shows_money = reader in MONEY_READERS and not findings.is_empty(dossier)
    shows_kpis = reader in KPI_READERS
    entries = [_kpi(entry.title, kpi) for entry in objective_entries(sheet) for kpi in entry.kpis] if shows_kpis else []
    left_out = len(entries) - MOST_KPIS
    return Brief(
        language=get_language() or "en",
        reader=str(READERS[reader]),
        title=sheet.name,
        summary=_summary(dossier),
        presented=dossier.standing,
        digest=dossier.digest,
        watermark=_("DRAFT") if dossier.is_draft else "",
        is_synthetic=sheet.is_synthetic,
        facts=case_facts(sheet),
        headline=() if reader is Stakeholder.LEARNERS else headline_figures(sheet),
        further=further_figures(sheet) if shows_money else (),
        chart_title="" if chart is None else str(chart.title),
        chart_note="" if chart is None else f"{chart.unit}. " + _("Source: %(source)s.") % {"source": chart.source},
        answers=tuple(
            BriefAnswer(code, question, tuple(sources.cited(sentence) for sentence in sentences))
            for code, question, sentences in answers(dossier, reader)
        ),
        sources=sources.named,
        source_pages=sources.pages,
        year_columns=tuple(formats.year_name(year) for year in range(len(sheet.flows.net))) if shows_money else (),
        year_rows=year_rows(sheet, {} if reader is Stakeholder.FINANCE else None) if shows_money else (),
        cost_tables=cost_table_entries(sheet, {}) if shows_money and reader is Stakeholder.FINANCE else (),
        kpis=tuple(entries[:MOST_KPIS]),
        kpis_left_out=_left_out(left_out) if left_out > 0 else "",
        costs=_lines(sheet, sheet.costs, opens=reader is Stakeholder.FINANCE) if shows_money else (),
        benefits=_lines(sheet, sheet.benefits, opens=reader is Stakeholder.FINANCE) if shows_money else (),
        words=_words(dossier),
    )


def _summary(dossier: Dossier) -> str:
    """Return what the case says of itself, and what is missing where it holds nothing yet."""
    missing = f"{findings.ask(dossier)}. {findings.next_step()}" if findings.is_empty(dossier) else ""
    return " ".join(filter(None, (_short(dossier.sheet.summary, LONGEST_SUMMARY), missing)))


def chart_of(dossier: Dossier, reader: Stakeholder) -> Chart | None:
    """Return the chart that helps a stakeholder most; None where there is nothing to draw."""
    sheet, source = dossier.sheet, _("joint simulation of all estimates of this case")
    common: dict[str, Any] = {"currency": sheet.currency, "source": source, "as_of": sheet.as_of.date()}
    if reader is Stakeholder.MANAGEMENT:
        return cash_flow_chart(sheet)
    if not (any(sheet.flows.costs) or any(sheet.flows.benefits)):
        return None
    if reader is Stakeholder.FINANCE:
        return fan_chart(dossier.simulation, title=findings.chance(dossier), **common)
    if reader is Stakeholder.IT:
        return tornado_chart(dossier.simulation, title=findings.strongest_input(dossier), tells_inputs=False, **common)
    return None


class Sources:
    """The sources of a brief, numbered in the order in which they are first cited."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._pages: dict[str, str] = {}

    def cited(self, sentence: Sentence) -> BriefSentence:
        """Return a sentence with the number of its source; 0 for one that has none, and says so."""
        if not sentence.source:
            return BriefSentence(sentence.text, 0)
        self._pages.setdefault(sentence.source, sentence.page)
        return BriefSentence(sentence.text, self._numbers.setdefault(sentence.source, len(self._numbers) + 1))

    @property
    def named(self) -> tuple[str, ...]:
        """Return the sources in order of their numbers."""
        return tuple(self._numbers)

    @property
    def pages(self) -> tuple[str, ...]:
        """Return the names of the pages where they stand today, in the same order."""
        return tuple(self._pages.values())


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


def _lines(sheet: CaseSheet, lines: tuple[LineSheet, ...], *, opens: bool) -> tuple[LineTotal, ...]:
    """Return the largest lines, and the rest as one; `opens` says whether the reader is told how each comes about."""
    ranked = sorted((line for line in lines if line.is_counted), key=lambda line: line.total, reverse=True)
    shown, rest = ranked[:MOST_LINES], ranked[MOST_LINES:]
    of_lines = derivations_of_lines(sheet) if opens else {}
    written = [
        LineTotal(
            _short(line.description), _short(line.source), _total(line.total, sheet.currency), of_lines.get(line.key)
        )
        for line in shown
    ]
    if rest:
        total = sum((line.total for line in rest), Decimal(0))
        text = ngettext("%(count)s further line", "%(count)s further lines", len(rest)) % {"count": len(rest)}
        derivation = Derivation(_("sum of its lines"), rows=line_rows(rest, {})) if opens else None
        written.append(LineTotal(text, "", _total(total, sheet.currency), derivation))
    return tuple(written)


def _total(value: Decimal, currency: str) -> str:
    return f"{currency}{formats.NO_BREAK_SPACE}{formats.amount(value)}"


def _words(dossier: Dossier) -> dict[str, str]:
    currency = dossier.currency
    is_mid_month = dossier.model.discounting is Discounting.MID_MONTH
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
        "answers": _("Your questions"),
        "sources": _("Sources"),
        "unsourced": _("no evidence"),
        "method": (
            _("Amounts are in the currency of the case. Each month is discounted at its middle, the start is not.")
            if is_mid_month
            else _("Amounts are in the currency of the case. Year ends are discounted, the start is not.")
        )
        + " "
        + _("Both conventions of the return on investment are shown."),
        "digest": _("Fingerprint of the figures (SHA-256)"),
        "page": _("Page"),
    }
