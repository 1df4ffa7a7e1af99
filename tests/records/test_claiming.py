"""A batch is written by one command where all is as presumed, and looked at closely where it is not."""

from __future__ import annotations

import threading
import time
from uuid import uuid4

import pytest
from django.db import connection

from mycelia.kernel import clock
from mycelia.records import api
from mycelia.records.actions import claiming, copying, storing
from mycelia.records.errors import StatementConflict
from mycelia.records.models import Interning, Statement, StatementKey
from mycelia.records.queries.consistency import LATE_MILLISECONDS
from mycelia.records.types import Scope
from tests.factories.records import make_statement
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db(transaction=True)
COURSE = "https://example.com/courses/1"


def _batch(**changes):
    named = {"id": COURSE, "definition": {"name": {"en": "Course"}}}
    return [make_statement(**{"id": str(uuid4()), "object": named, **changes}) for _ in range(storing.MOST + 5)]


@pytest.fixture(autouse=True)
def remembering():
    Interning.objects.all().delete()
    Interning.objects.create(generation=uuid4().int >> 70)


@pytest.fixture
def ways(monkeypatch):
    """Which way batches went, call by call, once their texts and definition are known."""
    ways = []

    def copied(*given, **named):
        ways.append("copied" if copying.write_copied(*given, **named) else "not copied")
        return ways[-1] == "copied"

    def claimed(*given):
        ways.append("claimed")
        return claiming.claim(*given)

    monkeypatch.setattr(storing, "write_copied", copied)
    monkeypatch.setattr(storing, "claim", claimed)
    api.store(_batch())
    api.store(_batch())
    ways.clear()
    return ways


def _count():
    assert Statement.objects.count() == StatementKey.objects.count()
    return Statement.objects.count() - 2 * (storing.MOST + 5)


def test_batch_of_new_statements_is_written_without_looking_for_them(ways):
    sent = _batch()
    assert [str(one) for one in api.store(sent)] == [one["id"] for one in sent]
    assert ways == ["copied"]
    assert _count() == len(sent)


@pytest.mark.parametrize("changes", [{"actor": {"mbox": "mailto:new@example.com"}}, {"verb": {"id": "a:new"}}])
def test_batch_with_texts_new_to_the_store_is_written_by_one_command(ways, changes):
    api.store(_batch(**changes))
    assert ways == ["copied"]
    assert _count() == storing.MOST + 5


def test_batch_with_a_new_definition_is_looked_at_closely(ways):
    api.store(_batch(object={"id": COURSE, "definition": {"name": {"de": "Kurs"}}}))
    assert ways == ["not copied", "claimed"]
    assert api.canonical_activity(COURSE)["definition"]["name"] == {"en": "Course", "de": "Kurs"}


def test_batch_of_too_many_to_prepare_beforehand_is_claimed(ways, monkeypatch):
    monkeypatch.setattr(storing, "MOST_COPIED", storing.MOST)
    api.store(_batch())
    assert ways == ["claimed"]


def test_batch_that_was_prepared_long_ago_gets_a_later_moment(ways, monkeypatch):
    def late(*given, **named):
        time.sleep((LATE_MILLISECONDS + 50) / 1000)
        return copying.write_copied(*given, **named)

    monkeypatch.setattr(storing, "write_copied", late)
    before = clock.now()
    (identifier, *_) = api.store(_batch())
    assert ways == ["claimed"]
    assert (api.statement(identifier).stored - before).total_seconds() > LATE_MILLISECONDS / 1000


def test_check_that_the_connection_forgot_is_prepared_again(ways):
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    for _ in range(2):
        api.store(_batch())
    assert ways == ["copied", "copied"]


def test_batch_behind_a_pooler_is_checked_by_a_command_of_its_own(ways, monkeypatch):
    monkeypatch.setattr(storing, "stays_with_server", lambda server: False)
    api.store(_batch())
    assert ways == ["copied"]


def test_batch_that_names_the_verb_of_another_generation_is_looked_at_closely(ways):
    Interning.objects.update(generation=uuid4().int >> 70)
    api.store(_batch())
    assert ways == ["not copied", "claimed"]


