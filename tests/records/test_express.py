"""The single command writes what the ordinary way writes, or nothing."""

from __future__ import annotations

import json
import threading
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from mycelia.records import api
from mycelia.records.actions import express, interning, storing
from mycelia.records.calc.extraction import agent_key
from mycelia.records.errors import StatementConflict
from mycelia.records.models import Interning, Statement, StatementActivity, StatementAgent, StatementKey
from mycelia.records.types import StatementFilter
from tests.factories.records import ADA, make_statement

pytestmark = pytest.mark.django_db(transaction=True)
CONTEXT = {"registration": str(uuid4()), "contextActivities": {"parent": [{"id": "a:parent"}]}, "instructor": ADA}
BOB = {"objectType": "Agent", "account": {"homePage": "https://example.com", "name": "bob"}}


@pytest.fixture
def written(monkeypatch):
    """What the single command answered, call by call, once every text is remembered."""
    Interning.objects.all().delete()
    Interning.objects.create(generation=uuid4().int >> 70)
    answers = []

    def noting(*given, **named):
        answers.append(express.write_express(*given, **named))
        return answers[-1]

    monkeypatch.setattr(storing, "write_express", noting)
    for _ in range(2):  # the second time the definition adds nothing
        api.store([_sent(), make_statement(), make_statement(actor=BOB)])
    answers.clear()
    return answers


def test_new_process_looks_up_the_texts_of_a_statement_by_one_query(written, django_assert_num_queries):
    interning._begin_generation(None)
    with django_assert_num_queries(1):
        api.store([_sent()])
    assert written == [True]


def test_new_process_looks_up_the_texts_of_a_batch_by_one_query(written, django_assert_num_queries):
    interning._begin_generation(None)
    with django_assert_num_queries(1):
        api.store([_sent() for _ in range(storing.MOST + 1)])
    assert Statement.objects.count() == 6 + storing.MOST + 1


def _sent(**changes):
    named = {"name": {"en": "Course"}, "type": "a:type"}
    return make_statement(
        **{"object": {"id": "https://example.com/courses/1", "definition": named}, "context": CONTEXT, **changes}
    )


def _rows(statement_id):
    statement = Statement.objects.filter(statement_id=statement_id).values().get()
    place = {"stored": statement["stored"], "sequence": statement["sequence"]}
    links = [
        sorted(table.objects.filter(**place).values_list(text, "verb_id", "is_direct"))
        for table, text in ((StatementAgent, "agent_id"), (StatementActivity, "activity_id"))
    ]
    key = StatementKey.objects.filter(statement_id=statement_id, **place).exists()
    own = {"statement_id", "stored", "sequence", "payload", "occurred"}
    payload = json.loads(bytes(statement["payload"]))
    kept = {name: value for name, value in payload.items() if name not in {"id", "stored", "timestamp"}}
    return [value for name, value in statement.items() if name not in own], links, key, kept


@pytest.mark.parametrize("sent", [_sent(), make_statement(), _sent(timestamp="2026-01-01T00:00:00Z")])
def test_single_command_writes_the_rows_of_the_ordinary_way(written, monkeypatch, sent):
    (short,) = api.store([sent])
    assert written == [True]
    monkeypatch.setattr(storing, "MOST", 0)
    (ordinary,) = api.store([sent])
    assert written == [True]
    assert _rows(short) == _rows(ordinary)


def test_single_command_keeps_several_in_the_order_sent(written):
    identifiers = api.store([_sent() for _ in range(5)])
    assert written == [True]
    found = api.statements(StatementFilter(activity="a:parent", related_activities=True, ascending=True, limit=50))
    assert [one.statement_id for one in found.statements][-5:] == identifiers


def test_statement_sent_again_is_left_to_the_ordinary_way(written):
    sent = _sent(id=str(uuid4()))
    assert api.store([sent]) == api.store([sent])
    with pytest.raises(StatementConflict):
        api.store([{**sent, "result": {"success": True}}, make_statement()])
    assert written == [True, False, False]
    assert Statement.objects.count() == 7


def test_new_texts_get_their_numbers_first(written):
    sent = make_statement(verb={"id": "a:new"}, actor={**BOB, "account": {**BOB["account"], "name": "new"}})
    (identifier,) = api.store([sent])
    assert written == [True]
    (found,) = api.statements(StatementFilter(verb="a:new", agent=agent_key(sent["actor"]))).statements
    assert found.statement_id == identifier


def test_new_texts_of_a_statement_that_is_refused_are_found_again(written):
    sent = _sent(id=str(uuid4()))
    api.store([sent])
    changed = {**sent, "verb": {"id": "a:changed"}}
    with pytest.raises(StatementConflict):
        api.store([changed])
    api.store([make_statement(verb={"id": "a:changed"})])
    assert written == [True, False, True]


def test_new_generation_is_noticed_by_the_command_itself(written):
    Interning.objects.update(generation=1)
    for _ in range(2):
        api.store([make_statement()])
    assert written == [False, True]


def test_definition_that_adds_something_is_left_to_the_ordinary_way(written):
    other = {"id": "https://example.com/courses/1", "definition": {"name": {"de": "Kurs"}}}
    for sent in (_sent(), make_statement(object=other), make_statement(object=other), _sent()):
        api.store([sent])
    assert written == [True, False, True, True]
    assert api.canonical_activity(other["id"])["definition"]["name"] == {"en": "Course", "de": "Kurs"}


@pytest.mark.parametrize(
    "changes",
    [
        {"object": {"objectType": "StatementRef", "id": str(uuid4())}},
        {"object": {**ADA, "objectType": "Agent"}},
        {"actor": {"objectType": "Group", "member": [ADA]}},
    ],
)
def test_unusual_statement_is_left_to_the_ordinary_way(written, changes):
    api.store([make_statement(**changes)])
    assert written == [False]


def test_statement_in_a_callers_transaction_is_left_to_the_ordinary_way(written):
    from django.db import transaction

    with transaction.atomic():
        api.store([make_statement()])
    assert written == []


def test_connection_that_died_is_replaced_and_the_statement_stored_once(written):
    sent = make_statement(id=str(uuid4()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
    other.close()
    assert [str(one) for one in api.store([sent])] == [sent["id"]]
    assert Statement.objects.filter(statement_id=sent["id"]).count() == 1


def test_command_is_prepared_again_when_the_driver_let_go_of_everything_prepared(written):
    for _ in range(2):
        api.store([_sent()])
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
    assert written == [True, True]


def test_identifier_made_before_the_connection_broke_is_new_to_its_sender(written, monkeypatch):
    def committed_and_broken(*given, **named):
        assert express.write_express(*given, **named)
        raise psycopg.OperationalError("the answer was lost")

    monkeypatch.setattr(storing, "write_express", committed_and_broken)
    authority = storing.platform_authority()
    accepted = storing.store_sent([make_statement()], authority=authority, version="1.0.3")
    assert accepted.new_count == 1
    known = {"id": str(uuid4())}
    accepted = storing.store_sent([make_statement(**known)], authority=authority, version="1.0.3")
    assert [str(one) for one in accepted.statement_ids] == [known["id"]]
    assert Statement.objects.filter(statement_id=known["id"]).count() == 1


def test_same_identifier_from_many_writers_at_once_is_stored_once(written):
    sent, outcomes = make_statement(id=str(uuid4())), []

    def write(number):
        try:
            api.store([{**sent, "result": {"success": number % 2 == 0}}])
            outcomes.append("stored")
        except StatementConflict:
            outcomes.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict"] * 3 + ["stored"] * 3
    assert Statement.objects.filter(statement_id=sent["id"]).count() == 1
