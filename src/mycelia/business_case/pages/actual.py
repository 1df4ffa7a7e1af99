"""How the platform computed a KPI's actual value."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats as django_formats
from django.utils.translation import gettext as _

from mycelia.business_case.models import Case, Kpi
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.queries import MOST_PEOPLE, ActualRecord
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class ActualPage:
    """Context of `/case/<slug>/kpis/<id>/actual/`."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    value: str
    as_of: str
    definition: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    people_note: str
    metric_url: str
    case_url: str


def actual_page(case: Case, kpi: Kpi, record: ActualRecord) -> ActualPage:
    """Return the page of one actual value."""
    value = record.value.value
    return ActualPage(
        title=kpi.name,
        lead=_("How the platform computed the actual value, and the record it was counted from."),
        breadcrumbs=trail(case, kpi.name),
        value=_("unknown") if value is None else formats.measure(value, kpi.unit),
        as_of=formats.instant(record.value.as_of),
        definition=_definition(record),
        inputs=_inputs(case, kpi, record),
        months=tuple(
            (django_formats.date_format(month.month, "YEAR_MONTH_FORMAT"), str(month.count)) for month in record.months
        ),
        people=tuple((row.name, formats.instant(row.moment)) for row in record.people),
        people_note=_people_note(len(record.people)),
        metric_url=f"{reverse('insights:metrics')}#{record.metric.id}",
        case_url=f"{reverse('business_case:case', args=[case.slug])}#kpi-{kpi.pk}",
    )


def _people_note(count: int) -> str:
    if count == MOST_PEOPLE:
        return _("The latest %(count)s rows whose people you may see by name.") % {"count": count}
    return _("Rows whose people you may see by name: yourself, your reports, and the part you administer.")


def _definition(record: ActualRecord) -> tuple[tuple[str, str], ...]:
    metric = record.metric
    return (
        (_("Metric"), _("%(name)s, version %(version)s") % {"name": metric.name, "version": metric.version}),
        (_("Definition"), str(metric.definition)),
        (_("Formula"), str(metric.formula)),
        (_("Source"), str(metric.source)),
    )


def _inputs(case: Case, kpi: Kpi, record: ActualRecord) -> tuple[tuple[str, str], ...]:
    query = record.query
    return (
        (_("Course"), kpi.metric_course.title if kpi.metric_course else _("every course")),
        (_("Part of the organisation"), case.scope_unit.name if case.scope_unit else _("the whole company")),
        (_("Counted from"), formats.instant(query.since) if query.since else _("the first record")),
        (_("Counted until"), formats.instant(query.until)),
    )
