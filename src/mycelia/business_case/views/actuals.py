"""The record behind a KPI's actual value."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mycelia.business_case import api
from mycelia.business_case.errors import NoActual
from mycelia.business_case.pages.actual import actual_page
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page


@require_safe
def kpi_actual(request: HttpRequest, slug: str, kpi_id: int) -> HttpResponse:
    """Show how the platform computed a KPI: definition, inputs, months, and the people the actor may see."""
    case = api.case_for(actor_of(request), slug)
    kpi = api.kpi_of(case, kpi_id)
    record = api.actual_record(actor_of(request), case, kpi)
    if record is None:
        raise NoActual(slug=slug, kpi=kpi_id)
    return render_page(request, "business_case/kpi_actual.html", actual_page(case, kpi, record))
