"""Links between systems: add, change, remove."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mycelia.business_case import api
from mycelia.business_case.forms import LinkForm
from mycelia.business_case.pages.blueprint_frame import (
    address,
    entry_form_page,
    entry_removal_page,
    to_systems,
    trail,
)
from mycelia.business_case.views.blueprint_edges import answer, editor, seen_revision
from mycelia.ui.api import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def link_new(request: HttpRequest, system_id: int) -> HttpResponse:
    """Add a link that begins at a system."""
    actor = editor(request)
    found = api.system_of(actor, system_id)
    form = LinkForm(request.POST or None, initial={"source": system_id})

    def save() -> HttpResponse:
        api.link_systems(actor=actor, terms=form.terms())
        messages.success(request, _("The link is added."))
        return redirect(f"{address('system', system_id)}#links")

    return answer(
        request,
        form,
        save,
        lambda conflict: entry_form_page(
            form,
            title=_("Add a link"),
            breadcrumbs=trail(to_systems(), (found.name, address("system", system_id)), last=_("Add a link")),
            cancel_url=address("system", system_id),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, link_id: int) -> HttpResponse:
    """Change a link."""
    actor = editor(request)
    found = api.link_of(actor, link_id)
    form = LinkForm(request.POST or None, initial=LinkForm.initial_of(found))
    back = address("system", found.source_id)

    def save() -> HttpResponse:
        api.change_link(actor=actor, link=found, terms=form.terms(), seen_revision=seen_revision(request))
        messages.success(request, _("The link is saved."))
        return redirect(f"{back}#links")

    return answer(
        request,
        form,
        save,
        lambda conflict: entry_form_page(
            form,
            title=_("Change the link"),
            breadcrumbs=trail(to_systems(), (found.source.name, back), last=_("Change the link")),
            cancel_url=back,
            revision=found.revision,
            removal_url=address("link_removal", link_id),
            conflict=conflict,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def link_removal(request: HttpRequest, link_id: int) -> HttpResponse:
    """Ask, then remove a link."""
    actor = editor(request)
    found = api.link_of(actor, link_id)
    back = address("system", found.source_id)
    if request.method == "POST":
        api.remove_link(actor=actor, link=found)
        messages.success(request, _("The link is removed."))
        return redirect(f"{back}#links")
    title = _("Remove the link?")
    page = entry_removal_page(
        title=title,
        breadcrumbs=trail(to_systems(), (found.source.name, back), last=title),
        message=_("The link goes; both systems stay."),
        what_goes=[f"{found.source.name} → {found.target.name}"],
        cancel_url=back,
    )
    return render_page(request, "business_case/removal.html", page)
