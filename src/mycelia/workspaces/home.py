"""Turns what is known about a person into the first page they see."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from mycelia.content.types import CourseCard
from mycelia.kernel.policy import Actor
from mycelia.learning.types import CourseStanding
from mycelia.workspaces import wording
from mycelia.workspaces.desk import desk_entries
from mycelia.workspaces.pages import (
    DoneRow,
    HomePage,
    NextStep,
    StuckRow,
    SuggestedRow,
    TeamGlance,
    WaitingRow,
)
from mycelia.workspaces.queries import HomeFacts
from mycelia.workspaces.types import MemberFigures

WAITING_SHOWN = 4
STUCK_SHOWN = 3
TEAM_URL = "/talent/team/"


def home_page(actor: Actor, given_name: str, facts: HomeFacts, today: date) -> HomePage:
    """Return the page of one person on one day."""
    overview = facts.overview
    rest = overview.open[1:]
    return HomePage(
        title=_("Hello, %(name)s") % {"name": given_name},
        lead=_lead(overview.open, today),
        next=None if overview.next is None else _next_step(overview.next, today),
        waiting=tuple(_waiting_row(course, today) for course in rest[:WAITING_SHOWN]),
        waiting_more=max(0, len(rest) - WAITING_SHOWN),
        done=tuple(_done_row(course, today) for course in overview.completed),
        done_more=overview.completed_total - len(overview.completed),
        suggestions=tuple(_suggested_row(card) for card in facts.suggestions),
        is_newcomer=not overview.open and not overview.completed_total,
        team=None if facts.team is None else _team_glance(facts.team),
        desk=desk_entries(actor, facts.desk),
    )


def _lead(courses: tuple[CourseStanding, ...], today: date) -> str:
    days = [course.due_on for course in courses if course.due_on is not None]
    near = today + timedelta(days=wording.NEAR_DAYS)
    return wording.open_summary(
        sum(day < today for day in days), sum(today <= day <= near for day in days), len(courses)
    )


def _next_step(standing: CourseStanding, today: date) -> NextStep:
    remaining = standing.remaining
    return NextStep(
        title=standing.course.title,
        place=wording.place(standing),
        why=wording.why(standing, today),
        remaining=wording.lessons_left(remaining),
        time=wording.minutes(remaining.minutes),
        due=wording.due(standing.due_on, today),
        tone=wording.due_tone(standing.due_on, today),
        done_count=remaining.lessons_done,
        total_count=remaining.lessons_total,
        url=standing.url,
        action=_("Continue") if standing.started else _("Start"),
    )


def _waiting_row(standing: CourseStanding, today: date) -> WaitingRow:
    detail = f"{wording.lessons_left(standing.remaining)} · {wording.minutes(standing.remaining.minutes)}"
    due = wording.due(standing.due_on, today)
    return WaitingRow(standing.course.title, standing.url, detail, due, wording.due_tone(standing.due_on, today))


def _done_row(standing: CourseStanding, today: date) -> DoneRow:
    when = wording.ago(standing.completed_at.date(), today) if standing.completed_at else ""
    return DoneRow(standing.course.title, f"/learn/{standing.course.slug}/", when)


def _suggested_row(card: CourseCard) -> SuggestedRow:
    return SuggestedRow(card.title, f"/catalog/{card.slug}/", card.summary, wording.minutes(card.minutes))


def _team_glance(team: tuple[MemberFigures, ...]) -> TeamGlance:
    stuck = sorted((one for one in team if one.needs_a_word), key=lambda one: (one.due_on or date.max, one.name))
    return TeamGlance(
        summary=wording.team_summary(len(team), len(stuck)),
        url=TEAM_URL,
        stuck=tuple(_stuck_row(one) for one in stuck[:STUCK_SHOWN]),
    )


def _stuck_row(one: MemberFigures) -> StuckRow:
    return StuckRow(one.name, f"{TEAM_URL}{one.person_id}/", one.stuck_course, wording.TONES[one.standing])
