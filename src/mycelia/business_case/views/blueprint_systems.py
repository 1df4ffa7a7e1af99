"""The register of systems and their links."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mycelia.business_case import api
from mycelia.business_case.forms import SystemFilterForm, SystemForm
from mycelia.business_case.pages.blueprint_frame import (
    EntryFormPage,
    address,
    entry_form_page,
    entry_removal_page,
    to_systems,
    trail,
)
from mycelia.business_case.pages.blueprint_systems import Count, system_page, systems_page
from mycelia.business_case.pages.removal import Leaving
from mycelia.business_case.views.blueprint_edges import (
    answer,
    answer_gone,
    editor,
    may_edit,
    still_there,
)
from mycelia.business_case.views.items import seen_revision
from mycelia.business_case.views.removal import Going, answer_removal
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

PER_PAGE = 50


@require_safe
def systems(request: HttpRequest) -> HttpResponse:
    """List the systems."""
    form = SystemFilterForm(request.GET)
    chosen = form.chosen()
    found = api.systems_for(actor_of(request), text=chosen["q"], lifecycle=chosen["state"], purpose=chosen["purpose"])
    page = systems_page(
        Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        form,
        query=urlencode({name: value for name, value in chosen.items() if value}),
        may_edit=may_edit(request),
        today=clock.today(),
        platform=platform_count(),
    )
    return render_page(request, "business_case/blueprint_systems.html", page)


@require_safe
def system(request: HttpRequest, system_id: int) -> HttpResponse:
    """Show one system with its links and its parts in content models."""
    actor = actor_of(request)
    found = api.system_of(actor, system_id)
    page = system_page(
        found,
        api.links_of(actor, found),
        found.placements.select_related("model"),
        may_edit=may_edit(request),
        platform=platform_count(),
    )
    return render_page(request, "business_case/blueprint_system.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def system_new(request: HttpRequest) -> HttpResponse:
    """Add a system."""
    actor = editor(request)
    form = SystemForm(request.POST or None)

    def save() -> HttpResponse:
        created = api.register_system(actor=actor, terms=form.terms())
        messages.success(request, _("The system is added. Next: the systems it is linked to."))
        return redirect(address("system", created.pk))

    return answer(request, form, save, lambda conflict: _new_page(form))


@require_http_methods(["GET", "HEAD", "POST"])
def system_terms(request: HttpRequest, system_id: int) -> HttpResponse:
    """Change a system."""
    actor = editor(request)
    found = still_there(request, lambda: api.system_of(actor, system_id))

    def gone() -> EntryFormPage:
        return _new_page(SystemForm(request.POST))

    if found is None:
        return answer_gone(request, gone())
    form = SystemForm(request.POST or None, system=found, initial=SystemForm.initial_of(found))

    def save() -> HttpResponse:
        api.change_system(actor=actor, system=found, terms=form.terms(), seen_revision=seen_revision(request))
        messages.success(request, _("The system is saved."))
        return redirect(address("system", system_id))

    return answer(
        request,
        form,
        save,
        lambda conflict: entry_form_page(
            form,
            title=_("Change %(name)s") % {"name": found.name},
            breadcrumbs=trail(to_systems(), (found.name, address("system", system_id)), last=_("Change")),
            cancel_url=address("system", system_id),
            revision=found.revision,
            removal_url=address("system_removal", system_id),
            conflict=conflict,
        ),
        gone=gone,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def system_removal(request: HttpRequest, system_id: int) -> HttpResponse:
    """Ask, then take a system out of the register."""
    actor = editor(request)
    found = api.system_of(actor, system_id)
    links = list(api.links_of(actor, found))
    parts = list(found.placements.select_related("model"))
    question = entry_removal_page(
        title=_("Remove “%(name)s”?") % {"name": found.name},
        breadcrumbs=trail(to_systems(), (found.name, address("system", system_id)), last=_("Remove")),
        message=_(
            "This is for an entry made by mistake. A system that was in use is better set to “retired”, which keeps it."
        ),
        what_goes=[
            *(_("its link %(ends)s") % {"ends": f"{link.source.name} → {link.target.name}"} for link in links),
            *(_("its part in “%(model)s”") % {"model": name} for name in sorted({one.model.name for one in parts})),
        ],
        cancel_url=address("system", system_id),
    )
    along = (*((link.key, link.revision) for link in links), *((one.model.key, 0) for one in parts))
    form = SystemForm(system=found)
    leaving = Leaving(f"system.{found.key}", found.revision, form, form.initial_of(found), along)

    def remove(actor: Actor, revision: int) -> None:
        api.remove_system(actor=actor, system=found, seen_revision=revision)

    done = _("The system is removed from the register.")
    return answer_removal(request, Going(leaving, question, remove, done, address("systems")))


def platform_count() -> Count:
    """Return how many people used the platform itself lately."""
    usage = api.platform_usage()
    return Count(usage.learners, clock.today())


def _new_page(form: SystemForm) -> EntryFormPage:
    title = _("Add a system")
    return entry_form_page(
        form,
        title=title,
        lead=_("Only name and purpose must be known now. What stays open is found by the readiness check."),
        breadcrumbs=trail(to_systems(), last=title),
        cancel_url=address("systems"),
        action=address("system_new"),
    )
