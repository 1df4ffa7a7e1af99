"""Sending, checking, applying and discarding people files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mycelia.kernel.errors import NotFound, QueueFull
from mycelia.kernel.policy import require
from mycelia.people import api, tasks
from mycelia.people.errors import WrongImportState
from mycelia.people.forms import PeopleFileForm
from mycelia.people.pages.imports import application_form, imports_page, run_page
from mycelia.ui.api import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: Any) -> HttpResponse:
    """Take a file, and show what was sent before."""
    require(request.actor, api.ImportPeople())
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        form = PeopleFileForm(request.POST, request.FILES)
        status = 422
        if form.is_valid():
            try:
                return redirect("people:import", run_id=_upload(request.actor, form))
            except QueueFull as error:
                form.add_error(None, str(error))
                status = error.status
    page = imports_page(form, request.GET.get("page", "1"))
    return render_page(request, "people/import_new.html", page, status=status)


@require_safe
def import_run(request: Any, run_id: int) -> HttpResponse:
    """Show an import: its progress, its plan, or what it has done."""
    require(request.actor, api.ImportPeople())
    page = run_page(run_id, kind=request.GET.get("kind", ""), number=request.GET.get("page", "1"))
    return render_page(request, "people/import_review.html", page, fragment="people/_import.html")


@require_POST
def application(request: Any, run_id: int) -> HttpResponse:
    """Apply the plan the reviewer has seen, with what they have confirmed."""
    require(request.actor, api.ImportPeople())
    run = api.import_run(run_id)
    if run is None:
        raise NotFound(run=run_id)
    form = application_form(run, request.POST)
    if not form.is_valid():
        return render_page(request, "people/import_review.html", run_page(run_id, form=form), status=422)
    if form.cleaned_data["plan"] != run.plan_digest:
        raise WrongImportState(run=run_id)
    api.request_application(
        actor=request.actor,
        run_id=run_id,
        confirmed_deactivations=form.confirmed_deactivations,
        brake_released=bool(form.cleaned_data.get("release_brake")),
        job=tasks.apply_import,
    )
    return redirect("people:import", run_id=run_id)


@require_POST
def check(request: Any, run_id: int) -> HttpResponse:
    """Check the file again, against the directory as it is now."""
    api.request_check(actor=request.actor, run_id=run_id, job=tasks.check_import)
    return redirect("people:import", run_id=run_id)


@require_POST
def disposal(request: Any, run_id: int) -> HttpResponse:
    """Discard a file that was not applied."""
    api.discard_import(actor=request.actor, run_id=run_id)
    messages.success(request, _("The file was discarded. Nothing was changed."))
    return redirect("people:imports")


def _upload(actor: Any, form: PeopleFileForm) -> int:
    file, full = form.cleaned_data["file"], form.cleaned_data["full"]
    run = api.upload_people_file(
        actor=actor, content=file.read(), file_name=file.name, full=full, job=tasks.check_import
    )
    return run.pk
