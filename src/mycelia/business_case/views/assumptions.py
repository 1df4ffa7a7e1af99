"""The assumption register of a case."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mycelia.business_case import api
from mycelia.business_case.exports.assumptions import assumptions_of
from mycelia.business_case.pages.assumptions import assumptions_page
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

PER_PAGE = 100


@require_safe
def assumptions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every number that the draft rests on, with its shape, its source and how it is known."""
    case = api.case_for(actor_of(request), slug)
    pages = Paginator(assumptions_of(api.case_model(case)), PER_PAGE).get_page(request.GET.get("page"))
    return render_page(request, "business_case/assumptions.html", assumptions_page(case, pages))
