"""The guided start of a case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mycelia.business_case import api
from mycelia.business_case.errors import CaseNotFound, CaseUnsound
from mycelia.business_case.forms.starting import StartForm
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.starting import choice_page, start_page
from mycelia.business_case.permissions import CreateCase
from mycelia.business_case.views.edges import form_status
from mycelia.kernel import clock
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.people import api as people
from mycelia.ui.api import render_page


@require_safe
def choice(request: HttpRequest) -> HttpResponse:
    """Offer the templates."""
    require(actor_of(request), CreateCase())
    return render_page(request, "business_case/start_choice.html", choice_page())


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, template: str) -> HttpResponse:
    """Ask the questions of a template, and begin the case that follows from the answers."""
    require(actor_of(request), CreateCase())
    chosen = api.template_called(template)
    if chosen is None:
        raise CaseNotFound(template=template)
    counted = people.active_count()
    source = _("People in this platform on %(day)s") % {"day": formats.day(clock.today())}
    initial = {"name": str(chosen.title), "start": clock.today().replace(day=1)}
    form = StartForm(
        request.POST or None, actor=actor_of(request), template=chosen, people=(counted, source), initial=initial
    )
    if form.is_valid():
        try:
            case = api.start_case(actor=actor_of(request), terms=form.terms(), template=chosen, answers=form.answers())
        except CaseUnsound as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The case is begun. Every figure follows from your ranges; now refine it."))
            return redirect("business_case:case", case.slug)
    return render_page(request, "business_case/start.html", start_page(form), status=form_status(form))
