"""What is booked for a case, and what a file of bookings would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.business_case.calc.ledger import is_long_before
from mycelia.business_case.forms.actuals import LedgerForm
from mycelia.business_case.models import Case, LedgerEntry, LedgerFile
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.restored import with_origin
from mycelia.business_case.pages.vocabulary import CATEGORIES
from mycelia.business_case.types import BookingFault, CostCategory, LedgerPlan
from mycelia.ui.api import Breadcrumb

NO_NAMES: Mapping[str, str] = MappingProxyType({})
SHOWN_FAULTS, SHOWN_EARLY = 100, 5
COLUMNS = (
    ("date", _("Day of the booking, as 2026-03-31"), True),
    ("amount", _("1234.56; negative is a credit note"), True),
    ("reference", _("The ledger's own document number, once in a case"), True),
    ("category", _("licences, infrastructure, integration, migration, content_development, …; for costs"), True),
    ("kind", _("cost, or benefit for a benefit that was booked with evidence; cost when left out"), False),
    ("item", _("Description or key of a line; for a benefit it is needed"), False),
    ("currency", _("Only that of the case"), False),
    ("description", _("What was bought"), False),
    ("cost_centre", _("Who paid"), False),
)
"""Name, meaning, and whether it is needed."""


@dataclass(frozen=True)
class EntryRow:
    """One booking."""

    day: str
    what: str
    description: str
    reference: str
    amount: str
    file: str
    is_early: bool


@dataclass(frozen=True)
class FileRow:
    """One file that was booked."""

    name: str
    imported: str
    removal_url: str


@dataclass(frozen=True)
class LedgerPage:
    """Context of `/case/<slug>/actuals/ledger/`."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: LedgerForm | None
    columns: tuple[tuple[str, str, bool], ...]
    report: str
    early: str
    faults: tuple[BookingFault, ...]
    more_faults: str
    entries: tuple[EntryRow, ...]
    pages: Page
    files: tuple[FileRow, ...]
    actuals_url: str
    narrowed: str
    query: str
    all_url: str


def ledger_page(
    case: Case,
    pages: Page,
    files: list[LedgerFile],
    *,
    form: LedgerForm | None,
    plan: LedgerPlan | None = None,
    faults: tuple[BookingFault, ...] = (),
    of: str = "",
    names: Mapping[str, str] = NO_NAMES,
) -> LedgerPage:
    """Return the page; `form` is None for who may only read, `plan` is what a checked file would do.

    Args:
        of: The cost category or the key of the benefit to which bookings are narrowed; empty for all.
        names: Descriptions of benefits by key.
    """
    found = faults or (() if plan is None else plan.faults)
    return LedgerPage(
        title=_("Ledger"),
        lead=_("What was really spent, and which benefits were booked with evidence."),
        breadcrumbs=trail_to_ledger(case),
        form=form,
        columns=tuple((name, str(meaning), needed) for name, meaning, needed in COLUMNS),
        report="" if plan is None else _report(plan),
        early="" if plan is None else early_in_words(plan),
        faults=found[:SHOWN_FAULTS],
        more_faults=_more(len(found) - SHOWN_FAULTS),
        entries=tuple(_entry(case, entry) for entry in pages),
        pages=pages,
        files=tuple(_file(case, file) for file in files) if form is not None else (),
        actuals_url=reverse("business_case:actuals", args=[case.slug]),
        narrowed=_narrowed(of, names),
        query=urlencode({"of": of}) if of else "",
        all_url=reverse("business_case:ledger", args=[case.slug]),
    )


def _narrowed(of: str, names: Mapping[str, str]) -> str:
    if of in set(CostCategory):
        return str(CATEGORIES[CostCategory(of)])
    return names.get(of, of)


def trail_to_ledger(case: Case) -> tuple[Breadcrumb, ...]:
    """Return the way from the list of cases to a case's ledger."""
    return (
        Breadcrumb(_("Business cases"), reverse("business_case:list")),
        Breadcrumb(case.name, reverse("business_case:case", args=[case.slug])),
        Breadcrumb(_("Plan and actual"), reverse("business_case:actuals", args=[case.slug])),
        Breadcrumb(_("Ledger")),
    )


def _more(count: int) -> str:
    return _("… and %(count)s more") % {"count": count} if count > 0 else ""


def _report(plan: LedgerPlan) -> str:
    booked = ngettext("%(count)s new booking", "%(count)s new bookings", len(plan.new)) % {"count": len(plan.new)}
    if plan.faults:
        wrong = ngettext("%(count)s row is wrong", "%(count)s rows are wrong", len(plan.faults))
        return _("%(wrong)s, so nothing would be booked.") % {"wrong": wrong % {"count": len(plan.faults)}}
    return _("The file is good: %(booked)s, %(unchanged)s booked already. Nothing was booked yet.") % {
        "booked": booked,
        "unchanged": plan.unchanged,
    }


def early_in_words(plan: LedgerPlan) -> str:
    """Return which bookings lie so long before the case begins that their day may be wrong; empty for none."""
    if not plan.early:
        return ""
    words = ngettext(
        "%(count)s booking lies more than a year before the case begins and counts at its start: is the day right? "
        "%(named)s.",
        "%(count)s bookings lie more than a year before the case begins and count at its start: are the days right? "
        "%(named)s.",
        len(plan.early),
    )
    named = [
        _("line %(line)s, %(day)s") % {"line": one.line, "day": formats.day(one.booked_on)}
        for one in plan.early[:SHOWN_EARLY]
    ]
    more = [_more(len(plan.early) - SHOWN_EARLY)] if len(plan.early) > SHOWN_EARLY else []
    return words % {"count": len(plan.early), "named": "; ".join([*named, *more])}


def _entry(case: Case, entry: LedgerEntry) -> EntryRow:
    category = str(CATEGORIES[CostCategory(entry.category)]) if entry.category else _("Benefit")
    return EntryRow(
        day=formats.day(entry.booked_on),
        what=category,
        description=entry.description,
        reference=entry.reference,
        amount=f"{case.currency}{formats.NO_BREAK_SPACE}{formats.number(entry.amount, places=2)}",
        file=with_origin(entry.file.name, entry.file),
        is_early=is_long_before(case.start, entry.booked_on),
    )


def _file(case: Case, file: LedgerFile) -> FileRow:
    imported = _("%(who)s, %(when)s") % {"who": file.imported_by_name, "when": formats.instant(file.imported_at)}
    return FileRow(
        file.name, with_origin(imported, file), reverse("business_case:ledger_removal", args=[case.slug, file.pk])
    )
