"""Objectives and KPIs: add, change, remove, and the record behind an actual value."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mycelia.business_case import api
from mycelia.business_case.forms import KpiForm, ObjectiveForm
from mycelia.business_case.forms.fields import GroupedForm
from mycelia.business_case.models import Case, Objective
from mycelia.business_case.pages.editing import form_page, removal_page
from mycelia.business_case.views.edges import editable_case, form_status, to_part
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

FORM = "business_case/form.html"
REMOVAL = "business_case/removal.html"


@require_http_methods(["GET", "HEAD", "POST"])
def objective_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add an objective."""
    case = editable_case(request, slug)
    form = ObjectiveForm(request.POST or None)
    if form.is_valid():
        objective = api.add_objective(actor=actor_of(request), case=case, **form.cleaned_data)
        messages.success(request, _("The objective is added. It needs a KPI."))
        return redirect(to_part(case, f"objective-{objective.pk}"))
    return _form(request, form, case, _("Add an objective"))


@require_http_methods(["GET", "HEAD", "POST"])
def objective(request: HttpRequest, slug: str, objective_id: int) -> HttpResponse:
    """Change an objective."""
    case = editable_case(request, slug)
    found = api.objective_of(case, objective_id)
    form = ObjectiveForm(request.POST or None, initial={"title": found.title, "description": found.description})
    if form.is_valid():
        api.change_objective(actor=actor_of(request), objective=found, **form.cleaned_data)
        messages.success(request, _("The objective is saved."))
        return redirect(to_part(case, f"objective-{found.pk}"))
    removal = reverse("business_case:objective_removal", args=[slug, objective_id])
    return _form(request, form, case, _("Change the objective"), removal_url=removal)


@require_http_methods(["GET", "HEAD", "POST"])
def objective_removal(request: HttpRequest, slug: str, objective_id: int) -> HttpResponse:
    """Ask, then remove an objective with its KPIs."""
    case = editable_case(request, slug)
    found = api.objective_of(case, objective_id)
    if request.method == "POST":
        api.remove_objective(actor=actor_of(request), objective=found)
        messages.success(request, _("The objective is removed."))
        return redirect(to_part(case, "objectives"))
    page = removal_page(
        case,
        title=_("Remove the objective “%(title)s”?") % {"title": found.title},
        message=_("The objective goes with all of its KPIs. Earlier presentations keep what they showed."),
        what_goes=tuple(kpi.name for kpi in found.kpis.all()),
    )
    return render_page(request, REMOVAL, page)


@require_http_methods(["GET", "HEAD", "POST"])
def kpi_new(request: HttpRequest, slug: str, objective_id: int) -> HttpResponse:
    """Add a KPI to an objective."""
    case = editable_case(request, slug)
    found = api.objective_of(case, objective_id)
    form = KpiForm(request.POST or None)
    if form.is_valid():
        kpi = api.add_kpi(actor=actor_of(request), objective=found, terms=form.terms())
        messages.success(request, _("The KPI is added."))
        return redirect(to_part(case, f"kpi-{kpi.pk}"))
    return _form(request, form, case, _("Add a KPI"), _kpi_lead(found))


@require_http_methods(["GET", "HEAD", "POST"])
def kpi(request: HttpRequest, slug: str, kpi_id: int) -> HttpResponse:
    """Change a KPI."""
    case = editable_case(request, slug)
    found = api.kpi_of(case, kpi_id)
    form = KpiForm(request.POST or None, initial=KpiForm.initial_of(found))
    if form.is_valid():
        api.change_kpi(actor=actor_of(request), kpi=found, terms=form.terms())
        messages.success(request, _("The KPI is saved."))
        return redirect(to_part(case, f"kpi-{found.pk}"))
    removal = reverse("business_case:kpi_removal", args=[slug, kpi_id])
    return _form(request, form, case, _("Change the KPI"), _kpi_lead(found.objective), removal)


@require_http_methods(["GET", "HEAD", "POST"])
def kpi_removal(request: HttpRequest, slug: str, kpi_id: int) -> HttpResponse:
    """Ask, then remove a KPI."""
    case = editable_case(request, slug)
    found = api.kpi_of(case, kpi_id)
    if request.method == "POST":
        api.remove_kpi(actor=actor_of(request), kpi=found)
        messages.success(request, _("The KPI is removed."))
        return redirect(to_part(case, f"objective-{found.objective_id}"))
    readings = api.readings_of(found).count()
    page = removal_page(
        case,
        title=_("Remove the KPI “%(name)s”?") % {"name": found.name},
        message=_(
            "Its baseline, target, owner and source go with it; undoing brings all of it back. Earlier presentations "
            "keep what they showed."
        ),
        what_goes=(ngettext("%(n)s reading", "%(n)s readings", readings) % {"n": readings},) if readings else (),
    )
    return render_page(request, REMOVAL, page)


def _kpi_lead(objective: Objective) -> str:
    return _(
        "For the objective “%(title)s”. Name and unit are enough to save; the case can be presented once baseline, "
        "target, owner and source are known."
    ) % {"title": objective.title}


def _form(
    request: HttpRequest, form: GroupedForm, case: Case, title: str, lead: str = "", removal_url: str = ""
) -> HttpResponse:
    page = form_page(form, case, title=title, lead=lead, removal_url=removal_url)
    return render_page(request, FORM, page, status=form_status(form))
