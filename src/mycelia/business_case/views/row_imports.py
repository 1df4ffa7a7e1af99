"""Taking a file of a KPI's values, and a file of systems: checked, or applied wholly or not at all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from mycelia.business_case import api
from mycelia.business_case.errors import RowsRefused
from mycelia.business_case.forms.files import SeriesForm, SystemsForm
from mycelia.business_case.pages.blueprint_frame import address
from mycelia.business_case.pages.file_import import FileImportPage
from mycelia.business_case.pages.row_imports import series_page, systems_import_page, systems_taken, values_taken
from mycelia.business_case.views.blueprint_edges import editor
from mycelia.business_case.views.edges import UNPROCESSABLE, editable_case, form_status, sent_files
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def series_import(request: HttpRequest, slug: str, kpi_id: int) -> HttpResponse:
    """Take the values of a KPI from a file."""
    case = editable_case(request, slug)
    kpi = api.kpi_of(case, kpi_id)
    form = SeriesForm(*sent_files(request))
    if not form.is_valid():
        return _answer(request, series_page(case, kpi, form), form_status(form))
    content, name = form.content(), form.file_name
    try:
        if "check" in request.POST:
            plan = api.check_series(kpi, content, file_name=name)
            return _answer(request, series_page(case, kpi, form, plan=plan), _status(plan.faults))
        plan = api.import_series(actor=actor_of(request), kpi=kpi, content=content, file_name=name)
    except RowsRefused as refused:
        form.add_error("file", str(refused))
        return _answer(request, series_page(case, kpi, form, faults=refused.faults), UNPROCESSABLE)
    messages.success(request, values_taken(plan))
    return redirect("business_case:kpi_readings", slug, kpi_id)


@require_http_methods(["GET", "HEAD", "POST"])
def systems_import(request: HttpRequest) -> HttpResponse:
    """Take systems into the register from a file."""
    actor = editor(request)
    form = SystemsForm(*sent_files(request))
    if not form.is_valid():
        return _answer(request, systems_import_page(form), form_status(form))
    try:
        if "check" in request.POST:
            plan = api.check_systems(actor, form.content())
            return _answer(request, systems_import_page(form, plan=plan), _status(plan.faults))
        plan = api.import_systems(actor=actor, content=form.content())
    except RowsRefused as refused:
        form.add_error("file", str(refused))
        return _answer(request, systems_import_page(form, faults=refused.faults), UNPROCESSABLE)
    messages.success(request, systems_taken(plan))
    return redirect(address("systems"))


def _status(faults: tuple[object, ...]) -> int:
    return UNPROCESSABLE if faults else 200


def _answer(request: HttpRequest, page: FileImportPage, status: int) -> HttpResponse:
    return render_page(request, "business_case/file_import.html", page, status=status)
