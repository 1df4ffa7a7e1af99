"""A page answered from memory is never older than the database, and never another person's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.conf import settings as project_settings
from django.contrib.auth import get_user_model
from django.test import Client

from mycelia.kernel import clock
from mycelia.workspaces import views
from tests.factories.content import make_course
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The people whose home was made anew, in order."""
    seen: list[int] = []
    made: Callable = views.home_facts

    def noted(actor):
        seen.append(actor.person_id)
        return made(actor)

    monkeypatch.setattr(views, "home_facts", noted)
    return seen


def signed_in(**fields) -> tuple[Client, int]:
    person = make_person(**fields)
    client = Client()
    client.force_login(person, backend=project_settings.AUTHENTICATION_BACKENDS[0])
    client.get("/")
    client.get("/")
    return client, person.pk


def test_home_visited_again_is_not_made_again(rendered) -> None:
    client, _ = signed_in(given_name="Ada")
    before = len(rendered)
    first, second = client.get("/"), client.get("/")
    assert len(rendered) == before
    assert b"Ada" in first.content
    assert first.content == second.content
    assert first.headers["Content-Security-Policy"] == second.headers["Content-Security-Policy"]


def test_home_after_a_change_shows_it(rendered) -> None:
    client, person_id = signed_in(given_name="Ada")
    get_user_model().objects.filter(pk=person_id).update(given_name="Grace")
    assert b"Grace" in client.get("/").content


def test_home_after_a_change_to_somebody_else_is_kept(rendered) -> None:
    client, _ = signed_in()
    other = make_person()
    before = len(rendered)
    get_user_model().objects.filter(pk=other.pk).update(given_name="Grace")
    client.get("/")
    assert len(rendered) == before


def test_home_after_a_course_on_it_is_renamed_shows_its_new_name(rendered) -> None:
    course = make_course(title="Old name")
    client, _ = signed_in()
    assert b"Old name" in client.get("/").content
    draft = course.get_latest_revision_as_object()
    draft.title = "New name"
    draft.save_revision().publish()
    assert b"New name" in client.get("/").content


def test_home_of_somebody_else_is_never_answered(rendered) -> None:
    signed_in(given_name="Ada")
    client, _ = signed_in(given_name="Grace")
    assert b"Ada" not in client.get("/").content


def test_home_after_sign_out_asks_to_sign_in(rendered) -> None:
    client, _ = signed_in()
    cookies = client.cookies.copy()
    client.post("/accounts/logout/")
    client.cookies = cookies
    assert client.get("/").status_code == 302


def test_home_of_somebody_deactivated_asks_to_sign_in(rendered) -> None:
    client, person_id = signed_in()
    get_user_model().objects.filter(pk=person_id).update(is_active=False)
    assert client.get("/").status_code == 302


def test_home_on_another_day_is_made_again(rendered) -> None:
    client, _ = signed_in()
    before = len(rendered)
    with clock.frozen(datetime(2031, 1, 1, tzinfo=UTC)):
        client.get("/")
    assert len(rendered) > before


def test_home_with_a_question_or_from_htmx_is_made_again(rendered) -> None:
    client, _ = signed_in()
    before = len(rendered)
    client.get("/?a=1")
    client.get("/", headers={"HX-Request": "true"})
    assert len(rendered) == before + 2


def test_home_of_a_manager_depends_on_more_and_is_made_every_time(rendered) -> None:
    from mycelia.access.models import RoleAssignment
    from mycelia.kernel.policy import Role

    client, person_id = signed_in()
    RoleAssignment.objects.create(person_id=person_id, role=Role.AUTHOR, valid_from=clock.today())
    client.get("/")
    before = len(rendered)
    client.get("/")
    assert len(rendered) == before + 1
