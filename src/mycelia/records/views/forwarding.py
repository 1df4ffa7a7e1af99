"""Setting up, watching, pausing and removing the stores that statements are forwarded to."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mycelia.kernel.policy import Actor, require
from mycelia.kernel.requests import actor_of
from mycelia.records import api
from mycelia.records.actions.trial import Finding
from mycelia.records.errors import DestinationRefused, SecretLost
from mycelia.records.forms.forwarding import DestinationForm
from mycelia.records.pages import forwarding as pages
from mycelia.records.tasks import forward_soon
from mycelia.records.types import Target
from mycelia.ui.api import render_page

_FORM = "records/destination_form.html"


@require_safe
def destinations(request: HttpRequest) -> HttpResponse:
    """List the destinations and how they stand."""
    require(actor_of(request), api.ForwardStatements())
    return render_page(request, "records/destination_list.html", pages.destinations_page())


@require_safe
def destination(request: HttpRequest, destination_id: int) -> HttpResponse:
    """Show one destination and what it refused."""
    require(actor_of(request), api.ForwardStatements())
    page = pages.destination_page(api.destination(destination_id), request.GET.get("page", "1"))
    return render_page(request, "records/destination_detail.html", page)


@never_cache
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def creation(request: HttpRequest) -> HttpResponse:
    """Set up a destination, or try whether the connection would work."""
    actor = actor_of(request)
    require(actor, api.ForwardStatements())
    if request.method != "POST":
        return render_page(request, _FORM, pages.creation_page(DestinationForm(initial={"version": "1.0.3"})))
    form = DestinationForm(request.POST)
    if form.is_valid() and "trial" in request.POST:
        return render_page(request, _FORM, pages.creation_page(form, _tried(actor, lambda: form.target)))
    if form.is_valid():
        try:
            made = api.create_destination(actor=actor, route=form.route, secret=form.entered_secret)
        except DestinationRefused as error:
            form.refuse(error)
        else:
            forward_soon(made)
            messages.success(request, _("Forwarding has begun. What is stored already is sent first."))
            return redirect("records:destination", made)
    return render_page(request, _FORM, pages.creation_page(form), status=422)


@never_cache
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, destination_id: int) -> HttpResponse:
    """Change a destination, or try whether the connection would work."""
    actor = actor_of(request)
    require(actor, api.ForwardStatements())
    found = api.destination(destination_id)
    if request.method != "POST":
        return render_page(request, _FORM, pages.settings_page(found, DestinationForm.of(found)))
    form = DestinationForm(request.POST, destination=found)
    if form.is_valid() and "trial" in request.POST:
        return render_page(request, _FORM, pages.settings_page(found, form, _tried(actor, lambda: form.target)))
    if form.is_valid():
        try:
            api.amend_destination(actor=actor, destination_id=found.pk, route=form.route, secret=form.entered_secret)
        except DestinationRefused as error:
            form.refuse(error)
        else:
            forward_soon(found.pk)
            messages.success(request, _("The destination was changed."))
            return redirect("records:destination", destination_id)
    return render_page(request, _FORM, pages.settings_page(found, form), status=422)


@require_POST
def trial(request: HttpRequest, destination_id: int) -> HttpResponse:
    """Try the connection as it is set up and say what was found."""
    actor = actor_of(request)
    require(actor, api.ForwardStatements())
    found = api.destination(destination_id)
    findings = _tried(actor, lambda: api.target_of(found))
    return render_page(request, "records/destination_detail.html", pages.destination_page(found, findings=findings))


@require_POST
def pause(request: HttpRequest, destination_id: int) -> HttpResponse:
    """Send nothing more for the time being."""
    api.pause_destination(actor=actor_of(request), destination_id=destination_id)
    messages.success(request, _("Nothing more is sent. What comes meanwhile waits."))
    return redirect("records:destination", destination_id)


@require_POST
def resumption(request: HttpRequest, destination_id: int) -> HttpResponse:
    """Send again, at once."""
    api.resume_destination(actor=actor_of(request), destination_id=destination_id)
    forward_soon(destination_id)
    messages.success(request, _("It is tried again at once."))
    return redirect("records:destination", destination_id)


@require_http_methods(["GET", "HEAD", "POST"])
def beginning(request: HttpRequest, destination_id: int) -> HttpResponse:
    """Ask whether to send everything that matches again, and begin anew."""
    actor = actor_of(request)
    require(actor, api.ForwardStatements())
    found = api.destination(destination_id)
    if request.method != "POST":
        return render_page(request, "records/destination_rewind.html", pages.beginning_page(found))
    api.rewind_destination(actor=actor, destination_id=destination_id)
    forward_soon(destination_id)
    messages.success(request, _("It begins anew with the first statement that matches."))
    return redirect("records:destination", destination_id)


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, destination_id: int) -> HttpResponse:
    """Ask whether to remove a destination, and remove it."""
    actor = actor_of(request)
    require(actor, api.ForwardStatements())
    found = api.destination(destination_id)
    if request.method != "POST":
        return render_page(request, "records/destination_remove.html", pages.removal_page(found))
    api.remove_destination(actor=actor, destination_id=destination_id)
    messages.success(request, _("Nothing is forwarded to %(name)s any more.") % {"name": found.name})
    return redirect("records:destinations")


def _tried(actor: Actor, target: Callable[[], Target]) -> tuple[Finding, ...]:
    """Return what a trial finds; naming the target can fail too, when its secret can no longer be read."""
    try:
        return api.try_target(actor=actor, target=target())
    except SecretLost as error:
        return (Finding(False, str(error)),)
