"""Ruling how long statements are kept, and removing what is older."""

from __future__ import annotations

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.kernel.tasks import defer
from mycelia.records import api
from mycelia.records.forms.retention import RetentionForm
from mycelia.records.pages import retention as pages
from mycelia.records.tasks import remove_orphans
from mycelia.ui.api import render_page


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Show the rule, what it lets go, and what it removed; with `months` in the query, another rule's effect."""
    require(actor_of(request), api.RuleOverRetention())
    form = RetentionForm(request.GET if "months" in request.GET else None, initial={"months": api.retention_months()})
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render_page(request, "records/retention.html", pages.retention_page(form), status=status)


@require_POST
def rule(request: HttpRequest) -> HttpResponse:
    """Make a rule the one in force; it removes nothing by itself before the night."""
    actor = actor_of(request)
    require(actor, api.RuleOverRetention())
    form = RetentionForm(request.POST)
    if not form.is_valid():
        return render_page(request, "records/retention.html", pages.retention_page(form), status=422)
    api.set_retention(actor=actor, months=form.cleaned_data["months"])
    messages.success(request, _("The rule holds now. Months that are too old are removed every night."))
    return redirect("records:retention")


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest) -> HttpResponse:
    """Ask whether to remove now what the rule lets go, and remove it."""
    actor = actor_of(request)
    require(actor, api.RuleOverRetention())
    if request.method != "POST":
        return render_page(request, "records/retention_removal.html", pages.removal_page())
    try:
        removed = api.apply_retention(actor=actor)
    except OperationalError:
        messages.error(request, _("A month is in use just now. Those before it were removed; try again later."))
        return redirect("records:retention")
    if removed:
        defer(remove_orphans)
    messages.success(request, pages.removed_words(removed))
    return redirect("records:retention")
