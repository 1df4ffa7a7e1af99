"""Home answers what next, why, how long and by when, for the person who looks and nobody else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mycelia.access.api import actor_for, grant_role
from mycelia.kernel.policy import Role
from mycelia.learning import api as learning
from mycelia.people.models import Person
from tests.factories.people import make_person, make_unit
from tests.workspaces.conftest import SYSTEM, Team, assign, make_course, signed_in

FIRST_VIEW, LATER_VIEWS, MANAGERS_VIEW = 8, 1, 9
"""Later views are answered from the kept page: the first sets the form cookie, the second is kept."""


def _page(person: Person) -> str:
    response = signed_in(person).get("/")
    assert response.status_code == 200
    return str(response.content.decode())


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    return len(queries)


def test_home_without_session_leads_to_sign_in(db: None) -> None:
    response = Client(HTTP_HOST="localhost:8000").get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_home_of_newcomer_suggests_where_to_begin(team: Team) -> None:
    make_course("first-steps")
    page = _page(team.stranger)
    assert "A good place to begin" in page
    assert "First steps" in page
    assert "How this works" in page


def test_home_of_newcomer_without_catalogue_still_explains(team: Team) -> None:
    page = _page(team.stranger)
    assert "Nothing is waiting for you." in page
    assert "How this works" in page


def test_home_puts_overdue_course_first_with_reason_and_time(team: Team) -> None:
    make_course("calm-course")
    make_course("late-course")
    assign(team.anna, "calm-course", due_in=40)
    assign(team.anna, "late-course", due_in=-3)
    page = _page(team.anna)
    assert page.index("Late course") < page.index("Calm course")
    assert "3 days overdue" in page
    assert "about 12 minutes" in page
    assert "One course is past its date." in page


def test_home_of_begun_course_goes_on_where_it_was_left(team: Team) -> None:
    keys = make_course("begun-course")
    enrolment = assign(team.anna, "begun-course")
    learning.complete_lesson(actor=actor_for(team.anna), enrolment=enrolment, key=keys[0])
    page = _page(team.anna)
    assert f"/learn/begun-course/{keys[1]}/" in page
    assert "2 of 3 lessons left" in page
    assert "Continue" in page


def test_home_after_completion_shows_it_at_once(team: Team) -> None:
    keys = make_course("short-course", lessons=1)
    enrolment = assign(team.anna, "short-course")
    client = signed_in(team.anna)
    assert "Next for you" in client.get("/").content.decode()
    learning.complete_lesson(actor=actor_for(team.anna), enrolment=enrolment, key=keys[0])
    page = client.get("/").content.decode()
    assert "Next for you" not in page
    assert "Behind you" in page


def test_home_never_shows_another_persons_learning(team: Team) -> None:
    make_course("private-course")
    assign(team.anna, "private-course", due_in=3)
    assert "due in 3 days" not in _page(team.stranger)


def test_home_of_manager_names_own_stuck_reports_only(team: Team) -> None:
    make_course("late-course")
    assign(team.anna, "late-course", due_in=-3)
    assign(team.stranger, "late-course", due_in=-3)
    page = _page(team.manager)
    assert "1 of 2 people needs a word." in page
    assert "Anna Test" in page
    assert "Sven Test" not in page


def test_home_of_learner_has_no_team_and_no_desk(team: Team) -> None:
    page = _page(team.anna)
    assert "Your team" not in page
    assert "Your desk" not in page


@pytest.mark.parametrize(
    ("role", "entry"),
    [
        (Role.AUTHOR, "No unfinished drafts"),
        (Role.CURATOR, "Nothing waits for review"),
        (Role.TALENT_ADMINISTRATOR, "Import people"),
        (Role.FINANCE_ANALYST, "Begin with what the company wants to reach"),
        (Role.EXECUTIVE, "Begin with what the company wants to reach"),
        (Role.IT_ADMINISTRATOR, "Who may do what"),
    ],
)
def test_home_of_role_holder_has_their_desk(team: Team, role: Role, entry: str) -> None:
    grant_role(actor=SYSTEM, person_id=team.anna.pk, role=role)
    assert entry in _page(team.anna)


@pytest.mark.parametrize("size", [2, 60])
def test_home_query_count_does_not_grow_with_the_company(team: Team, size: int) -> None:
    make_course("one-course")
    make_course("two-course")
    unit = make_unit("BIG")
    for _ in range(size):
        assign(make_person(unit=unit, manager=team.manager), "one-course", due_in=-1)
    assign(team.anna, "one-course", due_in=3)
    assign(team.anna, "two-course", due_in=5)
    learner, manager = signed_in(team.anna), signed_in(team.manager)
    _queries(signed_in(team.stranger))
    assert _queries(learner) <= FIRST_VIEW
    _queries(learner)
    assert _queries(learner) <= LATER_VIEWS
    assign(team.manager, "one-course")
    assign(team.manager, "two-course")
    assert _queries(manager) <= MANAGERS_VIEW
