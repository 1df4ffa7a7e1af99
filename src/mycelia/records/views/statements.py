"""Reading the records."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mycelia.kernel.policy import Actor, require
from mycelia.kernel.requests import actor_of
from mycelia.records import api
from mycelia.records.errors import StatementNotFound
from mycelia.records.forms.statements import RecordsFilterForm
from mycelia.records.pages import statements as pages
from mycelia.records.types import StoredStatement
from mycelia.ui.api import is_fragment_request, render_page


@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """List statements: all for IT administrators, their own for everybody else."""
    actor = actor_of(request)
    require(actor, api.ReadOwnStatements())
    form = RecordsFilterForm(request.GET, visible=visible_to(actor))
    if request.GET.get("seen") and is_fragment_request(request) and pages.is_newest(form, request.GET["seen"]):
        return HttpResponse(status=204)
    page = pages.records_page(actor, form)
    return render_page(request, "records/statement_list.html", page, fragment="records/_statements_swap.html")


@require_safe
def statement(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Show one statement in words and raw."""
    actor = actor_of(request)
    require(actor, api.ReadOwnStatements())
    found = api.any_statement(statement_id)
    if not may_see(actor, found):
        raise StatementNotFound(statement_id=str(statement_id))
    return render_page(request, "records/statement_detail.html", pages.record_page(actor, found, visible_to(actor)))


def visible_to(actor: Actor) -> api.VisibleStatements:
    """Return which statements somebody may read."""
    return api.visible_statements(actor, None if actor.person_id is None else api.account_of(actor.person_id))


def may_see(actor: Actor, found: StoredStatement) -> bool:
    """Return whether somebody may see a statement."""
    return visible_to(actor).covers(pages.actor_of(found))
