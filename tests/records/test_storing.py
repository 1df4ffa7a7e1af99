from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from mycelia.kernel import clock
from mycelia.records import api
from mycelia.records.actions.sequence import take_numbers
from mycelia.records.errors import InvalidStatement, StatementConflict, StatementNotFound, TooManyStatements
from mycelia.records.models import Agent, Interning, Iri, Statement, StatementKey
from mycelia.records.types import AgentKey, StatementFilter
from tests.factories.people import make_person
from tests.factories.records import ADA, make_statement

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)


def _begin_generation(number: int) -> None:
    Interning.objects.all().delete()
    Interning.objects.create(generation=number)


def _payload(statement_id: UUID) -> dict:
    return json.loads(api.statement(statement_id).payload)


@pytest.mark.django_db
def test_store_completes_what_the_store_assigns():
    """xAPI 1.0.3 Part Two 2.4.1, 2.4.7, 2.4.8, 2.4.9, 2.4.10: id, timestamp, stored, authority, version."""
    with clock.frozen(AT):
        (statement_id,) = api.store([make_statement(authority=ADA)])
    payload = _payload(statement_id)
    assert payload["id"] == str(statement_id)
    assert payload["timestamp"] == payload["stored"] == "2026-05-01T12:00:00.000000Z"
    assert payload["authority"] == api.platform_authority()
    assert payload["version"] == "1.0.0"


@pytest.mark.django_db
def test_store_keeps_identifiers_in_the_order_sent():
    sent = [make_statement(id=str(uuid4())) for _ in range(5)]
    assert [str(one) for one in api.store(sent)] == [one["id"] for one in sent]


@pytest.mark.django_db
def test_store_takes_json_text_and_returns_context_activities_as_arrays():
    """xAPI 1.0.3 Part Two 2.4.6.2: a single context activity comes back in an array."""
    context = {"contextActivities": {"parent": {"id": "a:b"}}}
    (statement_id,) = api.store([json.dumps(make_statement(context=context)).encode()])
    assert _payload(statement_id)["context"]["contextActivities"] == {"parent": [{"id": "a:b"}]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"actor": "\xff"}',
        b'{"actor": "\\ud800"}',
        b"[" * 100_000,
        b'{"object":' * 50_000,
        b"\x00",
    ],
)
def test_store_of_hostile_json_is_refused_with_a_reason(sent):
    with pytest.raises(InvalidStatement) as caught:
        api.store([make_statement(), sent])
    assert caught.value.data["path"].startswith("$[1]")
    assert not StatementKey.objects.exists()


@pytest.mark.django_db
def test_store_of_a_statement_with_nul_and_unusual_characters_returns_them():
    text = "a\x00\u2028\U0001f344"
    (statement_id,) = api.store([make_statement(result={"response": text})])
    assert _payload(statement_id)["result"]["response"] == text


@pytest.mark.django_db
def test_store_of_a_very_long_iri_finds_it_again():
    iri = "https://example.com/" + "x" * 8_000
    (statement_id,) = api.store([make_statement(object={"id": iri})])
    assert [one.statement_id for one in api.statements(StatementFilter(activity=iri)).statements] == [statement_id]


@pytest.mark.django_db
def test_store_when_one_is_invalid_stores_none_and_names_it():
    with pytest.raises(InvalidStatement) as caught:
        api.store([make_statement(), make_statement(verb={"id": "x"})])
    assert caught.value.data["path"] == "$[1].verb.id"
    assert not Statement.objects.exists()


@pytest.mark.django_db
def test_store_of_an_identifier_twice_in_a_batch_is_refused():
    """xAPI 1.0.3 Part Three 2.1.2: identifiers in a batch are distinct."""
    twin = make_statement(id=str(uuid4()))
    with pytest.raises(InvalidStatement, match="twice"):
        api.store([twin, twin])


@pytest.mark.django_db
def test_store_of_too_many_is_refused():
    with pytest.raises(TooManyStatements):
        api.store([{}] * 10_001)


@pytest.mark.django_db
def test_store_of_an_equal_statement_again_changes_nothing():
    sent = make_statement(id=str(uuid4()))
    first = api.store([sent])
    before = bytes(Statement.objects.get().payload)
    assert api.store([sent]) == first
    assert bytes(Statement.objects.get().payload) == before


