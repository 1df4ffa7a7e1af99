"""Pages that take a file: what it may hold, what it would do, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.business_case.forms.files import FileForm
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.problems import problem_in_words
from mycelia.business_case.types import BookingFault, FileFault, Problem
from mycelia.ui.api import Breadcrumb

SHOWN_FAULTS = 100


@dataclass(frozen=True)
class FaultRow:
    """One thing that is wrong: the line or path, the column or field, and why."""

    place: str
    field: str
    reason: str


@dataclass(frozen=True)
class FileImportPage:
    """Context of every page that takes a file.

    Attributes:
        report: What a file that was only checked would do; empty before one was.
        columns: Name, meaning, and whether it is needed, of a file with columns.
        check_label: Of the button that only checks; empty where there is none.
    """

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: FileForm
    submit_label: str
    cancel_url: str
    faults: tuple[FaultRow, ...] = ()
    more_faults: str = ""
    report: str = ""
    columns: tuple[tuple[str, str, bool], ...] = ()
    check_label: str = ""


def more_faults(count: int) -> str:
    """Return that there are more faults than the page shows; empty where there are none."""
    return _("… and %(count)s more") % {"count": count - SHOWN_FAULTS} if count > SHOWN_FAULTS else ""


def restoration_page(form: FileForm, faults: tuple[FaultRow, ...] = ()) -> FileImportPage:
    """Return the page on which a case is restored from its file."""
    title = _("Restore a case from its file")
    return FileImportPage(
        title=title,
        lead=_("The whole case comes back, or nothing: lines, versions, bookings, closed months and decisions."),
        breadcrumbs=trail(None, title),
        form=form,
        submit_label=_("Restore the case"),
        cancel_url=reverse("business_case:new"),
        faults=faults[:SHOWN_FAULTS],
        more_faults=more_faults(len(faults)),
    )


def file_fault_rows(faults: Iterable[FileFault]) -> tuple[FaultRow, ...]:
    """Return the faults of a file as rows."""
    return tuple(FaultRow(fault.place, "", fault.reason) for fault in faults)


def problem_rows(problems: Iterable[Problem]) -> tuple[FaultRow, ...]:
    """Return as rows why a case cannot be computed."""
    return tuple(FaultRow(problem.subject, problem.field, problem_in_words(problem)) for problem in problems)


def row_faults(faults: Iterable[BookingFault]) -> tuple[FaultRow, ...]:
    """Return the faults of the rows of a file."""
    return tuple(FaultRow(_("line %(line)s") % {"line": each.line}, each.column, each.reason) for each in faults)


def faulty(count: int) -> str:
    """Return what a checked file with faults would do."""
    wrong = ngettext("%(count)s row is wrong", "%(count)s rows are wrong", count) % {"count": count}
    return _("%(wrong)s, so nothing would be changed.") % {"wrong": wrong}


def rows_page(
    page: FileImportPage, faults: Sequence[BookingFault], *, report: str, columns: Iterable[tuple[str, object, bool]]
) -> FileImportPage:
    """Return a page that takes a file of rows, with what a checked or refused file showed."""
    return replace(
        page,
        faults=row_faults(faults[:SHOWN_FAULTS]),
        more_faults=more_faults(len(faults)),
        report=report,
        columns=tuple((name, str(meaning), needed) for name, meaning, needed in columns),
        check_label=_("Only check it"),
    )
