"""What an address asks for, read once."""

from __future__ import annotations

from django.http import QueryDict

from mycelia.workspaces.types import TeamFilter, TeamOrder, TeamRequest


def team_request(query: QueryDict) -> TeamRequest:
    """Return how the team is to be shown; what cannot be understood is left at its default."""
    sort = query.get("sort", "")
    order = sort.removeprefix("-")
    show = query.get("show", "")
    page = query.get("page", "")
    return TeamRequest(
        order=TeamOrder(order) if order in list(TeamOrder) else TeamOrder.STANDING,
        descending=sort.startswith("-"),
        narrowed_to=TeamFilter(show) if show in list(TeamFilter) else TeamFilter.ALL,
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )
