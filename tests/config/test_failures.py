"""The whole site while its database is down: asked of the real server with the real settings."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.config.running import Command
from tests.kernel.clusters import new_home

SIGNED_IN = {"Cookie": "mycelia_session=0123456789abcdef0123456789abcdef"}


@pytest.fixture(scope="module", params=["external", "embedded"])
def site_without_database(request: pytest.FixtureRequest) -> Iterator[Command]:
    """Nobody listens at the address of a server, or a folder of somebody else lies where the cluster should be."""
    with new_home() as home:
        variables = {"DJANGO_SETTINGS_MODULE": "mycelia.config.settings"}
        if request.param == "external":
            variables["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing"
        else:
            (home / "postgres" / "data").mkdir(parents=True)
            (home / "postgres" / "data" / "letters.txt").write_text("not a database")
        web = Command(home, "web", "--processes=1", **variables)
        yield web.await_ready()
        web.end()


@pytest.mark.parametrize("path", ["/", "/studio/", "/accounts/login/?next=/"])
def test_page_while_the_database_is_down_says_what_to_do(site_without_database: Command, path: str) -> None:
    status, body, headers = site_without_database.get(path, Host="localhost:8000", **SIGNED_IN)
    assert status == 503
    assert "What was saved is safe; try again in a moment." in body
    assert "Traceback" not in body
    assert "127.0.0.1:1" not in body
    assert str(site_without_database.home) not in body
    assert headers["content-type"].startswith("text/html")


def test_program_while_the_database_is_down_gets_problem_details(site_without_database: Command) -> None:
    status, body, headers = site_without_database.get(
        "/", Host="localhost:8000", Accept="application/json", **SIGNED_IN
    )
    assert status == 503
    assert headers["content-type"] == "application/problem+json"
    assert json.loads(body)["type"] == "urn:mycelia:problem:unavailable"
    assert str(site_without_database.home) not in body


def test_command_on_a_database_without_tables_says_how_to_make_them() -> None:
    with new_home() as home:
        command = Command(home, "records", "credential", "list", DJANGO_SETTINGS_MODULE="mycelia.config.settings")
        assert command.process.wait(120) == 1
        assert command.log.read_text() == (
            "mycelia: The database has not the tables of this version. Run: mycelia migrate\n"
        )
