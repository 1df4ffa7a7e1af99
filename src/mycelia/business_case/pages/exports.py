"""The page of what can be taken away from a case."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.exports.catalogue import DOCUMENTS
from mycelia.business_case.models import Case
from mycelia.business_case.pages.sections import EXPORTS, Tab, case_tabs
from mycelia.business_case.types import CaseState
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class ExportEntry:
    """One document with the address it is downloaded from."""

    title: str
    audience: str
    detail: str
    kind: str
    url: str


@dataclass(frozen=True)
class ExportsPage:
    """Context of `/case/<slug>/exports/`."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    tabs: tuple[Tab, ...]
    documents: tuple[ExportEntry, ...]
    is_draft: bool
    case_url: str


def exports_page(case: Case) -> ExportsPage:
    """Return the page of one case."""
    is_draft = case.state != CaseState.PRESENTED
    case_url = reverse("business_case:case", args=[case.slug])
    crumbs = (Breadcrumb(_("Business cases"), reverse("business_case:list")), Breadcrumb(case.name, case_url))
    return ExportsPage(
        title=_("Take away"),
        lead=_("Every document is made from the same figures, each for those who decide on it."),
        breadcrumbs=(*crumbs, Breadcrumb(_("Take away"))),
        tabs=case_tabs(case.slug, EXPORTS),
        documents=tuple(
            ExportEntry(
                str(document.title),
                str(document.audience),
                str(document.detail),
                document.file_name.rpartition(".")[2].upper(),
                reverse("business_case:export", args=[case.slug, document]),
            )
            for document in DOCUMENTS.values()
        ),
        is_draft=is_draft,
        case_url=case_url,
    )
