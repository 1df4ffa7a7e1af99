"""Nobody waits for long behind a transaction that holds what only others need."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction

from mycelia.records import api
from mycelia.records.calc.extraction import digest
from mycelia.records.errors import StoreBusy
from mycelia.records.models import Interning, Statement
from mycelia.records.types import AgentKey
from mycelia.records.xapi import statements
from tests.config.running import eventually
from tests.factories.records import make_statement
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db(transaction=True)
NEW = AgentKey("mbox", "mailto:new@example.com")


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def _store(sent: dict[str, Any]) -> list[UUID]:
    """Store a statement in a thread of its own."""
    try:
        return api.store([sent])
    finally:
        connection.close()


@pytest.fixture
def holder(pool: ThreadPoolExecutor) -> Iterator[Any]:
    """Another transaction, as that of a long import; it ends before the threads that may wait for it."""
    Interning.objects.get_or_create(defaults={"generation": 1})
    api.store([make_statement()])
    other = connections.create_connection("default")
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            yield cursor
    finally:
        other.close()


def _hold_identifier(cursor: Any, identifier: str) -> None:
    cursor.execute("INSERT INTO records_statementkey VALUES (%s, now(), 1)", [identifier])


def _hold_agent(cursor: Any) -> None:
    cursor.execute(
        "INSERT INTO records_agent (digest, kind, value, home_page) VALUES (%s, %s, %s, '')",
        [digest(*NEW), NEW.kind, NEW.value],
    )


def _is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
        return bool(cursor.fetchone()[0])


def _others_are_stored_meanwhile(pool: ThreadPoolExecutor, sent: dict[str, Any]) -> Future[Any]:
    """Send what has to wait and then what has not; return what becomes of the first."""
    waiting = pool.submit(_store, sent)
    assert eventually(_is_waiting)
    others = [pool.submit(_store, make_statement()) for _ in range(3)]
    identifiers = [one for other in others for one in other.result(timeout=30)]
    assert Statement.objects.filter(statement_id__in=identifiers).count() == 3
    assert not waiting.done()
    return waiting


def test_identifier_held_by_a_long_transaction_holds_up_its_own_sender_alone(holder, pool):
    sent = make_statement(id=str(uuid4()))
    _hold_identifier(holder, sent["id"])
    waiting = _others_are_stored_meanwhile(pool, sent)
    holder.connection.rollback()
    assert [str(one) for one in waiting.result(timeout=30)] == [sent["id"]]


def test_new_agent_held_by_a_long_transaction_holds_up_its_own_sender_alone(holder, pool):
    _hold_agent(holder)
    waiting = _others_are_stored_meanwhile(pool, make_statement(actor={"mbox": NEW.value}))
    holder.connection.rollback()
    assert len(waiting.result(timeout=30)) == 1


def test_request_that_waits_too_long_is_told_when_to_come_again(holder, monkeypatch):
    monkeypatch.setattr(statements, "PATIENCE_SECONDS", 1)
    lrs, sent = Lrs(), a_statement()
    _hold_identifier(holder, sent["id"])
    for batch in ([sent], [sent, *(a_statement() for _ in range(30))]):
        answer = lrs.post(batch)
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert answer.json()["type"] == "urn:mycelia:problem:store_busy"
    assert Statement.objects.count() == 1
    holder.connection.rollback()
    assert lrs.post(sent).status_code == 200


def _store_in_turn(sent: list[dict[str, Any]], has_begun: Barrier) -> bool:
    """Store statements one by one in a transaction, the first before the other transaction goes on; False if busy."""
    try:
        with transaction.atomic():
            api.store([sent[0]])
            has_begun.wait(timeout=30)
            api.store([sent[1]])
    except StoreBusy:
        return False
    finally:
        connection.close()
    return True


def _named(identifier: str) -> dict[str, Any]:
    return make_statement(id=identifier)


def _of_activity(name: str) -> dict[str, Any]:
    return make_statement(object={"id": f"https://example.com/{name}", "definition": {"name": {"en": name}}})


@pytest.mark.parametrize("make", [_named, _of_activity])
def test_transactions_that_would_wait_for_each_other_end_with_one_refused_as_busy(pool, make):
    api.store([make_statement()])
    one, other = (make(str(uuid4())) for _ in range(2))
    has_begun = Barrier(2)
    done = [pool.submit(_store_in_turn, sent, has_begun) for sent in ([one, other], [other, one])]
    assert sorted(each.result(timeout=30) for each in done) == [False, True]
    assert Statement.objects.count() == 3
