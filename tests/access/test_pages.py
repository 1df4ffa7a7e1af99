from __future__ import annotations

import pytest

from mycelia.access import api
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.people import make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = make_holder(Role.IT_ADMINISTRATOR, given_name="Iris", family_name="Tech")
    client.force_login(person)
    return person


def test_platform_page_shows_its_figures(client, administrator):
    text = client.get("/platform/").content.decode()
    for label in ("Waiting jobs", "Audit entries", "Statements", "Signed in"):
        assert label in text


def test_roles_page_lists_filters_and_answers_htmx_with_the_same_part(client, administrator):
    make_holder(Role.AUTHOR, given_name="Ada", family_name="Byron")
    text = client.get("/platform/roles/").content.decode()
    assert "Ada Byron" in text
    assert "Iris Tech" in text
    part = client.get("/platform/roles/?q=byron&role=author", headers={"HX-Request": "true"}).content.decode()
    assert "Ada Byron" in part
    assert "Iris Tech" not in part
    assert "<html" not in part
    assert "Nobody matches" in client.get("/platform/roles/?q=zzz").content.decode()


def test_roles_page_needs_the_same_queries_however_many(client, administrator, django_assert_max_num_queries):
    for _ in range(30):
        make_holder(Role.AUTHOR)
    with django_assert_max_num_queries(8):
        client.get("/platform/roles/")


def test_grant_form_gives_the_role_over_a_unit(client, administrator):
    person, unit = make_person("ada@example.com"), make_unit()
    answer = client.post("/platform/roles/new/", {"email": "ada@example.com", "role": "author", "unit": unit.pk})
    assert answer.status_code == 302
    assert api.actor_for(person).unit_paths(Role.AUTHOR) == (unit.path,)


@pytest.mark.parametrize(
    "sent", [{"email": "nobody@example.com", "role": "author"}, {"email": "x", "role": "learner"}, {}]
)
def test_grant_form_that_is_invalid_comes_back_with_422(client, administrator, sent):
    answer = client.post("/platform/roles/new/", sent)
    assert answer.status_code == 422
    assert "Nothing was saved" in answer.content.decode()


def test_revocation_asks_first_and_then_takes_the_role(client, administrator):
    person = make_holder(Role.AUTHOR)
    held = api.assignments().get(person=person)
    assert "stops being Author" in client.get(f"/platform/roles/{held.pk}/revocation/").content.decode()
    assert client.post(f"/platform/roles/{held.pk}/revocation/", {"confirmed": "yes"}).status_code == 302
    assert not api.actor_for(person).has(Role.AUTHOR)


def test_revocation_of_the_last_administrator_says_why_not(client, administrator):
    held = api.assignments().get(person=administrator)
    answer = client.post(f"/platform/roles/{held.pk}/revocation/", {"confirmed": "yes"})
    assert answer.status_code == 409
    assert "last IT administrator" in answer.content.decode()


def test_person_page_shows_past_and_present_roles(client, administrator):
    person = make_holder(Role.AUTHOR, Role.CURATOR)
    api.revoke_role(actor=api.actor_for(administrator), assignment=api.assignments().get(person=person, role="author"))
    text = client.get(f"/platform/roles/people/{person.pk}/").content.decode()
    assert "Ended" in text
    assert "Curator" in text
    assert client.get("/platform/roles/people/999999999/").status_code == 404
