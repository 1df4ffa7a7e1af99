"""Removing the bytes of attachments that go out with no statement any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from mycelia.audit import api as audit
from mycelia.kernel.policy import Actor, require
from mycelia.records.models import Attachment
from mycelia.records.permissions import RuleOverRetention

_LOCK = 7_301_947
_REMOVE = """
    DELETE FROM records_attachment a
    WHERE NOT EXISTS (SELECT FROM records_statementattachment l WHERE l.sha2 = a.sha2)
"""


@contextmanager
def attachments_come_first() -> Iterator[None]:
    """Keep bytes meanwhile that go out with no statement yet, as while a file of statements is taken in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [_LOCK])


@transaction.atomic
def remove_given_up(hashes: Collection[str]) -> int:
    """Remove those of some attachments that go out with no statement any more, and return how many.

    Equal bytes are kept once, so others may have handed in the same. While a file is taken in nothing is removed; what
    is then left over goes with the other orphans at night.

    Args:
        hashes: SHA-2 in small letters.
    """
    if not hashes or not _may_begin():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"{_REMOVE} AND a.sha2 = ANY(%s)", [list(hashes)])
        return int(cursor.rowcount)


@transaction.atomic
def remove_orphaned_attachments(*, actor: Actor) -> int:
    """Remove attachments that go out with no statement, and return how many.

    Meanwhile whoever sends bytes waits; whoever sends statements without does not. While a file is taken in nothing is
    removed: its attachments stand before its statements.

    Raises:
        PermissionDenied: The actor may not.
    """
    require(actor, RuleOverRetention())
    if not Attachment.objects.exists() or not _may_begin():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_REMOVE)
        removed = int(cursor.rowcount)
    if removed:
        _log(actor, removed)
    return removed


def _may_begin() -> bool:
    """Make the senders of bytes wait; return False where a file is being taken in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("LOCK TABLE records_attachment, records_statementattachment IN SHARE ROW EXCLUSIVE MODE")
    return True


def _log(actor: Actor, removed: int) -> None:
    audit.record(
        actor=actor,
        action="records.retention.attachments",
        object_type="records.RetentionRule",
        object_id="attachments",
        details={"attachments": removed},
    )
