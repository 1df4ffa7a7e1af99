"""Cost and benefit lines: add, change, remove."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mycelia.business_case import api
from mycelia.business_case.forms import LineForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.editing import form_page, removal_page
from mycelia.business_case.types import LineKind
from mycelia.business_case.views.edges import editable_case, form_status, to_part
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def line_new(request: HttpRequest, slug: str, kind: LineKind) -> HttpResponse:
    """Add a line."""
    case = editable_case(request, slug)
    form = LineForm(request.POST or None, case=case, kind=kind)
    if form.is_valid():
        api.add_line(actor=actor_of(request), case=case, kind=kind, terms=form.terms())
        messages.success(request, _("The line is added, and every figure follows."))
        return redirect(to_part(case, f"{kind}s"))
    title = _("Add a cost") if kind is LineKind.COST else _("Add a benefit")
    return _form(request, form, case, title)


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, slug: str, kind: LineKind, line_id: int) -> HttpResponse:
    """Change a line."""
    case = editable_case(request, slug)
    found = api.line_of(case, kind, line_id)
    form = LineForm(request.POST or None, case=case, kind=kind, initial=LineForm.initial_of(found))
    if form.is_valid():
        api.change_line(actor=actor_of(request), line=found, terms=form.terms())
        messages.success(request, _("The line is saved, and every figure follows."))
        return redirect(to_part(case, f"{kind}s"))
    title = _("Change the cost") if kind is LineKind.COST else _("Change the benefit")
    removal = reverse("business_case:line_removal", args=[slug, kind, line_id])
    return _form(request, form, case, title, removal)


@require_http_methods(["GET", "HEAD", "POST"])
def line_removal(request: HttpRequest, slug: str, kind: LineKind, line_id: int) -> HttpResponse:
    """Ask, then remove a line with its amounts."""
    case = editable_case(request, slug)
    found = api.line_of(case, kind, line_id)
    if request.method == "POST":
        api.remove_line(actor=actor_of(request), line=found)
        messages.success(request, _("The line is removed, and every figure follows."))
        return redirect(to_part(case, f"{kind}s"))
    page = removal_page(
        case,
        title=_("Remove “%(description)s”?") % {"description": found.description},
        message=_("The line goes with the amounts below, and every figure changes. Earlier presentations keep theirs."),
        what_goes=tuple(
            f"{formats.year_name(year)}: {case.currency} {formats.amount(amount)}"
            for year, amount in enumerate(found.amounts)
            if amount
        ),
    )
    return render_page(request, "business_case/removal.html", page)


def _form(request: HttpRequest, form: LineForm, case: Case, title: str, removal_url: str = "") -> HttpResponse:
    page = form_page(form, case, title=title, removal_url=removal_url)
    return render_page(request, "business_case/form.html", page, status=form_status(form))
