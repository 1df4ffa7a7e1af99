from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mycelia.access.queries import actor_for
from mycelia.audit.models import AuditEntry
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Actor, Role
from mycelia.records import api
from mycelia.records.actions.attachments import keep_attachments
from mycelia.records.errors import RetentionRefused, StatementConflict, StatementNotFound
from mycelia.records.models import Statement, StatementReference
from mycelia.records.tasks import make_partitions, remove_expired_months
from mycelia.records.types import StatementFilter
from tests.factories.access import make_holder
from tests.factories.records import make_statement

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
NOW = datetime(2026, 6, 1, tzinfo=UTC)
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}


def _stored(year, month, day=1, **changes):
    with clock.frozen(datetime(year, month, day, tzinfo=UTC)):
        (statement_id,) = api.store([make_statement(**changes)])
    return statement_id


def _tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'records_statement%'")
        return {name for (name,) in cursor.fetchall()}


def _applied():
    with clock.frozen(NOW):
        return api.apply_retention(actor=SYSTEM)


def test_nothing_is_removed_without_a_rule():
    _stored(2020, 1)
    assert _applied() == {}
    assert Statement.objects.count() == 1


def test_months_older_than_the_rule_go_whole_and_are_logged():
    old, edge = _stored(2026, 2, 28), _stored(2026, 3, 1)
    api.set_retention(actor=SYSTEM, months=3)
    removed = _applied()
    assert removed["2026-02"] == 1
    assert "2026-03" not in removed
    with pytest.raises(StatementNotFound):
        api.any_statement(old)
    assert api.any_statement(edge).statement_id == edge
    assert not {"records_statement_2026_02", "records_statementagent_2026_02"} & _tables()
    entry = AuditEntry.objects.get(action="records.retention.remove", object_id="2026-02")
    assert entry.details["statements"] == 1
    assert _applied() == {}


def test_identifier_of_a_removed_statement_is_never_used_again():
    sent = {"id": str(uuid4())}
    _stored(2026, 1, **sent)
    api.set_retention(actor=SYSTEM, months=1)
    _applied()
    with pytest.raises(StatementConflict):
        _stored(2026, 6, **sent)


def test_month_that_was_removed_can_be_written_again():
    _stored(2026, 1)
    api.set_retention(actor=SYSTEM, months=1)
    _applied()
    statement_id = _stored(2026, 1)
    assert api.any_statement(statement_id).statement_id == statement_id


def test_statement_stays_voided_when_its_voiding_statement_is_removed():
    target = uuid4()
    _stored(2026, 1, verb=VOIDED, object={"objectType": "StatementRef", "id": str(target)})
    _stored(2026, 5, id=str(target))
    api.set_retention(actor=SYSTEM, months=2)
    assert _applied()["2026-01"] == 1
    assert api.voided_statement(target).is_voided
    assert target not in {one.statement_id for one in api.statements(StatementFilter()).statements}
    assert not StatementReference.objects.exists()


def test_rule_is_logged_when_it_changes_and_only_then():
    for months in (12, 12, None):
        api.set_retention(actor=SYSTEM, months=months)
    changes = [one.details for one in AuditEntry.objects.filter(action="records.retention.rule").order_by("pk")]
    assert changes == [{"before": None, "months": 12}, {"before": 12, "months": None}]


@pytest.mark.parametrize("months", [0, -1, 1201])
def test_rule_that_is_none_is_refused(months):
    with pytest.raises(RetentionRefused):
        api.set_retention(actor=SYSTEM, months=months)
    assert api.retention_months() is None


@pytest.mark.parametrize("role", [Role.TALENT_ADMINISTRATOR, Role.EXECUTIVE])
def test_retention_is_for_it_administrators(role):
    actor = actor_for(make_holder(role))
    for act in (lambda: api.set_retention(actor=actor, months=1), lambda: api.apply_retention(actor=actor)):
        with pytest.raises(PermissionDenied):
            act()


def test_retention_command_rules_applies_and_says(capsys):
    _stored(2020, 1)
    call_command("records_retention", "--months", "24", "--json")
    assert json.loads(capsys.readouterr().out) == {
        "months": 24,
        "removed": {},
        "attachments": 0,
        "agents": 0,
        "iris": 0,
        "due": ["2020-01"],
    }
    keep_attachments({"0" * 64: b"nobody's"})
    call_command("records_retention", "--apply", "--json")
    done = json.loads(capsys.readouterr().out)
    assert (done["removed"], done["attachments"]) == ({"2020-01": 1}, 1)
    with pytest.raises(CommandError):
        call_command("records_retention", "--months", "0")


def test_nightly_tasks_remove_old_months_and_make_coming_ones():
    _stored(2020, 1)
    api.set_retention(actor=SYSTEM, months=24)
    with clock.frozen(datetime(2031, 12, 5, tzinfo=UTC)):
        remove_expired_months(timestamp=0)
        make_partitions(timestamp=0)
    assert "records_statement_2020_01" not in _tables()
    assert {f"records_statement_2032_{month:02}" for month in (1, 2, 3)} <= _tables()
