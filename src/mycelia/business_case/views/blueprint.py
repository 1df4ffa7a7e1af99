"""The overview of the blueprint, its elements and its content models."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mycelia.business_case import api
from mycelia.business_case.forms import ContentModelForm, ElementForm
from mycelia.business_case.pages.blueprint_elements import elements_page
from mycelia.business_case.pages.blueprint_frame import (
    EntryFormPage,
    address,
    entry_form_page,
    entry_removal_page,
    to_models,
    trail,
)
from mycelia.business_case.pages.blueprint_models import models_page
from mycelia.business_case.pages.blueprint_overview import overview_stats
from mycelia.business_case.pages.blueprint_words import ELEMENT_QUESTIONS, ELEMENTS
from mycelia.business_case.pages.removal import Leaving
from mycelia.business_case.types import Element
from mycelia.business_case.views.blueprint_edges import (
    answer,
    answer_gone,
    editor,
    may_edit,
    still_there,
)
from mycelia.business_case.views.items import seen_revision
from mycelia.business_case.views.removal import Going, answer_removal
from mycelia.kernel.policy import Actor
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

MODEL_FORM = "business_case/blueprint_model_form.html"


@require_safe
def elements(request: HttpRequest) -> HttpResponse:
    """Show the six elements, today beside the target."""
    actor = actor_of(request)
    page = elements_page(
        api.elements_for(actor),
        may_edit=may_edit(request),
        stats=overview_stats(list(api.systems_for(actor)), list(api.content_models_for(actor))),
    )
    return render_page(request, "business_case/blueprint_elements.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def element(request: HttpRequest, element: Element) -> HttpResponse:
    """Assess one element."""
    actor = editor(request)
    state = api.elements_for(actor)[element]
    form = ElementForm(request.POST or None, state=state, initial=ElementForm.initial_of(state))

    def save() -> HttpResponse:
        api.assess_element(actor=actor, element=element, terms=form.terms(), seen_revision=seen_revision(request))
        messages.success(request, _("The element is saved."))
        return redirect(f"{address('elements')}#{element}")

    return answer(
        request,
        form,
        save,
        lambda conflict: entry_form_page(
            form,
            title=str(ELEMENTS[element]),
            lead=str(ELEMENT_QUESTIONS[element]),
            breadcrumbs=trail(last=str(ELEMENTS[element])),
            cancel_url=address("elements"),
            revision=state.revision if state else 0,
            conflict=conflict,
        ),
    )


@require_safe
def models(request: HttpRequest) -> HttpResponse:
    """Show every content model with its masters."""
    actor = actor_of(request)
    page = models_page(list(api.content_models_for(actor)), list(api.systems_for(actor)), may_edit=may_edit(request))
    return render_page(request, "business_case/blueprint_models.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def model_new(request: HttpRequest) -> HttpResponse:
    """Add a content model."""
    actor = editor(request)
    form = ContentModelForm(request.POST or None, systems=list(api.systems_for(actor)))

    def save() -> HttpResponse:
        api.add_content_model(actor=actor, terms=form.terms())
        messages.success(request, _("The content model is added."))
        return redirect(address("models"))

    return answer(request, form, save, lambda conflict: _new_page(form), MODEL_FORM)


@require_http_methods(["GET", "HEAD", "POST"])
def model(request: HttpRequest, model_id: int) -> HttpResponse:
    """Change a content model and the parts of systems in it."""
    actor = editor(request)
    systems = list(api.systems_for(actor))
    found = still_there(request, lambda: api.content_model_of(actor, model_id))

    def gone() -> EntryFormPage:
        return _new_page(ContentModelForm(request.POST, systems=systems))

    if found is None:
        return answer_gone(request, gone(), MODEL_FORM)
    initial = ContentModelForm.initial_of(found)
    form = ContentModelForm(request.POST or None, systems=systems, model=found, initial=initial)

    def save() -> HttpResponse:
        api.change_content_model(actor=actor, model=found, terms=form.terms(), seen_revision=seen_revision(request))
        messages.success(request, _("The content model is saved."))
        return redirect(address("models"))

    return answer(
        request,
        form,
        save,
        lambda conflict: entry_form_page(
            form,
            title=found.name,
            breadcrumbs=trail(to_models(), last=found.name),
            cancel_url=address("models"),
            revision=found.revision,
            removal_url=address("model_removal", model_id),
            conflict=conflict,
        ),
        MODEL_FORM,
        gone,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def model_removal(request: HttpRequest, model_id: int) -> HttpResponse:
    """Ask, then remove a content model."""
    actor = editor(request)
    found = api.content_model_of(actor, model_id)
    title = _("Remove “%(name)s”?") % {"name": found.name}
    question = entry_removal_page(
        title=title,
        breadcrumbs=trail(to_models(), last=title),
        message=_("The content model goes, with what it says of these systems. The systems stay."),
        what_goes=sorted({one.system.name for one in found.placements.all()}),
        cancel_url=address("model", model_id),
    )
    form = ContentModelForm(systems=list(api.systems_for(actor)), model=found)
    leaving = Leaving(f"model.{found.key}", found.revision, form, form.initial_of(found))

    def remove(actor: Actor, revision: int) -> None:
        api.remove_content_model(actor=actor, model=found, seen_revision=revision)

    return answer_removal(
        request, Going(leaving, question, remove, _("The content model is removed."), address("models"))
    )


def _new_page(form: ContentModelForm) -> EntryFormPage:
    title = _("Add a content model")
    return entry_form_page(
        form,
        title=title,
        breadcrumbs=trail(to_models(), last=title),
        cancel_url=address("models"),
        action=address("model_new"),
    )
