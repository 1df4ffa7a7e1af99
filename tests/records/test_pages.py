from __future__ import annotations

from uuid import uuid4

import pytest

from mycelia.kernel.policy import Role
from mycelia.records import api, origins
from mycelia.records.forms.statements import RecordsFilterForm
from tests.factories.access import make_holder
from tests.factories.people import make_person
from tests.factories.records import make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    person = make_person("ada@example.com", given_name="Ada", family_name="Byron")
    client.force_login(person)
    return person


@pytest.fixture
def statements(ada):
    bob = make_person("bob@example.com", given_name="Bob", family_name="Ross")
    return api.store([make_statement(actor=api.agent_for(person.pk)) for person in (ada, bob)])


def test_records_of_a_learner_are_their_own_whatever_is_asked(client, statements):
    for query in ("", "?agent=bob@example.com", "?related_agents=on", "?verb=http://adlnet.gov/expapi/verbs/completed"):
        text = client.get(f"/platform/records/{query}").content.decode()
        assert str(statements[0]) in text
        assert str(statements[1]) not in text


def test_records_of_a_learner_without_any_are_empty(client):
    client.force_login(make_person())
    api.store([make_statement()])
    assert "Nothing recorded yet" in client.get("/platform/records/").content.decode()


def test_one_record_of_somebody_else_does_not_exist_for_a_learner(client, statements):
    assert client.get(f"/platform/records/{statements[0]}/").status_code == 200
    assert client.get(f"/platform/records/{statements[1]}/").status_code == 404
    assert client.get(f"/platform/records/{uuid4()}/").status_code == 404


def test_records_of_a_manager_are_no_more_than_their_own(client, statements):
    client.force_login(make_holder(Role.TALENT_ADMINISTRATOR, Role.EXECUTIVE))
    assert client.get(f"/platform/records/{statements[1]}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {0, 1}),
        ("?agent=BOB@example.com", {1}),
        ("?agent=nobody@example.com", set()),
        ("?activity=https://example.com/courses/1", {0, 1}),
        ("?activity=nonsense", {0, 1}),
        ("?activity=a:b", set()),
        ("?registration=6690e6c9-3ef0-4ed3-8b37-7f3964730bee", set()),
        ("?registration=x", {0, 1}),
        ("?since=2020-01-01", {0, 1}),
        ("?until=2020-01-01", set()),
        ("?since=0001-01-01&until=9999-12-31", {0, 1}),
        ("?after=nonsense", {0, 1}),
        ("?after=2020-01-01T00:00:00~1", {0, 1}),
        ("?after=0001-01-01T00:00:00%2B23:59~1", {0, 1}),
    ],
)
def test_records_for_it_administrators_filter(client, statements, query, found):
    client.force_login(make_holder(Role.IT_ADMINISTRATOR))
    text = client.get(f"/platform/records/{query}").content.decode()
    assert {number for number, one in enumerate(statements) if str(one) in text} == found


def test_records_go_on_by_key(client, ada):
    stored = api.store([make_statement(actor=api.agent_for(ada.pk)) for _ in range(60)])
    first = client.get("/platform/records/").content.decode()
    older = first.split('rel="next"')[0].rpartition('href="')[2].split('"')[0].replace("&amp;", "&")
    second = client.get(f"/platform/records/{older}").content.decode()
    assert [str(one) in first for one in stored] == [False] * 10 + [True] * 50
    assert [str(one) in second for one in stored] == [True] * 10 + [False] * 50


def test_one_record_shows_words_raw_json_and_the_way_back(client, ada):
    run = uuid4()
    link = origins.register_origin_link(lambda registration: "/origin/" if registration == run else None)
    try:
        (one,) = api.store(
            [
                make_statement(
                    actor=api.agent_for(ada.pk),
                    context={"registration": str(run)},
                    result={"completion": True, "score": {"scaled": 0.8}, "response": "<script>alert(1)</script>"},
                )
            ]
        )
        text = client.get(f"/platform/records/{one}/").content.decode()
    finally:
        origins._links.remove(link)
    assert "Ada Byron" in text
    assert 'href="/origin/"' in text
    assert "&quot;scaled&quot;" in text
    assert "<script>alert" not in text


def test_records_page_needs_the_same_queries_however_many(client, ada, django_assert_max_num_queries):
    people = api.agents_for([make_person().pk for _ in range(20)])
    api.store([make_statement(actor=agent) for agent in people.values()])
    client.force_login(make_holder(Role.IT_ADMINISTRATOR))
    with django_assert_max_num_queries(9):
        client.get("/platform/records/")


def test_place_to_go_on_from_that_is_none_is_refused_in_words():
    form = RecordsFilterForm({"after": "nowhere"}, visible=api.VisibleStatements(sees_all=True))
    assert form.errors["after"] == ["This is no place to go on from. Begin with the newest records."]


def test_each_learner_is_listed_what_they_may_open_and_no_more(client, ada):
    bob = make_person("bob@example.com", given_name="Bob", family_name="Ross")
    accounts = {person: api.agent_for(person.pk) for person in (ada, bob)}
    (done,) = api.store([make_statement(actor=accounts[ada])])
    reference = {"objectType": "StatementRef", "id": str(done)}
    praised = {"id": "http://example.com/verbs/praised-secretly"}
    about = {"objectType": "Agent", **accounts[ada]}
    group = {"objectType": "Group", "member": list(accounts.values())}
    others = [
        make_statement(actor=accounts[bob], verb=praised, object=reference),
        make_statement(actor=accounts[bob], verb=praised, object=about),
    ]
    referring, telling = api.store(others)
    (together,) = api.store([make_statement(actor=group)])
    own = {ada: {done}, bob: {referring, telling}}
    for person in (ada, bob):
        client.force_login(person)
        text = client.get("/platform/records/").content.decode()
        assert {one for one in (done, referring, telling, together) if f"/records/{one}/" in text} == own[person]
        opened = {
            one
            for one in (done, referring, telling, together)
            if client.get(f"/platform/records/{one}/").status_code == 200
        }
        assert opened == own[person]
        assert ("praised-secretly" in text) == (person == bob)
        assert (">completed<" in text) == (person == ada)
    page = client.get(f"/platform/records/{referring}/").content.decode()
    assert str(done) in page
    assert f"/records/{done}/" not in page
