"""The uploaded series of one KPI."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.forms.actuals import ReadingForm
from mycelia.business_case.models import Case, Kpi, KpiReading
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.queries.history import History
from mycelia.business_case.types import Reading
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class ReadingsPage:
    """Context of `/case/<slug>/kpis/<id>/readings/`; each row is day, value and evidence.

    Attributes:
        own_url: Where undo and redo lead back to.
        undo_url, redo_url: Empty where there is nothing to undo or to do again.
    """

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: ReadingForm | None
    rows: tuple[tuple[str, str, str], ...]
    pages: Page
    import_url: str
    own_url: str
    undo_url: str
    redo_url: str


def readings_page(case: Case, kpi: Kpi, pages: Page, form: ReadingForm | None, history: History) -> ReadingsPage:
    """Return the page; `form` is None for who may only read, and whose `history` is of no use then."""
    may_edit = form is not None
    return ReadingsPage(
        title=kpi.name,
        lead=_("Its values as they were read, each with its evidence. A second reading of a day replaces the first."),
        breadcrumbs=trail(case, kpi.name),
        form=form,
        rows=tuple((formats.day(row.read_on), formats.measure(row.value, kpi.unit), row.evidence) for row in pages),
        pages=pages,
        import_url=reverse("business_case:kpi_readings_import", args=[case.slug, kpi.pk]) if may_edit else "",
        own_url=reverse("business_case:kpi_readings", args=[case.slug, kpi.pk]),
        undo_url=reverse("business_case:undo", args=[case.slug]) if may_edit and history.can_undo else "",
        redo_url=reverse("business_case:redo", args=[case.slug]) if may_edit and history.can_redo else "",
    )


def saved_reading_in_words(kpi: Kpi, reading: Reading, before: KpiReading | None) -> str:
    """Return what became of a reading: that it is new, or which one of its day it replaced."""
    if before is None:
        return _("The reading is saved.")
    if (before.value, before.evidence) == (reading.value, reading.evidence):
        return _("This reading stood there already; nothing changed.")
    words = _(
        "The reading is saved. It replaces %(value)s of %(day)s (%(evidence)s), which the audit log keeps and "
        "Undo brings back."
    )
    told = {"value": formats.measure(before.value, kpi.unit), "day": formats.day(before.read_on)}
    return words % {**told, "evidence": before.evidence}
