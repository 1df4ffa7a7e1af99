from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from mycelia.audit import api
from mycelia.kernel.policy import Actor


def _functions(prefix: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname LIKE %s", [f"{prefix}\\_%"])
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_chain_can_be_taken_back_and_made_again():
    call_command("migrate", "audit", "0001", verbosity=0)
    assert _functions("audit") == 0
    call_command("migrate", "audit", verbosity=0)
    api.record(actor=Actor.system("test"), action="a.b.c", object_type="T", object_id=1)
    assert api.verify().is_intact


@pytest.mark.django_db
def test_partitions_can_be_taken_back_and_made_again():
    call_command("migrate", "records", "0001", verbosity=0)
    assert _functions("records") == 0
    call_command("migrate", "records", verbosity=0)
    assert _functions("records") == 2
