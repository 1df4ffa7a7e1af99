"""Everybody's home and a manager's team."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mycelia.kernel import clock
from mycelia.kernel.policy import require
from mycelia.ui.api import render_page
from mycelia.workspaces.forms import team_request
from mycelia.workspaces.home import home_page
from mycelia.workspaces.member import member_page
from mycelia.workspaces.permissions import SeeHome, SeeOwnTeam
from mycelia.workspaces.queries import home_facts, home_freshness, report_of, team_of
from mycelia.workspaces.team import team_page

INVENTED = ".example"
"""No address can be real under this ending (RFC 2606, section 2)."""


@require_safe
def home(request: Any) -> HttpResponse:
    """Show what to do next."""
    require(request.actor, SeeHome())
    freshness = home_freshness(request.actor)
    name = request.user.given_name or request.user.full_name
    page = home_page(request.actor, name, home_facts(request.actor), clock.today())
    response = render_page(request, "workspaces/home.html", page)
    response.freshness = freshness  # type: ignore[attr-defined]
    return response


@require_safe
def team(request: Any) -> HttpResponse:
    """Show the reader's own reports."""
    require(request.actor, SeeOwnTeam())
    members = team_of(request.actor, request.actor.person_id)
    is_synthetic = request.user.email.endswith(INVENTED)
    page = team_page(members, team_request(request.GET), clock.today(), is_synthetic=is_synthetic)
    return render_page(request, "workspaces/team.html", page, fragment="workspaces/_team_table.html")


@require_safe
def member(request: Any, person_id: int) -> HttpResponse:
    """Show one of the reader's own reports; anybody else does not exist here."""
    require(request.actor, SeeOwnTeam())
    person, overview = report_of(request.actor, person_id)
    is_synthetic = request.user.email.endswith(INVENTED)
    page = member_page(person, overview, clock.today(), is_synthetic=is_synthetic)
    return render_page(request, "workspaces/member.html", page)
