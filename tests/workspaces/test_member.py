"""A manager reads what one of their own reports learns; nobody else can."""

from __future__ import annotations

import pytest

from tests.workspaces.conftest import Team, assign, make_course, signed_in


def test_member_page_shows_open_and_overdue_courses(team: Team) -> None:
    make_course("late-course")
    assign(team.boris, "late-course", due_in=-2)
    text = signed_in(team.manager).get(f"/talent/team/{team.boris.pk}/").content.decode()
    assert "Late course" in text
    assert "2 days overdue" in text


def test_member_page_of_somebody_who_learns_nothing_says_so(team: Team) -> None:
    text = signed_in(team.manager).get(f"/talent/team/{team.anna.pk}/").content.decode()
    assert "Nothing is open." in text
    assert "Nothing has been completed yet." in text


@pytest.mark.parametrize(("reader", "status"), [("other_manager", 404), ("anna", 403), ("boris", 403)])
def test_member_page_from_another_session_is_not_there(team: Team, reader: str, status: int) -> None:
    assert signed_in(getattr(team, reader)).get(f"/talent/team/{team.boris.pk}/").status_code == status


def test_member_page_of_nobody_is_not_there(team: Team) -> None:
    assert signed_in(team.manager).get("/talent/team/999999999/").status_code == 404
