"""A team in numbers, in the order and part a manager asked for; pure rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

from mycelia.learning.types import TeamMember
from mycelia.workspaces.types import MemberFigures, Standing, TeamFilter, TeamOrder, TeamRequest

_NEVER = datetime.min.replace(tzinfo=UTC)
_PRESSING = list(Standing)
_KEYS: dict[TeamOrder, Callable[[MemberFigures], Any]] = {
    TeamOrder.NAME: lambda one: one.name.casefold(),
    TeamOrder.STANDING: lambda one: (_PRESSING.index(one.standing), one.due_on or date.max),
    TeamOrder.OPEN: lambda one: one.open_count,
    TeamOrder.OVERDUE: lambda one: one.overdue_count,
    TeamOrder.COMPLETED: lambda one: one.completed_count,
    TeamOrder.DUE: lambda one: one.due_on or date.max,
    TeamOrder.ACTIVITY: lambda one: one.last_activity_at or _NEVER,
}


def member_figures(member: TeamMember) -> MemberFigures:
    """Return a report's courses as numbers."""
    open_courses = [one for one in member.enrolments if one.completed_at is None]
    pressing = sorted(
        (one for one in open_courses if one.stuck or one.overdue),
        key=lambda one: (one.due_on or date.max, one.last_activity_at),
    )
    return MemberFigures(
        person_id=member.person_id,
        name=member.name,
        position=member.position,
        open_count=len(open_courses),
        overdue_count=sum(one.overdue for one in open_courses),
        stuck_count=sum(one.stuck for one in open_courses),
        completed_count=member.completed_count,
        due_on=min((one.due_on for one in open_courses if one.due_on is not None), default=None),
        last_activity_at=max((one.last_activity_at for one in member.enrolments), default=None),
        stuck_course=pressing[0].course_title if pressing else "",
    )


def arranged(members: Iterable[MemberFigures], request: TeamRequest) -> list[MemberFigures]:
    """Return the members asked for in the order asked for; equal ones by name."""
    shown = [member for member in members if _shown(member, request.narrowed_to)]
    by_name = sorted(shown, key=_KEYS[TeamOrder.NAME])
    return sorted(by_name, key=_KEYS[request.order], reverse=request.descending)


def _shown(member: MemberFigures, narrowed_to: TeamFilter) -> bool:
    if narrowed_to is TeamFilter.STUCK:
        return member.needs_a_word
    if narrowed_to is TeamFilter.NOTHING_OPEN:
        return member.standing is Standing.NOTHING_OPEN
    return True
