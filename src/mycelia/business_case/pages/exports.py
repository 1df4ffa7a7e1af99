"""The page of what can be taken away from a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.business_case import api
from mycelia.business_case.exports.catalogue import DOCUMENTS, Document
from mycelia.business_case.models import Case, Export
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.sections import EXPORTS, Tab, case_tabs
from mycelia.business_case.types import CaseState
from mycelia.kernel import clock
from mycelia.ui.api import Breadcrumb

LONG_WAIT = timedelta(seconds=15)
"""A worker that is there takes a job up sooner."""


@dataclass(frozen=True)
class ExportEntry:
    """One document: what is known of it, and what can be done with it.

    Attributes:
        url: Where the file is downloaded; empty while there is none.
        made: When the file was made, and from what; empty where it is made as it is downloaded.
        is_stale: Whether it would be another one now.
        waiting: Said while nothing has begun.
        progress: Percent of the work under way; None while none is.
        failure: Why the last work came to nothing.
        ask_url, ask: Where and in which words it can be asked for; empty where there is no need to.
    """

    anchor: str
    title: str
    audience: str
    detail: str
    kind: str
    url: str = ""
    made: str = ""
    is_stale: bool = False
    waiting: str = ""
    progress: int | None = None
    failure: str = ""
    ask_url: str = ""
    ask: str = ""

    @property
    def is_under_way(self) -> bool:
        """Return whether it is being made, or waits for that."""
        return bool(self.waiting) or self.progress is not None


@dataclass(frozen=True)
class ExportsPage:
    """Context of `/case/<slug>/exports/`; `poll_url` while a document is on its way."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    tabs: tuple[Tab, ...]
    documents: tuple[ExportEntry, ...]
    is_draft: bool
    here: str
    poll_url: str
    status: str


def exports_page(case: Case, sources: api.ExportSources, kept: dict[str, Export]) -> ExportsPage:
    """Return the page of one case.

    Args:
        sources: What documents would be made from now.
        kept: What is kept or under way, by the name of its file.
    """
    is_draft = case.state != CaseState.PRESENTED
    here = reverse("business_case:exports", args=[case.slug])
    crumbs = (
        Breadcrumb(_("Business cases"), reverse("business_case:list")),
        Breadcrumb(case.name, reverse("business_case:case", args=[case.slug])),
    )
    shown = (
        one
        for one in DOCUMENTS.values()
        if not api.is_of_presentation(one.file_name) or (is_draft and sources.presented)
    )
    entries = tuple(_entry(case, one, sources.of(one.file_name), kept.get(one.file_name)) for one in shown)
    under_way = sum(entry.is_under_way for entry in entries)
    return ExportsPage(
        title=_("Take away"),
        lead=_("Every document is made from the same figures, each for those who decide on it."),
        breadcrumbs=(*crumbs, Breadcrumb(_("Take away"))),
        tabs=case_tabs(case.slug, EXPORTS),
        documents=entries,
        is_draft=is_draft,
        here=here,
        poll_url=here if under_way else "",
        status=_status(under_way, entries),
    )


def anchor_of(document: Document) -> str:
    """Return the name of a document's place on the page."""
    return document.file_name.replace(".", "-")


def _status(under_way: int, entries: Iterable[ExportEntry]) -> str:
    """Return what is read out to those who do not see the page change."""
    if under_way:
        return ngettext("%(count)s document is being made.", "%(count)s documents are being made.", under_way) % {
            "count": under_way
        }
    failed = [entry.title for entry in entries if entry.failure]
    return _("Not made: %(titles)s.") % {"titles": ", ".join(failed)} if failed else _("Nothing is being made.")


def _entry(case: Case, document: Document, source: api.ExportSource | None, export: Export | None) -> ExportEntry:
    address = reverse("business_case:export", args=[case.slug, document])
    if not document.is_kept:
        return replace(_told(document), url=address)
    ask_url = reverse("business_case:preparation", args=[case.slug, document])
    return kept_entry(document, source, export, address=address, ask_url=ask_url)


def kept_entry(
    document: Document, source: api.ExportSource | None, export: Export | None, *, address: str, ask_url: str
) -> ExportEntry:
    """Return the entry of a document that is made in the background.

    Args:
        source: What it would be made from now.
        export: What is kept of it, or under way; None while there is neither.
        address, ask_url: Where it is downloaded, and where it is asked for.
    """
    entry = replace(_told(document), ask_url=ask_url, ask=_("Make"))
    return entry if export is None else _of_export(entry, export, address, source)


def _told(document: Document) -> ExportEntry:
    return ExportEntry(
        anchor=anchor_of(document),
        title=str(document.title),
        audience=str(document.audience),
        detail=str(document.detail),
        kind=document.file_name.rpartition(".")[2].upper(),
    )


def _of_export(entry: ExportEntry, export: Export, address: str, source: api.ExportSource | None) -> ExportEntry:
    entry = _with_file(entry, export, address, source)
    if api.is_stalled(export):
        return replace(entry, failure=_("The work stopped without a result."), ask=_("Try again"))
    if export.state == "failed":
        return replace(entry, failure=export.failure, ask=_("Try again"))
    if export.state == "waiting":
        return replace(entry, waiting=_waiting(export), ask_url="")
    if export.state == "running":
        return replace(entry, progress=round(export.progress * 100), ask_url="")
    return entry if entry.is_stale else replace(entry, ask_url="")


def _with_file(entry: ExportEntry, export: Export, address: str, source: api.ExportSource | None) -> ExportEntry:
    if export.made_at is None:
        return entry
    return replace(
        entry,
        url=f"{address}?of={export.digest[:16]}",
        made=_made(export),
        is_stale=source is None or export.digest != source.digest,
        ask=_("Make anew"),
    )


def _made(export: Export) -> str:
    told = {"instant": formats.instant(export.made_at), "size": filesizeformat(export.content_bytes)}  # type: ignore[arg-type]
    if export.presentation_number is None:
        return _("Made on %(instant)s from the draft, %(size)s.") % told
    number = export.presentation_number
    return _("Made on %(instant)s from presentation %(number)s, %(size)s.") % {**told, "number": number}


def _waiting(export: Export) -> str:
    if clock.now() - export.asked_at < LONG_WAIT:
        return _("Waiting for its turn.")
    return _(
        "Waiting since %(time)s for the background worker. It is made as soon as that has time, or runs again."
    ) % {"time": formats.time_of_day(export.asked_at)}
