from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from mycelia.audit import api
from mycelia.kernel.policy import Actor
from tests.append_only import triggers_off


def _verify(*arguments: str) -> str:
    out = StringIO()
    call_command("audit_verify", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_audit_verify_of_an_intact_log_prints_entries_and_head():
    api.record(actor=Actor.system("test"), action="a.b.c", object_type="T", object_id=1)
    answer = json.loads(_verify("--json"))
    assert answer == {"intact": True, "entries": 1, "head": api.head()[1], "problems": []}
    assert "1 entries, intact" in _verify()


@pytest.mark.django_db(transaction=True)
def test_audit_verify_of_a_changed_log_exits_with_1():
    api.record(actor=Actor.system("test"), action="a.b.c", object_type="T", object_id=1)
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditentry SET action = 'a.b.d'")
    with pytest.raises(SystemExit) as stop:
        _verify()
    assert stop.value.code == 1


@pytest.mark.django_db
def test_audit_verify_without_the_expected_hash_exits_with_1():
    with pytest.raises(SystemExit):
        _verify("--expect", "00")
