"""The gate, the presentation it guards, and the brief that comes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mycelia.business_case import api, tasks
from mycelia.business_case.errors import CaseIncomplete, NotPresented
from mycelia.business_case.exports.catalogue import DOCUMENTS
from mycelia.business_case.models import Case
from mycelia.business_case.pages.gate import gate_page
from mycelia.business_case.permissions import PresentCase
from mycelia.business_case.types import CaseState, Missing
from mycelia.business_case.views.cases import rights_of
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def presentation(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what is missing, or present the case."""
    case = api.case_for(actor_of(request), slug)
    if request.method != "POST":
        return _gate(request, case, None)
    require(actor_of(request), PresentCase(), case)
    try:
        api.present_case(actor=actor_of(request), case=case)
    except CaseIncomplete as refused:
        return _gate(request, case, refused.missing, status=refused.status)
    messages.success(request, _("The case is presented and its figures are frozen. The brief is being made."))
    return redirect("business_case:case", slug)


@require_safe
def brief(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the brief of the latest presentation, which one of the exports is."""
    case = api.case_for(actor_of(request), slug)
    if api.export_sources(case).presented is None:
        raise NotPresented(slug=slug)
    name = tasks.BRIEF if case.state == CaseState.PRESENTED else api.PRESENTED_BRIEF
    return redirect("business_case:export", slug, DOCUMENTS[name])


def _gate(request: HttpRequest, case: Case, missing: tuple[Missing, ...] | None, status: int = 200) -> HttpResponse:
    rights, sheet = rights_of(actor_of(request), case), api.case_sheet(case)
    page = gate_page(
        sheet,
        api.missing_from_case(sheet) if missing is None else missing,
        api.cautions_of_case(sheet),
        is_refused=status != 200,
        may_edit=rights.may_edit,
        may_present=rights.may_present,
    )
    return render_page(request, "business_case/presentation.html", page, status=status)