def test_batch_with_a_known_statement_stores_the_others(ways):
    first, second = _batch(), _batch()
    api.store(first)
    api.store([*second, first[3]])
    assert ways == ["copied", "not copied", "claimed"]
    assert _count() == len(first) + len(second)


def test_batch_with_a_different_statement_of_a_known_identifier_stores_nothing(ways):
    first, second = _batch(), _batch()
    api.store(first)
    with pytest.raises(StatementConflict):
        api.store([*second, {**first[3], "result": {"success": True}}])
    assert _count() == len(first)


@pytest.mark.parametrize("is_own", [True, False])
def test_voiding_in_a_batch_that_is_sent_again_holds_by_authority(ways, is_own):
    target, beside = a_statement(), [a_statement() for _ in range(storing.MOST)]
    voided = {"id": "http://adlnet.gov/expapi/verbs/voided"}, {"objectType": "StatementRef", "id": target["id"]}
    batch = [a_statement(verb=voided[0], object=voided[1]), *beside]
    source = Lrs(Scope.STATEMENTS_WRITE, name="Source")
    assert [source.post(batch).status_code for _ in range(2)] == [200, 204]
    assert ways == ["not copied", "claimed"] * 2
    (source if is_own else Lrs()).post(target)
    assert Lrs().get(voidedStatementId=target["id"]).status_code == (200 if is_own else 404)


def test_batch_that_may_not_define_adds_nothing_to_what_is_known(ways):
    other = _batch(object={"id": COURSE, "definition": {"name": {"en": "Other"}}})
    for _ in range(2):
        api.store(other, defines=False)
    assert ways == ["copied", "not copied", "claimed"]
    assert api.canonical_activity(COURSE)["definition"]["name"] == {"en": "Course"}


def test_batch_in_a_callers_transaction_looks_first(ways):
    from django.db import transaction

    with transaction.atomic():
        api.store(_batch())
    assert ways == ["claimed"]


def test_batch_that_is_sent_again_keeps_what_is_prepared():
    first = _batch()
    for _ in range(3):
        api.store([*_batch()])
    api.store(first)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        before = {name for (name,) in cursor.fetchall()}
        api.store([*_batch(), first[0]])
        cursor.execute("SELECT name FROM pg_prepared_statements")
        assert before
        assert before <= {name for (name,) in cursor.fetchall()}


def test_batch_of_many_megabytes_is_stored_or_left_alone_whole():
    first, second = ([one | {"result": {"response": "x" * 300_000}} for one in _batch()] for _ in range(2))
    api.store(_batch())
    api.store(first)
    api.store([*second, first[0]])
    with pytest.raises(StatementConflict):
        api.store([*_batch(), {**first[0], "result": {"response": "y" * 300_000}}])
    assert Statement.objects.count() == StatementKey.objects.count() == 3 * len(first)
    assert {len(bytes(one)) > 300_000 for one in Statement.objects.values_list("payload", flat=True)} == {True, False}


def test_definition_that_somebody_else_changed_is_merged_again():
    for _ in range(2):
        api.store(_batch())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_activity SET definition = %s", [b'{"name":{"en":"Other"}}'])
    api.store(_batch())
    assert api.canonical_activity(COURSE)["definition"]["name"] == {"en": "Course"}


def test_texts_taken_back_meanwhile_get_new_numbers():
    api.store(_batch(object={"id": COURSE}))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_iri SET id = id + 1000")
    Interning.objects.all().delete()
    Interning.objects.create(generation=uuid4().int >> 70)
    identifiers = api.store(_batch(object={"id": COURSE}))
    numbers = set(Statement.objects.filter(statement_id__in=identifiers).values_list("verb_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM records_iri")
        assert numbers <= {number for (number,) in cursor.fetchall()}


def test_batches_that_share_identifiers_are_stored_once_whoever_writes_first():
    sent, outcomes = _batch(), []

    def write(number):
        own = [{**one, "result": {"success": number % 2 == 0}} for one in sent]
        try:
            api.store(own if number < 2 else own[::-1])
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
    assert sorted(outcomes) == ["conflict"] * 2 + ["stored"] * 2
    assert Statement.objects.count() == StatementKey.objects.count() == len(sent)
