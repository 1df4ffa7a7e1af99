"""The briefs that somebody may read, and one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case import api
from mycelia.business_case.exports.briefs.content import Brief
from mycelia.business_case.exports.briefs.questions import READERS
from mycelia.business_case.exports.briefs.shown import ShownBrief
from mycelia.business_case.exports.catalogue import BRIEF_TITLES, DOCUMENTS
from mycelia.business_case.models import Case, Export, Presentation
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.amounts import AmountRow
from mycelia.business_case.pages.derived import Figure
from mycelia.business_case.pages.exports import ExportEntry, kept_entry
from mycelia.business_case.pages.sections import Tab
from mycelia.business_case.types import Stakeholder
from mycelia.ui.api import Breadcrumb, Chart


@dataclass(frozen=True)
class BriefEntry:
    """A presented case with the title and address of each brief that the reader may open."""

    name: str
    detail: str
    is_synthetic: bool
    briefs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class BriefListPage:
    """Context of `/briefs/`."""

    title: str
    lead: str
    cases: tuple[BriefEntry, ...]
    pages: Page


@dataclass(frozen=True)
class BriefPage:
    """Context of `/briefs/<slug>/<reader>/`.

    Attributes:
        tabs: The briefs of this case that the reader may open, where there are several.
        further, year_columns, year_rows: Empty where the brief does not tell them.
        sources: Each source, and the address where it stands today if the reader may open that.
        pdf: The same brief as a document.
        case_url: Where the case itself is; empty for whoever may not read it.
    """

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    tabs: tuple[Tab, ...]
    brief: Brief
    sources: tuple[tuple[str, str], ...]
    further: tuple[Figure, ...]
    chart: Chart | None
    year_columns: tuple[str, ...]
    year_rows: tuple[AmountRow, ...]
    present_value: str
    sides: tuple[tuple[str, Any], ...]
    pdf: ExportEntry
    case_url: str


def brief_list_page(pages: Page, readers: Mapping[int, tuple[Stakeholder, ...]]) -> BriefListPage:
    """Return one page of the list; `readers` are the stakeholders whose briefs may be opened, by number of the case."""
    return BriefListPage(
        title=_("Briefs"),
        lead=_("What was presented, told to those it concerns: your questions, each answer with its source."),
        cases=tuple(_entry(case, readers[case.pk]) for case in pages),
        pages=pages,
    )


def _entry(case: Any, readers: tuple[Stakeholder, ...]) -> BriefEntry:
    unit = case.scope_unit.name if case.scope_unit else case.unit_text or _("Whole company")
    told = {"unit": unit, "instant": formats.instant(case.last_presented_at)}
    return BriefEntry(
        name=case.presented_name,
        detail=_("%(unit)s · presented on %(instant)s") % told,
        is_synthetic=case.is_synthetic,
        briefs=tuple((str(BRIEF_TITLES[reader]), brief_url(case, reader)) for reader in readers),
    )


def brief_url(case: Case, reader: Stakeholder) -> str:
    """Return the address of a brief of the last presentation."""
    return reverse("business_case:presented_brief", args=[case.slug, reader])


def brief_page(
    presentation: Presentation,
    reader: Stakeholder,
    shown: ShownBrief,
    *,
    readers: tuple[Stakeholder, ...],
    export: Export | None,
    evidence: Mapping[str, str],
    may_read_case: bool,
) -> BriefPage:
    """Return the page of one brief.

    Args:
        readers: The stakeholders whose briefs of this case may be opened.
        export: The PDF of this brief, or the work on it.
        evidence: Addresses of the pages of evidence that the reader may open, by name.
        may_read_case: Whether to lead to the case itself.
    """
    case, brief = presentation.case, shown.brief
    sides = ((_("Costs"), brief.costs), (_("Benefits"), brief.benefits))
    tabs = tuple((str(READERS[one]), brief_url(case, one), one is reader) for one in readers)
    return BriefPage(
        title=brief.title,
        lead=brief.summary,
        breadcrumbs=(Breadcrumb(_("Briefs"), reverse("business_case:briefs")), Breadcrumb(str(BRIEF_TITLES[reader]))),
        tabs=tabs if len(tabs) > 1 else (),
        brief=brief,
        sources=tuple(
            (name, evidence.get(page, "")) for name, page in zip(brief.sources, brief.source_pages, strict=True)
        ),
        further=brief.further,
        chart=shown.chart,
        year_columns=brief.year_columns,
        year_rows=brief.year_rows,
        present_value=shown.present_value,
        sides=tuple((title, rows) for title, rows in sides if rows),
        pdf=_pdf(presentation, reader, export),
        case_url=reverse("business_case:case", args=[case.slug]) if may_read_case else "",
    )


def _pdf(presentation: Presentation, reader: Stakeholder, export: Export | None) -> ExportEntry:
    """Return the document of a brief; a file made of an earlier presentation, or by an earlier version, is none."""
    slug, document = presentation.case.slug, DOCUMENTS[api.PRESENTED_BRIEFS[reader]]
    address = reverse("business_case:presented_brief_file", args=[slug, reader])
    ask_url = reverse("business_case:presented_brief_preparation", args=[slug, reader])
    source = api.source_of_presentation(presentation)
    entry = kept_entry(document, source, export, address=address, ask_url=ask_url)
    entry = replace(entry, title=_("This brief as a document"), audience="", detail="")
    return replace(entry, url="", made="", is_stale=False) if entry.is_stale else entry
