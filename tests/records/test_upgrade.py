"""Stores of before it was written down with which statements bytes go out come along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mycelia.kernel import clock
from mycelia.records.actions.storing import store_sent
from mycelia.records.models import Attachment, StatementAttachment
from tests.factories.records import ADA, make_statement

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = ("records", "0012_forwarding_rewinds")
BOB, EVE = ({"objectType": "Agent", "mbox": f"mailto:{name}@example.com"} for name in ("bob", "eve"))


@pytest.fixture
def emptied() -> Iterator[None]:
    """Tables that Django does not empty after the test."""
    yield
    with connection.cursor() as cursor:
        for table in ("statement", "statementagent", "statementactivity", "statementreference", "statementattachment"):
            cursor.execute(f"DELETE FROM records_{table}")


def _sent(minute, authority, content, *, by_url=False, is_inner=False):
    """Store a statement that names bytes, and return its number in the order of the store."""
    described = {"usageType": "a:u", "display": {"en": "x"}, "contentType": "a/b", "length": len(content)}
    described["sha2"] = sha256(content).hexdigest().upper()
    if by_url:
        described["fileUrl"] = "https://example.com/file"
    inner = {"objectType": "SubStatement", **make_statement(attachments=[described])}
    statement = make_statement(object=inner) if is_inner else make_statement(attachments=[described])
    sent = {} if by_url else {described["sha2"].lower(): content}
    with clock.frozen(datetime(2026, 3, 1, 12, minute, tzinfo=UTC)):
        store_sent([statement], authority=authority, version="1.0.3", attachments=sent)


def _going_out():
    return sorted((one.stored.minute, bytes(one.attachment.content)) for one in StatementAttachment.objects.all())


def test_bytes_go_on_with_those_who_sent_them(emptied):
    _sent(1, EVE, b"shared", by_url=True)
    _sent(2, ADA, b"shared")
    _sent(3, ADA, b"shared", by_url=True)
    _sent(4, EVE, b"inner", by_url=True)
    _sent(5, BOB, b"inner", is_inner=True)
    # Bytes that came although there was a `fileUrl`; whoever names them later has learnt their hash.
    Attachment.objects.create(sha2=sha256(b"brought").hexdigest(), length_bytes=7, content=b"brought")
    for minute, authority in ((6, ADA), (7, EVE), (8, ADA)):
        _sent(minute, authority, b"brought", by_url=True)
    known = [(2, b"shared"), (3, b"shared"), (5, b"inner")]
    assert _going_out() == known
    newest = [node for node in MigrationExecutor(connection).loader.graph.leaf_nodes() if node[0] == "records"]
    MigrationExecutor(connection).migrate([BEFORE])
    MigrationExecutor(connection).migrate(newest)
    assert _going_out() == [*known, (6, b"brought"), (8, b"brought")]
