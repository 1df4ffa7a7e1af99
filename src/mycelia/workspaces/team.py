"""Turns a team in numbers into the page a manager reads."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from mycelia.ui.api import Breadcrumb
from mycelia.workspaces import wording
from mycelia.workspaces.calc import arranged
from mycelia.workspaces.pages import SortChoice, TeamPage, TeamRow
from mycelia.workspaces.types import MemberFigures, TeamFilter, TeamOrder, TeamRequest

PAGE_SIZE = 25
_BIGGEST_FIRST = {TeamOrder.OPEN, TeamOrder.OVERDUE, TeamOrder.COMPLETED, TeamOrder.ACTIVITY}


def team_page(team: list[MemberFigures], request: TeamRequest, today: date, *, is_synthetic: bool = False) -> TeamPage:
    """Return the page of a team as it was asked for; `is_synthetic` marks invented people."""
    attention = sum(member.needs_a_word for member in team)
    paging: Page[Any] = Paginator(arranged(team, request), PAGE_SIZE).get_page(request.page)
    return TeamPage(
        title=_("Your team"),
        lead=wording.team_summary(len(team), attention) if team else "",
        breadcrumbs=(Breadcrumb(_("Home"), "/"), Breadcrumb(_("Your team"))),
        filters=_filters(team, attention, request),
        columns=_columns(request),
        rows=tuple(_row(member, today) for member in paging.object_list),
        paging=paging,
        query=_address(request),
        is_filtered=request.narrowed_to is not TeamFilter.ALL,
        has_reports=bool(team),
        is_synthetic=is_synthetic,
    )


def _row(member: MemberFigures, today: date) -> TeamRow:
    last = member.last_activity_at
    return TeamRow(
        name=member.name,
        url=f"/talent/team/{member.person_id}/",
        position=member.position,
        standing=wording.standing(member.standing),
        tone=wording.TONES[member.standing],
        waiting_for=member.stuck_course,
        open_count=member.open_count,
        overdue_count=member.overdue_count,
        completed_count=member.completed_count,
        due=wording.due(member.due_on, today),
        last_activity=wording.ago(last.date(), today) if last else _("never"),
    )


def _filters(team: list[MemberFigures], attention: int, request: TeamRequest) -> tuple[tuple[str, str, bool], ...]:
    idle = sum(not member.open_count for member in team)
    labels = {
        TeamFilter.ALL: _("Everybody (%(count)s)") % {"count": len(team)},
        TeamFilter.STUCK: _("Needs a word (%(count)s)") % {"count": attention},
        TeamFilter.NOTHING_OPEN: _("Nothing open (%(count)s)") % {"count": idle},
    }
    return tuple(
        (label, f"?{_address(request, show=choice)}", choice is request.narrowed_to) for choice, label in labels.items()
    )


def _columns(request: TeamRequest) -> tuple[SortChoice, ...]:
    labels = {
        TeamOrder.NAME: _("Name"),
        TeamOrder.STANDING: _("Standing"),
        TeamOrder.OPEN: _("Open"),
        TeamOrder.OVERDUE: _("Overdue"),
        TeamOrder.COMPLETED: _("Completed in 12 months"),
        TeamOrder.DUE: _("Next due"),
        TeamOrder.ACTIVITY: _("Last active"),
    }
    return tuple(_column(order, label, request) for order, label in labels.items())


def _column(order: TeamOrder, label: str, request: TeamRequest) -> SortChoice:
    is_current = order is request.order
    descending = not request.descending if is_current else order in _BIGGEST_FIRST
    direction = ("descending" if request.descending else "ascending") if is_current else ""
    numeric = order in {TeamOrder.OPEN, TeamOrder.OVERDUE, TeamOrder.COMPLETED}
    return SortChoice(label, f"?{_address(request, sort=order, descending=descending)}", direction, numeric)


def _address(
    request: TeamRequest,
    *,
    show: TeamFilter | None = None,
    sort: TeamOrder | None = None,
    descending: bool | None = None,
) -> str:
    order = sort or request.order
    sign = "-" if (request.descending if descending is None else descending) else ""
    return urlencode({"show": (show or request.narrowed_to).value, "sort": f"{sign}{order.value}"})
