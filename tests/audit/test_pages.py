from __future__ import annotations

import pytest

from mycelia.audit import api
from mycelia.audit.types import Act
from mycelia.kernel.policy import Actor, Role
from tests.factories.access import make_holder

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("import job")


@pytest.fixture
def administrator(client):
    person = make_holder(Role.IT_ADMINISTRATOR, given_name="Iris", family_name="Tech")
    client.force_login(person)
    return person


def _text(client, query=""):
    return client.get(f"/platform/audit/{query}").content.decode()


def test_audit_page_names_people_and_links_objects(client, administrator):
    actor = Actor(administrator.pk, "x")
    api.record(actor=actor, action="test.thing.do", object_type="people.Person", object_id=administrator.pk)
    text = _text(client, "?action=test.thing.do")
    assert text.count("Iris Tech") >= 2
    assert f'href="/platform/roles/people/{administrator.pk}/"' in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?actor=import", True),
        ("?actor=iris", False),
        ("?action=test.thing.do", True),
        ("?object_type=test.Thing&object_id=7", True),
        ("?object_id=8", False),
        ("?since=2020-01-01", True),
        ("?until=2020-01-01", False),
        ("?since=0001-01-01&until=9999-12-31", True),
        ("?since=nonsense", True),
        ("?before=1", False),
    ],
)
def test_audit_page_filters(client, administrator, query, found):
    api.record(actor=SYSTEM, action="test.thing.do", object_type="test.Thing", object_id="7")
    assert ("Thing 7" in _text(client, query)) is found


def test_audit_page_goes_on_by_key_without_repeating(client, administrator):
    api.record_many(Act(SYSTEM, "test.thing.do", "test.Thing", f"n{number:03}") for number in range(120))
    first = _text(client, "?action=test.thing.do")
    older = first.split('rel="next"')[0].rpartition('href="')[2].split('"')[0].replace("&amp;", "&")
    second = _text(client, older)
    assert "n119" in first
    assert "n070" in first
    assert "n069" not in first
    assert "n069" in second
    assert "n020" in second


def test_audit_page_needs_the_same_queries_however_many(client, administrator, django_assert_max_num_queries):
    api.record_many(Act(SYSTEM, "test.thing.do", "test.Thing", str(number)) for number in range(60))
    with django_assert_max_num_queries(8):
        _text(client)
