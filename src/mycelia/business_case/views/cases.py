"""The list of cases, one case, and its terms."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mycelia.business_case import api
from mycelia.business_case.forms import CaseForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages.case import Rights, case_page
from mycelia.business_case.pages.editing import form_page
from mycelia.business_case.pages.item_form import ItemPlace
from mycelia.business_case.pages.listing import case_list_page
from mycelia.business_case.permissions import CreateCase, EditCase, PresentCase
from mycelia.business_case.types import CaseState, ItemKind
from mycelia.business_case.views.edges import editable_case
from mycelia.business_case.views.items import Edited, answer_edit
from mycelia.kernel.policy import Actor, allowed, require
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

PER_PAGE = 25


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """List the cases the actor may read."""
    pages = Paginator(api.cases_for(actor_of(request)), PER_PAGE).get_page(request.GET.get("page"))
    page = case_list_page(pages, may_create=allowed(actor_of(request), CreateCase()))
    return render_page(request, "business_case/case_list.html", page)


@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one case with its figures, each with its derivation."""
    found = api.case_for(actor_of(request), slug)
    sheet, rights = api.case_sheet(found), rights_of(actor_of(request), found)
    page = case_page(
        sheet,
        state=CaseState(found.state),
        missing=api.missing_from_case(sheet),
        cautions=api.cautions_of_case(sheet),
        presentation=api.latest_presentation(found),
        rights=rights,
        outlook=api.outlook_of(found, sheet.model),
        closed=api.performance_at_close(found),
        history=api.history_of(actor_of(request), found) if rights.may_edit else None,
    )
    return render_page(request, "business_case/case.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a case."""
    require(actor_of(request), CreateCase())
    form = CaseForm(request.POST or None, actor=actor_of(request))
    if form.is_valid():
        created = api.create_case(actor=actor_of(request), terms=form.terms())
        messages.success(request, _("The case is created. Next: its objectives, costs and benefits."))
        return redirect("business_case:case", created.slug)
    page = form_page(form, None, title=_("New business case"))
    return render_page(request, "business_case/form.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the terms of a case."""
    found = editable_case(request, slug)
    state = api.item_of(found, ItemKind.TERMS)
    typed = request.POST if request.method == "POST" else None
    form = CaseForm(typed, actor=actor_of(request), initial=CaseForm.initial_of(state.value))
    address = reverse("business_case:case", args=[slug])
    place = ItemPlace(_("Terms of the case"), reverse("business_case:terms", args=[slug]), address)
    return answer_edit(request, Edited(found, form, state, place))


def rights_of(actor: Actor, found: Case) -> Rights:
    """Return what the actor may do with a case."""
    return Rights(allowed(actor, EditCase(), found), allowed(actor, PresentCase(), found))
