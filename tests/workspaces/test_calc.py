"""The pure rules of the team page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mycelia.learning.types import TeamEnrolment, TeamMember
from mycelia.workspaces.calc import arranged, member_figures
from mycelia.workspaces.types import MemberFigures, Standing, TeamFilter, TeamOrder, TeamRequest

MOMENTS = st.integers(0, 10_000).map(lambda hours: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
DAYS = st.dates(date(2025, 1, 1), date(2026, 1, 1))
ENROLMENTS = st.builds(
    TeamEnrolment,
    course_slug=st.just("course"),
    course_title=st.text(min_size=1, max_size=5),
    enrolled_at=MOMENTS,
    due_on=st.none() | DAYS,
    completed_at=st.none() | MOMENTS,
    last_activity_at=MOMENTS,
    lessons_done=st.integers(0, 3),
    lessons_total=st.just(3),
    stuck=st.booleans(),
    overdue=st.booleans(),
)
MEMBERS = st.builds(
    TeamMember,
    person_id=st.integers(1, 99),
    name=st.text(min_size=1, max_size=5),
    position=st.just(""),
    enrolments=st.lists(ENROLMENTS, max_size=5).map(tuple),
)
FIGURES = MEMBERS.map(member_figures)
ORDERS = st.sampled_from(TeamOrder)


@given(MEMBERS)
def test_member_figures_count_every_course_once(member: TeamMember) -> None:
    figures = member_figures(member)
    assert figures.open_count + figures.completed_count == len(member.enrolments)
    assert figures.overdue_count <= figures.open_count
    assert figures.stuck_count <= figures.open_count
    assert bool(figures.stuck_course) == figures.needs_a_word
    assert (figures.standing is Standing.NOTHING_OPEN) == (figures.open_count == 0)


@given(st.lists(FIGURES, max_size=8), ORDERS, st.booleans())
def test_arranged_keeps_everybody(team: list[MemberFigures], order: TeamOrder, descending: bool) -> None:
    shown = arranged(team, TeamRequest(order, descending))
    assert sorted(map(repr, shown)) == sorted(map(repr, team))


@given(st.lists(FIGURES, max_size=8), ORDERS)
def test_arranged_narrowed_parts_do_not_overlap(team: list[MemberFigures], order: TeamOrder) -> None:
    stuck = arranged(team, TeamRequest(order, narrowed_to=TeamFilter.STUCK))
    idle = arranged(team, TeamRequest(order, narrowed_to=TeamFilter.NOTHING_OPEN))
    assert all(member.needs_a_word for member in stuck)
    assert not any(member.needs_a_word for member in idle)
    assert len(stuck) + len(idle) <= len(team)
