"""What every editing view of a case begins and ends with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from mycelia.business_case import api
from mycelia.business_case.models import Case
from mycelia.business_case.permissions import EditCase
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of

UNPROCESSABLE = 422


def editable_case(request: HttpRequest, slug: str) -> Case:
    """Return the case if the actor may edit it.

    Raises:
        PermissionDenied: The actor may not read cases, or may read but not edit this one.
        CaseNotFound: There is none of that name within the actor's scope.
    """
    case = api.case_for(actor_of(request), slug)
    require(actor_of(request), EditCase(), case)
    return case


def way_back(request: HttpRequest) -> str:
    """Return the address of this site that the form asks to return to; empty when it names none."""
    wanted = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if is_here else ""


def whole_number(text: str) -> int:
    """Return the number that a text says; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def form_status(form: forms.Form) -> int:
    """Return 422 for a form that is sent back with errors, 200 for a fresh one."""
    return UNPROCESSABLE if form.is_bound else 200


def sent_files(request: HttpRequest) -> tuple[Any, Any]:
    """Return what was typed and what files were sent; nothing of either where a page is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def to_part(case: Case, anchor: str) -> str:
    """Return the address of a part on the page of its case."""
    return f"{reverse('business_case:case', args=[case.slug])}#{anchor}"
