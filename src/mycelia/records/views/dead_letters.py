"""Statements another store refused: looking at them, sending them again, giving them up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.records import api
from mycelia.records.errors import StatementNotNext
from mycelia.records.pages import forwarding as pages
from mycelia.records.tasks import forward_soon
from mycelia.ui.api import render_page


@require_safe
def dead_letter(request: HttpRequest, destination_id: int, statement_id: UUID) -> HttpResponse:
    """Show why a statement was refused, and the statement."""
    require(actor_of(request), api.ForwardStatements())
    found = api.destination(destination_id)
    page = pages.dead_letter_page(found, api.dead_letter(found, statement_id))
    return render_page(request, "records/dead_letter.html", page)


@require_POST
def replay(request: HttpRequest, destination_id: int, statement_id: UUID) -> HttpResponse:
    """Have a refused statement sent again."""
    api.replay_dead_letter(actor=actor_of(request), destination_id=destination_id, statement_id=statement_id)
    forward_soon(destination_id)
    messages.success(request, _("The statement is sent again with the next run. If that fails, it stays here."))
    return redirect("records:destination", destination_id)


@require_POST
def replay_all(request: HttpRequest, destination_id: int) -> HttpResponse:
    """Have every refused statement sent again."""
    count = api.replay_dead_letters(actor=actor_of(request), destination_id=destination_id)
    forward_soon(destination_id)
    words = ngettext("%(count)d statement is sent again.", "%(count)d statements are sent again.", count)
    messages.success(request, words % {"count": count})
    return redirect("records:destination", destination_id)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, destination_id: int, statement_id: UUID) -> HttpResponse:
    """Ask whether to give a statement up, and give it up."""
    actor = actor_of(request)
    require(actor, api.ForwardStatements())
    if request.method != "POST":
        found = api.destination(destination_id)
        page = pages.dead_letter_page(found, api.dead_letter(found, statement_id))
        return render_page(request, "records/dead_letter_discard.html", page)
    api.discard_dead_letter(actor=actor, destination_id=destination_id, statement_id=statement_id)
    messages.success(request, _("The statement is not sent to that store any more. Here it stays."))
    return redirect("records:destination", destination_id)


@require_http_methods(["GET", "HEAD", "POST"])
def setting_aside(request: HttpRequest, destination_id: int, statement_id: UUID) -> HttpResponse:
    """Ask whether to set the statement aside that holds up the others, and set it aside."""
    actor = actor_of(request)
    require(actor, api.ForwardStatements())
    found = api.destination(destination_id)
    if request.method != "POST":
        return render_page(request, "records/destination_aside.html", pages.setting_aside_page(found, statement_id))
    try:
        api.set_statement_aside(actor=actor, destination_id=destination_id, statement_id=statement_id)
    except StatementNotNext as error:
        messages.error(request, str(error))
    else:
        forward_soon(destination_id)
        messages.success(request, _("The statement is a dead letter now. What comes after it is tried at once."))
    return redirect("records:destination", destination_id)
