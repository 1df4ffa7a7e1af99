"""Giving out, changing and withdrawing credentials."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.records import api
from mycelia.records.forms.credentials import CredentialForm, RotationForm
from mycelia.records.pages import credentials as pages
from mycelia.ui.api import render_page


@require_safe
def credentials(request: HttpRequest) -> HttpResponse:
    """List the credentials."""
    require(actor_of(request), api.ManageCredentials())
    page = pages.credentials_page(request.GET.get("page", "1"))
    return render_page(request, "records/credential_list.html", page)


@never_cache
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def creation(request: HttpRequest) -> HttpResponse:
    """Give out a credential and show its secret this once."""
    actor = actor_of(request)
    require(actor, api.ManageCredentials())
    if request.method != "POST":
        return render_page(request, "records/credential_create.html", pages.creation_page(CredentialForm()))
    form = CredentialForm(request.POST)
    if not form.is_valid():
        return render_page(request, "records/credential_create.html", pages.creation_page(form), status=422)
    made = api.create_credential(actor=actor, name=form.cleaned_data["name"], terms=form.terms)
    return render_page(request, "records/credential_secret.html", pages.secret_page(made), status=201)


@require_http_methods(["GET", "HEAD", "POST"])
def credential(request: HttpRequest, credential_id: int) -> HttpResponse:
    """Show one credential, and change what it is good for."""
    actor = actor_of(request)
    require(actor, api.ManageCredentials())
    found = api.credential(credential_id)
    if request.method != "POST":
        page = pages.credential_page(found, CredentialForm.of(found))
        return render_page(request, "records/credential_detail.html", page)
    form = CredentialForm(request.POST)
    if not form.is_valid():
        return render_page(request, "records/credential_detail.html", pages.credential_page(found, form), status=422)
    api.amend_credential(actor=actor, credential_id=credential_id, name=form.cleaned_data["name"], terms=form.terms)
    messages.success(request, _("The credential was changed. Everywhere it holds within five seconds."))
    return redirect("records:credential", credential_id)


@never_cache
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def rotation(request: HttpRequest, credential_id: int) -> HttpResponse:
    """Give a credential a new secret and show it this once."""
    actor = actor_of(request)
    require(actor, api.ManageCredentials())
    found = api.credential(credential_id)
    form = RotationForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render_page(request, "records/credential_rotate.html", pages.rotation_page(found, form), status=status)
    made = api.rotate_credential(actor=actor, credential_id=credential_id, overlap=form.hours)
    return render_page(request, "records/credential_secret.html", pages.secret_page(made))


@require_http_methods(["GET", "HEAD", "POST"])
def revocation(request: HttpRequest, credential_id: int) -> HttpResponse:
    """Ask whether to withdraw a credential, and withdraw it."""
    actor = actor_of(request)
    require(actor, api.ManageCredentials())
    found = api.credential(credential_id)
    if request.method != "POST":
        return render_page(request, "records/credential_revoke.html", pages.revocation_page(found))
    api.revoke_credential(actor=actor, credential_id=credential_id)
    messages.success(request, _("%(name)s can no longer write or read.") % {"name": found.name})
    return redirect("records:credentials")
