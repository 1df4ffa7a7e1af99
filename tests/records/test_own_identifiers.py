"""What the product has told of is told once, whatever became of the statement."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mycelia.kernel import clock
from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.models import IdentifierSecret
from tests.factories.records import ADA, make_statement

SYSTEM = Actor.system("test")
MADE = datetime(2026, 3, 1, tzinfo=UTC)


def _stored_as(name, moment, **who):
    with clock.frozen(moment):
        api.store([make_statement(id=str(name))], **who)


def _remove_old_months():
    api.set_retention(actor=SYSTEM, months=2)
    with clock.frozen(datetime(2026, 6, 1, tzinfo=UTC)):
        api.apply_retention(actor=SYSTEM)


@pytest.mark.django_db
def test_statement_under_its_name_is_not_told_again_once_retention_removed_it():
    names = told, foreign, late = uuid4(), uuid4(), uuid4()
    IdentifierSecret.objects.all().delete()
    _stored_as(told, datetime(2026, 2, 1, tzinfo=UTC))
    with clock.frozen(MADE):
        assert set(api.untold(names)) == {foreign, late}
    _stored_as(foreign, datetime(2026, 5, 1, tzinfo=UTC), authority=ADA)
    _stored_as(late, datetime(2026, 3, 2, tzinfo=UTC), authority=ADA)
    _remove_old_months()
    assert set(api.untold(names)) == {foreign, late}


@pytest.mark.django_db(transaction=True)
def test_upgrade_keeps_the_secret_and_counts_it_as_made_then():
    secret = bytes(
        IdentifierSecret.objects.get_or_create(pk=True, defaults={"secret": b"s", "made_at": MADE})[0].secret
    )
    newest = [node for node in MigrationExecutor(connection).loader.graph.leaf_nodes() if node[0] == "records"]
    MigrationExecutor(connection).migrate([("records", "0016_leftover_texts")])
    before = clock.now()
    MigrationExecutor(connection).migrate(newest)
    kept = IdentifierSecret.objects.get()
    assert bytes(kept.secret) == secret
    assert before <= kept.made_at <= clock.now()