EQUAL = {
    "display of the verb": {"verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"de": "fertig"}}},
    "definition of the activity": {
        "object": {"id": "https://example.com/courses/1", "definition": {"name": {"en": "x"}}}
    },
    "case of a mail domain": {"actor": {"objectType": "Agent", "mbox": "mailto:ada@EXAMPLE.com"}},
    "authority": {"authority": {"openid": "a:b"}},
    "stored": {"stored": "2020-01-01T00:00:00Z"},
    "version": {"version": "1.0.2"},
    "attachments": {
        "attachments": [
            {
                "usageType": "a:b",
                "display": {},
                "contentType": "a/b",
                "length": 1,
                "sha2": "a" * 64,
                "fileUrl": "https://example.com/a",
            }
        ]
    },
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", EQUAL)
def test_statement_sent_again_that_differs_only_in_an_exception_is_equal(name):
    """xAPI 1.0.3 Part Two 2.3.1: exceptions to immutability are ignored when comparing."""
    statement_id = str(uuid4())
    api.store([make_statement(id=statement_id)])
    api.store([make_statement(**{"id": statement_id.upper(), **EQUAL[name]})])


DIFFERENT = {
    "actor": {"actor": {"objectType": "Agent", "mbox": "mailto:Ada@example.com"}},
    "verb": {"verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}},
    "object": {"object": {"id": "https://example.com/courses/2"}},
    "result": {"result": {"completion": True}},
    "duration written otherwise": {"result": {"duration": "PT60M"}},
    "context": {"context": {"platform": "x"}},
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", DIFFERENT)
def test_statement_sent_again_that_differs_is_a_conflict(name):
    """xAPI 1.0.3 Part Two 2.3.1 and Part Three 2.1.1: a different statement under the same id is refused."""
    statement_id = str(uuid4())
    api.store([make_statement(id=statement_id, **({"result": {"duration": "PT1H"}} if "duration" in name else {}))])
    with pytest.raises(StatementConflict):
        api.store([make_statement(), make_statement(**{"id": statement_id, **DIFFERENT[name]})])
    assert Statement.objects.count() == 1


@pytest.mark.django_db
def test_statement_sent_again_with_the_same_moment_written_otherwise_is_equal():
    """xAPI 1.0.3 Part Two 2.3.1.b4: a timestamp may be in another zone."""
    statement_id = str(uuid4())
    api.store([make_statement(id=statement_id, timestamp="2026-05-01T12:00:00Z")])
    api.store([make_statement(id=statement_id, timestamp="2026-05-01T14:00:00.000+02:00")])
    api.store([make_statement(id=statement_id)])
    with pytest.raises(StatementConflict):
        api.store([make_statement(id=statement_id, timestamp="2026-05-01T12:00:01Z")])


@pytest.mark.django_db
def test_statement_as_it_was_returned_can_be_sent_again():
    group = {"objectType": "Group", "member": [ADA, {"openid": "a:b"}]}
    (statement_id,) = api.store([make_statement(actor=group)])
    returned = _payload(statement_id)
    returned["actor"]["member"].reverse()
    assert api.store([returned]) == [statement_id]


@pytest.mark.django_db
def test_texts_are_kept_once():
    api.store([make_statement() for _ in range(20)])
    assert Iri.objects.count() == 2
    assert Agent.objects.count() == 2


@pytest.mark.django_db
def test_identifier_is_unique_over_partitions():
    statement_id = str(uuid4())
    with clock.frozen(datetime(2026, 1, 15, tzinfo=UTC)):
        api.store([make_statement(id=statement_id)])
    with clock.frozen(datetime(2026, 2, 15, tzinfo=UTC)):
        api.store([make_statement(id=statement_id)])
        with pytest.raises(StatementConflict):
            api.store([make_statement(id=statement_id, result={"success": True})])
    assert Statement.objects.count() == 1


@pytest.mark.django_db
def test_partitions_are_made_for_the_moment_of_writing_and_ahead():
    with clock.frozen(datetime(2031, 12, 31, 23, 59, tzinfo=UTC)):
        api.store([make_statement()])
        assert api.make_partitions_ahead() == 3
        assert api.make_partitions_ahead() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_statement_2031_12")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_month_that_is_detached_leaves_the_store_and_keeps_its_identifiers():
    at = datetime(2025, 3, 3, tzinfo=UTC)
    with clock.frozen(at):
        (statement_id,) = api.store([make_statement(id=str(uuid4()))])
    assert "records_statement_2025_03" in api.detach_month(at)
    with pytest.raises(StatementNotFound):
        api.any_statement(statement_id)
    assert StatementKey.objects.filter(pk=statement_id).exists()


@pytest.mark.django_db
def test_identifier_of_a_detached_month_is_a_conflict():
    at = datetime(2025, 3, 3, tzinfo=UTC)
    sent = make_statement(id=str(uuid4()))
    with clock.frozen(at):
        api.store([sent])
    api.detach_month(at)
    with pytest.raises(StatementConflict):
        api.store([sent])


@pytest.mark.django_db(transaction=True)
def test_numbers_of_texts_that_were_rolled_back_are_not_used_again():
    _begin_generation(1)
    for outcome in ("rolled back", "stored", "stored from memory"):
        with transaction.atomic():
            (statement_id,) = api.store([make_statement(verb={"id": "a:rolled"}, object={"id": "a:back"})])
            transaction.set_rollback(outcome == "rolled back")
    found = api.statements(StatementFilter(verb="a:rolled", activity="a:back")).statements
    assert len(found) == 2
    assert found[0].statement_id == statement_id


@pytest.mark.django_db(transaction=True)
def test_numbers_of_texts_are_forgotten_when_their_generation_changes():
    _begin_generation(1)
    api.store([make_statement(verb={"id": "a:taken"})])
    Iri.objects.filter(iri="a:taken").delete()
    _begin_generation(2)
    (statement_id,) = api.store([make_statement(verb={"id": "a:taken"})])
    assert [one.statement_id for one in api.statements(StatementFilter(verb="a:taken")).statements] == [statement_id]


@pytest.mark.django_db(transaction=True)
def test_numbers_in_order_are_taken_in_blocks_and_never_twice():
    with connection.cursor() as cursor:
        taken = [number for count in (3, 2500, 1, 1000) for number in take_numbers(cursor.cursor, count)]
    assert taken == sorted(set(taken))
    assert len(taken) == 3504


@pytest.mark.django_db(transaction=True)
def test_writers_of_the_same_identifier_at_the_same_time_store_it_once():
    statement_id = str(uuid4())
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def write(number: int) -> None:
        start.wait()
        try:
            api.store([make_statement(id=statement_id, result={"response": str(number % 2)}), make_statement()])
            outcomes.append("stored")
        except StatementConflict:
            outcomes.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict", "conflict", "stored", "stored"]
    assert Statement.objects.filter(statement_id=statement_id).count() == 1
    assert Statement.objects.count() == 3


@pytest.mark.django_db
def test_store_is_part_of_the_callers_transaction():
    with transaction.atomic():
        (statement_id,) = api.store([make_statement()])
        transaction.set_rollback(True)
    with pytest.raises(StatementNotFound):
        api.statement(statement_id)


@pytest.mark.django_db
def test_store_of_a_large_batch_needs_as_many_queries_as_a_small_one(django_assert_max_num_queries):
    people = [make_person().pk for _ in range(3)]
    agents = api.agents_for(people)
    with django_assert_max_num_queries(16):
        api.store([make_statement(actor=agents[people[n % 3]], object={"id": f"a:{n}"}) for n in range(500)])


@pytest.mark.django_db
def test_agent_of_a_person_says_nothing_about_them_and_survives_changes():
    person = make_person("ada@example.com", employee_number="E-77", given_name="Ada", family_name="Byron")
    agent = api.agent_for(person.pk)
    person.email, person.employee_number = "new@example.com", "E-78"
    person.save()
    assert api.agent_for(person.pk) == agent
    assert not any(word in json.dumps(agent) for word in ("ada", "Byron", "E-77"))
    key = AgentKey("account", agent["account"]["name"], agent["account"]["homePage"])
    assert api.people_behind([key]) == {key: "Ada Byron"}


@pytest.mark.django_db
def test_agent_of_a_person_survives_a_change_of_the_public_address(settings):
    person = make_person()
    agent = api.agent_for(person.pk)
    settings.MYCELIA_PUBLIC_URL = "https://learn.example.com"
    assert api.agent_for(person.pk) == agent
    assert api.account_named(agent["account"]["name"]) == api.account_of(person.pk)


@pytest.mark.django_db
def test_account_of_the_same_name_elsewhere_is_nobody_here():
    agent = api.agent_for(make_person().pk)
    assert api.people_behind([AgentKey("account", agent["account"]["name"], "https://elsewhere.example.com")]) == {}
