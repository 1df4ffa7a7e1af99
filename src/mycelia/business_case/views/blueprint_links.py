"""Links between systems: add, change, remove."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mycelia.business_case import api
from mycelia.business_case.forms import LinkForm
from mycelia.business_case.models import System
from mycelia.business_case.pages.blueprint_frame import (
    EntryFormPage,
    address,
    entry_form_page,
    entry_removal_page,
    to_systems,
    trail,
)
from mycelia.business_case.pages.removal import Leaving
from mycelia.business_case.views.blueprint_edges import (
    answer,
    answer_gone,
    editor,
    still_there,
)
from mycelia.business_case.views.edges import whole_number
from mycelia.business_case.views.items import seen_revision
from mycelia.business_case.views.removal import Going, answer_removal
from mycelia.kernel.policy import Actor


@require_http_methods(["GET", "HEAD", "POST"])
def link_new(request: HttpRequest, system_id: int) -> HttpResponse:
    """Add a link that begins at a system."""
    actor = editor(request)
    found = still_there(request, lambda: api.system_of(actor, system_id))
    form = LinkForm(request.POST or None, initial={"source": system_id})

    def save() -> HttpResponse:
        created = api.link_systems(actor=actor, terms=form.terms())
        messages.success(request, _("The link is added."))
        return redirect(f"{address('system', created.source_id)}#links")

    return answer(request, form, save, lambda conflict: _new_page(form, system_id, found))


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, link_id: int) -> HttpResponse:
    """Change a link."""
    actor = editor(request)
    found = still_there(request, lambda: api.link_of(actor, link_id))

    def gone() -> EntryFormPage:
        return _new_page(LinkForm(request.POST), whole_number(request.POST.get("source", "")))

    if found is None:
        return answer_gone(request, gone())
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
        gone=gone,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def link_removal(request: HttpRequest, link_id: int) -> HttpResponse:
    """Ask, then remove a link."""
    actor = editor(request)
    found = api.link_of(actor, link_id)
    back = address("system", found.source_id)
    title = _("Remove the link?")
    question = entry_removal_page(
        title=title,
        breadcrumbs=trail(to_systems(), (found.source.name, back), last=title),
        message=_("The link goes; both systems stay."),
        what_goes=[f"{found.source.name} → {found.target.name}"],
        cancel_url=back,
    )
    leaving = Leaving(f"link.{found.key}", found.revision, LinkForm(), LinkForm.initial_of(found))

    def remove(actor: Actor, revision: int) -> None:
        api.remove_link(actor=actor, link=found, seen_revision=revision)

    return answer_removal(request, Going(leaving, question, remove, _("The link is removed."), f"{back}#links"))


def _new_page(form: LinkForm, system_id: int, found: System | None = None) -> EntryFormPage:
    """Return the page of a link that does not exist yet; `found` is None where its system is not known to exist."""
    title = _("Add a link")
    steps = [to_systems()] if found is None else [to_systems(), (found.name, address("system", found.pk))]
    return entry_form_page(
        form,
        title=title,
        breadcrumbs=trail(*steps, last=title),
        cancel_url=address("systems") if found is None else address("system", found.pk),
        action=address("link_new", system_id),
    )
