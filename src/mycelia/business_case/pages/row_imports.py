"""The pages that take a file of a KPI's values, and a file of systems."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mycelia.business_case.forms.files import RowsForm
from mycelia.business_case.models import Case, Kpi
from mycelia.business_case.pages.blueprint_frame import address, to_systems
from mycelia.business_case.pages.blueprint_frame import trail as blueprint_trail
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.file_import import FileImportPage, faulty, rows_page
from mycelia.business_case.types import BookingFault, SeriesPlan, SystemPlan

SERIES_COLUMNS = (
    ("date", gettext_lazy("Day of the value, as 2026-03-31"), True),
    ("value", gettext_lazy("12.5; at most four decimal places"), True),
    ("evidence", gettext_lazy("Report, system or person; that of the KPI when left out"), False),
)
SYSTEM_COLUMNS = (
    ("name", gettext_lazy("What the system is called; a known name changes that system"), True),
    ("purpose", gettext_lazy("learning_platform, knowledge_base, authoring, media, assessment, …"), True),
    ("description, vendor", gettext_lazy("Text"), False),
    ("owner", gettext_lazy("E-mail address of a person here"), False),
    ("lifecycle", gettext_lazy("planned, pilot, active, sunset or retired; active when left out"), False),
    ("users_licensed, users_active", gettext_lazy("People; empty is unknown, never 0"), False),
    ("yearly_cost, exit_cost", gettext_lazy("1234.56; empty is unknown, never 0"), False),
    ("currency", gettext_lazy("Three letters; EUR when left out"), False),
    ("counted_on, contract_end, end_of_life", gettext_lazy("Day, as 2026-03-31"), False),
    ("elements", gettext_lazy("strategy, process, culture, content, delivery, technology; separated by spaces"), False),
)


def series_page(
    case: Case, kpi: Kpi, form: RowsForm, *, plan: SeriesPlan | None = None, faults: Sequence[BookingFault] = ()
) -> FileImportPage:
    """Return the page; `plan` is what a checked file would do."""
    title = _("Values of “%(name)s” from a file") % {"name": kpi.name}
    page = FileImportPage(
        title=title,
        lead=_("A value replaces the one of its day. The file is taken wholly or not at all."),
        breadcrumbs=trail(case, title),
        form=form,
        submit_label=_("Take the values"),
        cancel_url=reverse("business_case:kpi_readings", args=[case.slug, kpi.pk]),
    )
    report = "" if plan is None else _series_report(plan)
    return rows_page(page, plan.faults if plan else faults, report=report, columns=SERIES_COLUMNS)


def systems_import_page(
    form: RowsForm, *, plan: SystemPlan | None = None, faults: Sequence[BookingFault] = ()
) -> FileImportPage:
    """Return the page; `plan` is what a checked file would do."""
    title = _("Systems from a file")
    page = FileImportPage(
        title=title,
        lead=_("New names are added, known ones changed; a column that the file has not stays as it is."),
        breadcrumbs=blueprint_trail(to_systems(), last=title),
        form=form,
        submit_label=_("Take the systems"),
        cancel_url=address("systems"),
    )
    report = "" if plan is None else _systems_report(plan)
    return rows_page(page, plan.faults if plan else faults, report=report, columns=SYSTEM_COLUMNS)


def values_taken(plan: SeriesPlan) -> str:
    """Return what a file of values did or would do."""
    new = ngettext("%(count)s new value", "%(count)s new values", len(plan.new)) % {"count": len(plan.new)}
    return _("%(new)s, %(replaced)s in place of others, %(unchanged)s there already.") % {
        "new": new,
        "replaced": len(plan.replaced),
        "unchanged": plan.unchanged,
    }


def systems_taken(plan: SystemPlan) -> str:
    """Return what a file of systems did or would do."""
    new = ngettext("%(count)s new system", "%(count)s new systems", len(plan.new)) % {"count": len(plan.new)}
    return _("%(new)s, %(changed)s changed, %(unchanged)s as they are.") % {
        "new": new,
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
    }


def _series_report(plan: SeriesPlan) -> str:
    return faulty(len(plan.faults)) if plan.faults else _good(values_taken(plan))


def _systems_report(plan: SystemPlan) -> str:
    return faulty(len(plan.faults)) if plan.faults else _good(systems_taken(plan))


def _good(words: str) -> str:
    return _("The file is good: %(words)s Nothing was changed yet.") % {"words": words}
