"""Agents and IRIs go when nothing refers to them any more, whoever is writing meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from random import Random
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections

from mycelia.access.queries import actor_for
from mycelia.audit.models import AuditEntry
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Actor, Role
from mycelia.kernel.tasks import run_pending
from mycelia.records import api
from mycelia.records.actions import leftover_texts
from mycelia.records.actions.documents import put_document
from mycelia.records.models import Agent, Interning, Iri, OwnVoiding
from mycelia.records.tasks import remove_expired_months, remove_orphans
from mycelia.records.types import AgentKey, DocumentContext, DocumentKind, StatementFilter
from tests.factories.access import make_holder
from tests.factories.records import make_statement

SYSTEM = Actor.system("test")
NOW = datetime(2026, 6, 1, tzinfo=UTC)
MEMBERS = {"objectType": "Group", "member": [{"mbox": "mailto:one@old.example"}, {"mbox": "mailto:two@old.example"}]}
INNER = {"objectType": "SubStatement", "actor": {"mbox": "mailto:inner@kept.example"}, "verb": {"id": "a:inner-verb"}}


def _agent(name: str) -> dict[str, str]:
    return {"mbox": f"mailto:{name}"}


def _stored(month: int, **changes: Any) -> None:
    authority = changes.pop("authority", _agent("vouching@kept.example"))
    with clock.frozen(datetime(2026, month, 1, tzinfo=UTC)):
        api.store([make_statement(**changes)], authority=authority)


def _agents() -> set[str]:
    return {value.removeprefix("mailto:") for value in Agent.objects.values_list("value", flat=True)}


def _iris() -> set[str]:
    return set(Iri.objects.values_list("iri", flat=True))


def _fill() -> None:
    """Refer to texts from an old month alone, from a later one, from documents and from definitions."""
    old, verb = {"object": {"id": "a:old"}, "verb": {"id": "a:old-verb"}}, {"id": "a:used-again"}
    _stored(1, actor=_agent("ada@old.example"), authority=_agent("vouching@old.example"), **old)
    _stored(1, actor=MEMBERS, context={"instructor": _agent("teacher@old.example")}, **old)
    described = {"id": "a:described", "definition": {"name": {"en": "Kept"}}}
    _stored(1, actor=_agent("ada@kept.example"), object=described, verb=verb)
    _stored(1, actor=_agent("written@kept.example"), object={"id": "a:written"}, verb=verb)
    _stored(5, actor=_agent("ada@kept.example"), verb=verb, object={**INNER, "object": {"id": "a:x"}})
    writer = AgentKey("mbox", "mailto:written@kept.example")
    place = DocumentContext(DocumentKind.STATE, activity="a:written", agent=writer)
    put_document(place, "notes", content_type="text/plain", content=b"x", version="1.0.3")
    voids = Agent.objects.create(digest="0" * 32, kind="mbox", value="mailto:voids@kept.example")
    OwnVoiding.objects.create(statement_id=uuid4(), target_id=uuid4(), authority=voids)


@pytest.mark.django_db
def test_texts_of_removed_months_go_and_those_that_something_has_stay():
    _fill()
    before = _agents(), _iris()
    api.set_retention(actor=SYSTEM, months=2)
    with clock.frozen(NOW):
        remove_expired_months(timestamp=0)
    assert before[0] - _agents() == {one for one in before[0] if one.endswith("@old.example")}
    assert len(before[0] - _agents()) == 5
    assert before[1] - _iris() == {"a:old", "a:old-verb"}
    entry = AuditEntry.objects.get(action="records.retention.texts")
    assert (entry.details, entry.actor_label) == ({"agents": 5, "iris": 2}, "records.retention")


@pytest.mark.django_db
def test_text_that_went_comes_again_with_the_next_statement():
    Interning.objects.get_or_create(defaults={"generation": 1})
    _stored(1, actor=_agent("ada@old.example"), object={"id": "a:old"})
    api.set_retention(actor=SYSTEM, months=2)
    with clock.frozen(NOW):
        api.apply_retention(actor=SYSTEM)
    assert api.remove_leftover_texts(actor=SYSTEM).agents
    _stored(5, actor=_agent("ada@old.example"), object={"id": "a:old"})
    key = AgentKey("mbox", "mailto:ada@old.example")
    assert len(api.statements(StatementFilter(agent=key, activity="a:old")).statements) == 1


@pytest.mark.django_db
def test_run_looks_at_so_many_and_the_next_goes_on_from_there(monkeypatch):
    monkeypatch.setattr(leftover_texts, "PART", 2)
    Interning.objects.get_or_create(defaults={"generation": 1})
    Agent.objects.all().delete()
    _stored(5, actor=_agent("kept@kept.example"))
    Agent.objects.bulk_create(Agent(digest=f"{number:032x}", kind="mbox", value=str(number)) for number in range(6))
    assert [api.remove_leftover_texts(actor=SYSTEM, most=3).agents for _ in range(4)] == [1, 3, 2, 0]
    assert _agents() == {"kept@kept.example", "vouching@kept.example"}


@pytest.mark.django_db
def test_nothing_goes_while_a_detached_month_may_come_back():
    _stored(1, actor=_agent("ada@old.example"))
    api.detach_month(datetime(2026, 1, 1, tzinfo=UTC))
    assert api.remove_leftover_texts(actor=SYSTEM) == api.Leftover()
    assert "ada@old.example" in _agents()


@pytest.mark.django_db
def test_texts_are_removed_by_it_administrators_alone():
    with pytest.raises(PermissionDenied):
        api.remove_leftover_texts(actor=actor_for(make_holder(Role.TALENT_ADMINISTRATOR)))


@pytest.fixture
def emptied():
    """Tables that Django does not empty after the test."""
    Interning.objects.get_or_create(defaults={"generation": 1})
    yield
    with connection.cursor() as cursor:
        for table in ("statement", "statementagent", "statementactivity"):
            cursor.execute(f"DELETE FROM records_{table}")


@pytest.mark.django_db(transaction=True)
def test_statements_written_meanwhile_refer_to_texts_that_are_there(emptied, monkeypatch):
    """Every writer remembers the numbers of texts that a run finds unused."""
    monkeypatch.setattr(leftover_texts, "PART", 40)
    names, removed, is_over = [f"agent-{number}@example.com" for number in range(200)], 0, Event()

    def write(seed: int) -> int:
        choose, written = Random(seed), 0
        try:
            while not is_over.is_set():
                batch = [_of(name) for name in choose.sample(names, choose.choice([1, 3, 22]))]
                written += len(api.store(batch))
            return written
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(write, seed) for seed in range(2)]
        try:
            for _round in range(100):
                _forget_some()
                removed += api.remove_leftover_texts(actor=SYSTEM).agents
                if removed >= 100:
                    break
        finally:
            is_over.set()
        assert all(writer.result(timeout=60) for writer in writers)
    assert removed >= 100
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(a.id), count(v.id) FROM records_statementagent l"
            " LEFT JOIN records_agent a ON a.id = l.agent_id LEFT JOIN records_iri v ON v.id = l.verb_id"
        )
        assert len(set(cursor.fetchone())) == 1
        cursor.execute(
            "SELECT count(*) FROM records_statement s LEFT JOIN records_agent a ON a.id = s.actor_id"
            " WHERE a.value IS DISTINCT FROM convert_from(s.payload, 'UTF8')::json -> 'actor' ->> 'mbox'"
        )
        assert cursor.fetchone() == (0,)


def _of(name: str) -> dict[str, Any]:
    return make_statement(actor=_agent(name), verb={"id": f"a:did-{name}"}, object={"id": f"a:of-{name}"})


def _forget_some() -> None:
    """Take most statements out, as retention does with months."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM records_statement WHERE random() < 0.98 RETURNING sequence),"
            " agents AS (DELETE FROM records_statementagent l USING gone g WHERE g.sequence = l.sequence)"
            " DELETE FROM records_statementactivity l USING gone g WHERE g.sequence = l.sequence"
        )


@pytest.mark.django_db(transaction=True)
def test_run_gives_way_to_a_writer_that_does_not_end(emptied, monkeypatch):
    monkeypatch.setattr(leftover_texts, "_LOCK_SECONDS", 1)
    Agent.objects.create(digest="0" * 32, kind="mbox", value="mailto:old@example.com")
    other = connections.create_connection("default")
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE records_statementkey IN ROW EXCLUSIVE MODE")
        assert api.remove_leftover_texts(actor=SYSTEM) == api.Leftover()
    finally:
        other.close()
    remove_orphans.defer()
    run_pending()
    assert not Agent.objects.filter(value="mailto:old@example.com").exists()
