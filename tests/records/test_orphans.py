"""Attachments go when the last statement that names them goes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from django.db import connections

from mycelia.access.queries import actor_for
from mycelia.audit.models import AuditEntry
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Actor, Role
from mycelia.kernel.tasks import run_pending
from mycelia.records import api
from mycelia.records.actions.orphans import attachments_come_first
from mycelia.records.actions.storing import platform_authority, store_sent
from mycelia.records.models import Attachment
from mycelia.records.tasks import remove_expired_months, remove_orphans
from mycelia.records.types import StatementFilter
from tests.factories.access import make_holder
from tests.factories.records import ADA, make_statement

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
NOW = datetime(2026, 6, 1, tzinfo=UTC)
SUB = {"objectType": "SubStatement", "actor": {"mbox": "mailto:a@example.com"}, "verb": {"id": "a:v"}}


def _attachment(content):
    return {
        "usageType": "a:essay",
        "display": {"en": "Essay"},
        "contentType": "text/plain",
        "length": len(content),
        "sha2": hashlib.sha256(content).hexdigest().upper(),
    }


def _stored(year, month, *contents, **changes):
    sent = {hashlib.sha256(one).hexdigest(): one for one in contents}
    statement = make_statement(attachments=[_attachment(one) for one in contents]) | changes
    with clock.frozen(datetime(year, month, 1, tzinfo=UTC)):
        store_sent([statement], authority=platform_authority(), version="1.0.3", attachments=sent)


def _kept():
    return {bytes(one) for one in Attachment.objects.values_list("content", flat=True)}


def test_attachments_of_removed_months_go_unless_another_statement_names_them():
    _stored(2026, 1, b"old", b"shared")
    _stored(2026, 5, b"shared", b"new")
    inner = {**SUB, "object": {"id": "a:x"}, "attachments": [_attachment(b"inner")]}
    _stored(2026, 5, b"inner", attachments=[], object=inner)
    api.set_retention(actor=SYSTEM, months=2)
    with clock.frozen(NOW):
        remove_expired_months(timestamp=0)
    assert _kept() == {b"shared", b"new", b"inner"}
    entry = AuditEntry.objects.get(action="records.retention.attachments")
    assert (entry.details, entry.actor_label) == ({"attachments": 1}, "records.retention")


def test_attachment_of_a_voided_statement_stays():
    _stored(2026, 5, b"voided")
    (target,) = [one.statement_id for one in api.statements(StatementFilter()).statements]
    voided = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    api.store([make_statement(verb=voided, object={"objectType": "StatementRef", "id": str(target)})])
    assert api.remove_orphaned_attachments(actor=SYSTEM) == 0
    assert _kept() == {b"voided"}


def test_attachment_that_another_source_merely_names_goes():
    _stored(2026, 1, b"named")
    named = make_statement(attachments=[_attachment(b"named") | {"fileUrl": "https://example.com/"}])
    with clock.frozen(datetime(2026, 5, 1, tzinfo=UTC)):
        store_sent([named], authority=ADA, version="1.0.3")
    api.set_retention(actor=SYSTEM, months=2)
    with clock.frozen(NOW):
        remove_expired_months(timestamp=0)
    assert _kept() == set()


def test_nothing_goes_while_a_file_is_taken_in():
    Attachment.objects.create(sha2="0" * 64, length_bytes=1, content=b"x")
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock_shared(7301947)")
        assert api.remove_orphaned_attachments(actor=SYSTEM) == 0
    finally:
        other.close()
    with attachments_come_first():
        assert _kept() == {b"x"}
    remove_orphans.defer()
    run_pending()
    assert _kept() == set()


def test_attachments_are_removed_by_it_administrators_alone():
    with pytest.raises(PermissionDenied):
        api.remove_orphaned_attachments(actor=actor_for(make_holder(Role.TALENT_ADMINISTRATOR)))
