"""Every document that can be taken away from a case, under the name of its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.api import PRESENTED_BRIEFS
from mycelia.business_case.calc.case_file import write_case_file
from mycelia.business_case.exports import record_tables, tables
from mycelia.business_case.exports.briefs.questions import READERS, Stakeholder
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.source import Exported


@dataclass(frozen=True)
class Document:
    """One kind of document.

    Attributes:
        file_name: Last part of its address; the case's short name is put before it in what is downloaded.
        audience: For whom it is, in a word or two.
        is_kept: Whether it takes so long that it is made in the background and kept.
        simulates: Whether it shows what the case's simulation gave.
    """

    file_name: str
    title: Any
    audience: Any
    detail: Any
    media_type: str
    write: Callable[[Exported], bytes]
    is_kept: bool = False
    simulates: bool = False


PDF = "application/pdf"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_FOR_ANALYSTS = _("For whoever computes on")


def _computed(write: Callable[[Dossier], bytes]) -> Callable[[Exported], bytes]:
    return lambda exported: write(exported.dossier)


def _later(name: str, **terms: Any) -> Callable[[Dossier], bytes]:
    """Return a writer that is imported when it writes, so that web processes do not load the libraries it needs."""
    return lambda dossier: import_string(f"mycelia.business_case.exports.{name}")(dossier, **terms)


def _table(name: str, title: Any, detail: Any) -> Document:
    return Document(f"{name}.csv", title, _FOR_ANALYSTS, detail, tables.MEDIA_TYPE, _computed(tables.TABLES[name]))


def _brief(reader: Stakeholder) -> Document:
    write = _computed(_later("briefs.document.brief_pdf", reader=reader))
    told = (BRIEF_TITLES[reader], READERS[reader], BRIEFS[reader])
    return Document(f"brief-{reader}.pdf", *told, PDF, write, is_kept=True, simulates=True)


def _presented_brief(reader: Stakeholder) -> Document:
    write = _later("briefs.document.brief_pdf", reader=reader)
    detail = _("With the figures that were presented last, whatever the draft says now.")
    told = (PRESENTED_TITLES[reader], READERS[reader], detail)
    return Document(PRESENTED_BRIEFS[reader], *told, PDF, lambda exported: write(exported.presented), is_kept=True)


BRIEF_TITLES = {
    Stakeholder.IT: _("Brief for IT"),
    Stakeholder.HR: _("Brief for HR and talent"),
    Stakeholder.FINANCE: _("Brief for finance"),
    Stakeholder.MANAGEMENT: _("Brief for management"),
    Stakeholder.LEARNERS: _("Brief for learners"),
}
PRESENTED_TITLES = {
    Stakeholder.IT: _("Brief for IT as it was presented"),
    Stakeholder.HR: _("Brief for HR and talent as it was presented"),
    Stakeholder.FINANCE: _("Brief for finance as it was presented"),
    Stakeholder.MANAGEMENT: _("Brief for management as it was presented"),
    Stakeholder.LEARNERS: _("Brief for learners as it was presented"),
}
BRIEFS = {
    Stakeholder.IT: _("Integration, rules, lifecycle, systems and content, mobile use."),
    Stakeholder.HR: _("Delivery, authorship, analytics, culture, social and formal learning, help, design."),
    Stakeholder.FINANCE: _("Cost, needs, time, cost to sustain, readiness; all figures."),
    Stakeholder.MANAGEMENT: _("Value in business terms: knowledge, culture, productivity, net benefit, KPIs."),
    Stakeholder.LEARNERS: _("For whom it is, what encourages, who can use it, and how."),
}
_ALL = (
    Document(
        "workbook.xlsx",
        _("Workbook with live formulas"),
        _("For finance"),
        _("Inputs, calculation, figures, assumptions and checks; change an input and everything follows."),
        SPREADSHEET,
        _computed(_later("workbook.workbook")),
        is_kept=True,
    ),
    Document(
        "slides.pptx",
        _("Ten slides"),
        _("For the committee"),
        _("Charts and tables that can be edited; the notes say where each number comes from."),
        PRESENTATION,
        _computed(_later("slides.slides")),
        is_kept=True,
        simulates=True,
    ),
    *(_brief(reader) for reader in Stakeholder),
    *(_presented_brief(reader) for reader in Stakeholder),
    _table("lines", _("Cost and benefit lines"), _("One row for each line, as it was entered.")),
    _table("estimates", _("Estimates"), _("One row for each number that is not known exactly, with its range.")),
    _table("flows", _("Flows by month"), _("One row for each line, option and month, unrounded.")),
    _table("costs", _("Costs by year"), _("One row for each cost line, option and year, with phase and cost centre.")),
    _table("figures", _("Figures"), _("One row for each figure, option and scenario, unrounded.")),
    Document(
        "tables.zip",
        _("All tables"),
        _FOR_ANALYSTS,
        _("Lines, KPIs, roadmap, readings, bookings, closed months, decisions, comments, versions and systems as CSV."),
        record_tables.ARCHIVE_TYPE,
        record_tables.archive,
    ),
    Document(
        "case.json",
        _("The whole case"),
        _("For keeping, and for another installation"),
        _("Everything that was entered, happened and was decided; the case can be restored from it exactly."),
        "application/json",
        lambda exported: write_case_file(exported.file),
    ),
)
DOCUMENTS = {document.file_name: document for document in _ALL}
