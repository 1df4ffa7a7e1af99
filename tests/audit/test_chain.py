from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from mycelia.audit import api
from mycelia.audit.calc import canonical_form
from mycelia.audit.errors import SecretInDetails
from mycelia.audit.models import AuditEntry, AuditHead
from mycelia.audit.types import GENESIS, Act, ChainedEntry
from mycelia.kernel.policy import Actor
from tests.append_only import triggers_off

SYSTEM = Actor.system("test")
PERSON = Actor(7, "Ada Byron")


def _acts(count: int) -> list[Act]:
    return [Act(SYSTEM, "test.thing.do", "test.Thing", str(n), {"ü": [n, None, 1.5, "x\n"]}) for n in range(count)]


def _execute(sql: str, *arguments: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)


@pytest.mark.django_db
def test_log_when_empty_is_intact():
    assert api.verify().is_intact
    assert api.head() == (0, "")


@pytest.mark.django_db
def test_log_of_single_and_bulk_entries_is_intact_and_without_gaps():
    api.record(actor=PERSON, action="test.thing.do", object_type="test.Thing", object_id=9, details={"a": "b"})
    api.record_many(_acts(2500))
    outcome = api.verify()
    assert outcome.problems == ()
    assert (outcome.entries, outcome.head) == api.head() == (2501, outcome.head)
    assert list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True)[:3]) == [1, 2, 3]


@pytest.mark.django_db
def test_entry_of_a_person_keeps_the_identifier_and_not_the_name():
    api.record(actor=PERSON, action="test.thing.do", object_type="test.Thing", object_id=9)
    entry = AuditEntry.objects.get()
    assert (entry.actor_id, entry.actor_label, entry.actor_kind) == (7, "", "person")


@pytest.mark.django_db
def test_entry_whose_hash_is_chosen_by_the_caller_gets_the_computed_one():
    AuditEntry.objects.create(
        sequence=500, recorded_at=datetime(2026, 1, 1, tzinfo=UTC), actor_kind="system", entry_hash=b"forged"
    )
    assert AuditEntry.objects.get().sequence == 1
    assert api.verify().is_intact


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditentry SET action = 'x'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry",
        "UPDATE audit_audithead SET sequence = 0",
        "DELETE FROM audit_audithead",
        "TRUNCATE audit_audithead",
    ],
)
def test_log_when_changed_through_the_database_refuses(sql):
    api.record_many(_acts(2))
    with pytest.raises(DatabaseError, match="audit log"), transaction.atomic():
        _execute(sql)
    assert api.verify().entries == 2


TAMPERINGS = {
    "altered": "UPDATE audit_auditentry SET details = '{}' WHERE sequence = 3",
    "altered actor": "UPDATE audit_auditentry SET actor_id = 1 WHERE sequence = 3",
    "altered time": "UPDATE audit_auditentry SET recorded_at = recorded_at + interval '1 us' WHERE sequence = 3",
    "gap removed": "DELETE FROM audit_auditentry WHERE sequence = 3",
    "gap first removed": "DELETE FROM audit_auditentry WHERE sequence = 1",
    "head last removed": "DELETE FROM audit_auditentry WHERE sequence = 5",
    "head all removed": "TRUNCATE audit_auditentry",
    "head row removed": "DELETE FROM audit_audithead",
    "link rehashed": "UPDATE audit_auditentry e SET details = '{}', entry_hash = sha256('x') WHERE sequence = 3",
    "altered reordered": (
        "UPDATE audit_auditentry SET sequence = 9 WHERE sequence = 2;"
        "UPDATE audit_auditentry SET sequence = 2 WHERE sequence = 3;"
        "UPDATE audit_auditentry SET sequence = 3 WHERE sequence = 9"
    ),
    "head added": (
        "INSERT INTO audit_auditentry SELECT 6, recorded_at, actor_kind, actor_id, actor_label, action, object_type,"
        " object_id, details, entry_hash, sha256('x') FROM audit_auditentry WHERE sequence = 5"
    ),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", TAMPERINGS)
def test_log_when_tampered_with_is_found(name):
    api.record_many(_acts(5))
    with triggers_off():
        _execute(TAMPERINGS[name])
    codes = {problem.code for problem in api.verify().problems}
    assert name.split()[0] in codes


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE audit_auditentry DISABLE TRIGGER audit_refuse",
        "ALTER TABLE audit_auditentry ENABLE REPLICA TRIGGER audit_chain",
        "DROP TRIGGER audit_refuse ON audit_audithead",
    ],
)
def test_log_that_the_database_no_longer_guards_is_not_intact(sql):
    api.record_many(_acts(2))
    _execute(sql)
    assert [problem.code for problem in api.verify().problems] == ["guard"]


@pytest.mark.django_db(transaction=True)
def test_log_rewritten_consistently_from_an_entry_on_is_found_by_the_hash_noted_earlier():
    api.record_many(_acts(5))
    noted = api.head()[1]
    with triggers_off():
        _execute("DELETE FROM audit_auditentry WHERE sequence >= 3; DELETE FROM audit_audithead")
    api.record_many(_acts(3))
    assert api.verify().is_intact
    assert [p.code for p in api.verify(noted).problems] == ["expected"]


@pytest.mark.django_db
def test_hash_noted_earlier_when_the_log_has_grown_is_still_expected():
    api.record_many(_acts(3))
    noted = api.head()[1]
    api.record_many(_acts(3))
    assert api.verify(noted.upper()).is_intact


@pytest.mark.django_db(transaction=True)
def test_log_whose_end_was_removed_shows_it_even_after_new_entries():
    api.record_many(_acts(5))
    with triggers_off():
        _execute("DELETE FROM audit_auditentry WHERE sequence >= 4")
    api.record_many(_acts(2))
    assert "gap" in {problem.code for problem in api.verify().problems}


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_unbroken_chain():
    def write() -> None:
        try:
            for act in _acts(20):
                with transaction.atomic():
                    api.record_many([act, act])
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome = api.verify()
    assert (outcome.entries, outcome.problems) == (160, ())


@pytest.mark.django_db(transaction=True)
def test_entry_of_a_transaction_rolled_back_leaves_no_gap():
    with transaction.atomic():
        api.record_many(_acts(3))
        transaction.set_rollback(True)
    api.record_many(_acts(1))
    assert api.verify().problems == ()
    assert AuditHead.objects.get().sequence == 1


@pytest.mark.django_db
@pytest.mark.parametrize("details", [{"password": "x"}, {"deep": [{"api_token": "x"}]}])
def test_details_that_name_a_secret_are_refused(details):
    with pytest.raises(SecretInDetails):
        api.record(actor=SYSTEM, action="a.b.c", object_type="T", object_id=1, details=details)
    assert api.head()[0] == 0


_texts = st.text(max_size=20)


def _chained(texts: tuple[str, str, str, str]) -> ChainedEntry:
    label, action, object_type, object_id = texts
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return ChainedEntry(1, at, "person", None, label, action, object_type, object_id, "{}", GENESIS, b"")


@given(st.tuples(_texts, _texts, _texts, _texts), st.tuples(_texts, _texts, _texts, _texts))
def test_canonical_form_of_different_entries_differs(first, second):
    assert (canonical_form(_chained(first)) == canonical_form(_chained(second))) == (first == second)
