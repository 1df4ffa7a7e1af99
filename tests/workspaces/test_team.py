"""The team page shows a manager's own reports, sorted and narrowed as asked."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.people import make_person, make_unit
from tests.workspaces.conftest import Team, assign, make_course, signed_in

ADDRESS = "/talent/team/"
QUERIES = 6


def _names(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{ADDRESS}{query}")
    assert response.status_code == 200
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', response.content.decode())


def test_team_page_shows_own_reports_only(team: Team) -> None:
    assert _names(signed_in(team.manager)) == ["Anna Test", "Boris Test"]
    assert _names(signed_in(team.other_manager)) == ["Sven Test"]


def test_team_page_is_refused_to_whoever_leads_nobody(team: Team) -> None:
    assert signed_in(team.anna).get(ADDRESS).status_code == 403


def test_team_page_without_session_leads_to_sign_in(db: None) -> None:
    assert Client(HTTP_HOST="localhost:8000").get(ADDRESS).status_code == 302


def test_team_page_ignores_a_manager_named_in_the_address(team: Team) -> None:
    assert "Sven Test" not in _names(signed_in(team.manager), f"?manager={team.other_manager.pk}")


def test_team_page_puts_whoever_needs_a_word_first(team: Team) -> None:
    make_course("late-course")
    assign(team.boris, "late-course", due_in=-2)
    assert _names(signed_in(team.manager)) == ["Boris Test", "Anna Test"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?sort=name", ["Anna Test", "Boris Test"]),
        ("?sort=-name", ["Boris Test", "Anna Test"]),
        ("?sort=-overdue", ["Boris Test", "Anna Test"]),
        ("?sort=-open", ["Boris Test", "Anna Test"]),
        ("?show=stuck", ["Boris Test"]),
        ("?show=nothing_open", ["Anna Test"]),
        ("?show=nonsense&sort=-nonsense&page=99999999", ["Anna Test", "Boris Test"]),
    ],
)
def test_team_page_is_sorted_and_narrowed_as_asked(team: Team, query: str, names: list[str]) -> None:
    make_course("late-course")
    assign(team.boris, "late-course", due_in=-2)
    assert _names(signed_in(team.manager), query) == names


def test_team_page_with_many_reports_is_paginated_at_a_constant_number_of_queries(team: Team) -> None:
    make_course("late-course")
    unit = make_unit("BIG")
    client = signed_in(team.manager)
    for _ in range(60):
        assign(make_person(unit=unit, manager=team.manager), "late-course", due_in=-2)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        first = _names(client)
    assert len(queries) <= QUERIES
    assert len(first) == 25
    assert len(_names(client, "?show=stuck&sort=standing&page=3")) == 10


def test_team_page_answers_htmx_with_the_same_table(team: Team) -> None:
    response = signed_in(team.manager).get(ADDRESS, headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "Anna Test" in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_team_page_says_when_the_company_is_invented(team: Team) -> None:
    assert "synthetic data" not in signed_in(team.manager).get(ADDRESS).content.decode()
    team.manager.email = "marek@demo.example"
    team.manager.save()
    assert "synthetic data" in signed_in(team.manager).get(ADDRESS).content.decode()
