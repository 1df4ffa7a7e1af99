"""The guided start of a case."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mycelia.business_case import api
from mycelia.business_case.errors import CaseNotFound, CaseUnsound
from mycelia.business_case.forms.starting import StartForm
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.starting import choice_page, start_page
from mycelia.business_case.permissions import CreateCase
from mycelia.business_case.types import Template
from mycelia.business_case.views.edges import form_status
from mycelia.kernel import clock
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.people import api as people
from mycelia.ui.api import is_fragment_request, render_page


@require_safe
def choice(request: HttpRequest) -> HttpResponse:
    """Offer the templates, and what the actor has begun already."""
    require(actor_of(request), CreateCase())
    page = choice_page(api.start_drafts_of(actor_of(request)))
    return render_page(request, "business_case/start_choice.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, template: str) -> HttpResponse:
    """Ask the questions of a template, and begin the case that follows from the answers."""
    require(actor_of(request), CreateCase())
    chosen, draft = _chosen(template), None
    form = _form(request, chosen)
    if "keep" in request.POST:
        return _kept(request, chosen, form)
    if not form.is_bound:
        draft = api.start_draft_of(actor_of(request), chosen)
        form.initial = {**form.initial, **(draft.typed if draft else {})}
    elif form.is_valid():
        try:
            case = api.start_case(actor=actor_of(request), terms=form.terms(), template=chosen, answers=form.answers())
        except CaseUnsound as refused:
            form.add_error(None, str(refused))
        else:
            api.discard_start(actor=actor_of(request), template=chosen)
            messages.success(request, _("The case is begun. Every figure follows from your ranges; now refine it."))
            _say_what_lacks_a_source(request, form.unsourced())
            return redirect("business_case:case", case.slug)
    return render_page(request, "business_case/start.html", start_page(form, draft), status=form_status(form))


@require_POST
def start_removal(request: HttpRequest, template: str) -> HttpResponse:
    """Throw away what was kept of a guided start."""
    api.discard_start(actor=actor_of(request), template=_chosen(template))
    messages.success(request, _("Discarded."))
    return redirect("business_case:new")


def _say_what_lacks_a_source(request: HttpRequest, count: int) -> None:
    words = ngettext(
        "%(count)s number is not the one that its source is about: it is a placeholder until you say where it is from.",
        "%(count)s numbers are not those that their sources are about: they are placeholders until you say where they "
        "are from.",
        count,
    )
    if count:
        messages.warning(request, words % {"count": count})


def _chosen(key: str) -> Template:
    chosen = api.template_called(key)
    if chosen is None:
        raise CaseNotFound(template=key)
    return chosen


def _form(request: HttpRequest, template: Template) -> StartForm:
    source = _("People in this platform on %(day)s") % {"day": formats.day(clock.today())}
    return StartForm(
        request.POST or None,
        actor=actor_of(request),
        template=template,
        people=(people.active_count(), source),
        initial={"name": str(template.title), "start": _next_first(clock.today())},
    )


def _next_first(day: date) -> date:
    """Return the first of a month that comes next: work that begins on a day gone by would be overdue at once."""
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _kept(request: HttpRequest, template: Template, form: StartForm) -> HttpResponse:
    """Keep what was typed; asked for by the page itself, only say so."""
    typed = {name: request.POST[name] for name in form.fields if name in request.POST}
    draft = api.keep_start(actor=actor_of(request), template=template, typed=typed)
    if is_fragment_request(request):
        return render(request, "business_case/_start_kept.html", {"at": formats.time_of_day(draft.saved_at)})
    messages.success(request, _("Kept. Go on with it here whenever you like."))
    return redirect("business_case:new")
