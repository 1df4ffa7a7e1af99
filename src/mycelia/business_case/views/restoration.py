"""Restoring a case from the file it was exported to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mycelia.business_case import api
from mycelia.business_case.errors import CaseFileRefused, CaseUnsound, SlugTaken
from mycelia.business_case.forms.files import CaseFileForm
from mycelia.business_case.pages.file_import import FaultRow, file_fault_rows, problem_rows, restoration_page
from mycelia.business_case.permissions import CreateCase
from mycelia.business_case.views.edges import UNPROCESSABLE, form_status, sent_files
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def restoration(request: HttpRequest) -> HttpResponse:
    """Take the file of a case; every fault of it is shown with its place, and then nothing is changed."""
    require(actor_of(request), CreateCase())
    form = CaseFileForm(*sent_files(request))
    if not form.is_valid():
        return _answer(request, form, (), form_status(form))
    try:
        restored = api.restore_case(actor=actor_of(request), content=form.content(), slug=form.cleaned_data["slug"])
    except CaseFileRefused as refused:
        return _refused(request, form, file_fault_rows(refused.faults))
    except CaseUnsound as refused:
        return _refused(request, form, problem_rows(refused.problems))
    except SlugTaken as taken:
        form.add_error("slug", str(taken))
        return _answer(request, form, (), UNPROCESSABLE)
    _tell(request, restored)
    return redirect("business_case:case", restored.case.slug)


def _tell(request: HttpRequest, restored: api.Restored) -> None:
    messages.success(request, _("The case is restored, with everything in its file."))
    if restored.unknown:
        names = {"names": ", ".join(restored.unknown[:10])}
        messages.warning(request, _("Nobody and nothing here is called so, which is kept as text: %(names)s") % names)
    if restored.left:
        names = {"names": ", ".join(restored.left[:10])}
        messages.warning(request, _("Of the blueprint, left as it is here: %(names)s") % names)


def _refused(request: HttpRequest, form: CaseFileForm, faults: tuple[FaultRow, ...]) -> HttpResponse:
    form.add_error("file", _("The file cannot be restored. Nothing was changed; what is wrong is listed below."))
    return _answer(request, form, faults, UNPROCESSABLE)


def _answer(request: HttpRequest, form: CaseFileForm, faults: tuple[FaultRow, ...], status: int) -> HttpResponse:
    return render_page(request, "business_case/file_import.html", restoration_page(form, faults), status=status)
